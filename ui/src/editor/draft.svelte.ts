// A draft PDF of the open report, in one key. Always true: what is typed is in it; it is marked as a draft and not signed.
// Deliberately absent: signing (the sign sheet).
import type { Host } from '../host/host'
import { app } from '../state/app.svelte'
import type { Session } from '../state/session.svelte'
import { sign as words } from '../words/sign'

export class Draft {
  busy = $state(false)
  /** Where the last one went, until that is put aside. */
  path = $state<string | null>(null)
  readonly #host: Host
  readonly #session: Session

  constructor(host: Host, session: Session) {
    this.#host = host
    this.#session = session
  }

  async export(): Promise<void> {
    if (this.busy) return
    this.path = null
    await app.attempt(async () => {
      await this.#session.flush()
      const { file_name } = await this.#host.readiness(this.#session.sitting)
      const path = await this.#host.pickSave(words.draftName(file_name), 'pdf')
      if (!path) return
      this.busy = true
      const file = await this.#host.export(this.#session.sitting, { path, draft: true, sign: null }, () => undefined)
      this.path = file.path
    })
    this.busy = false
  }
}
