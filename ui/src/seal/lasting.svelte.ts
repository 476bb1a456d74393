// One attempt to make a signed file last: how far, who is being asked, what came of it.
// Always true: nobody is asked before the person said so; what fails leaves every file as it was.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { Asked } from '../host/types/Asked'
import type { ExtendedFile } from '../host/types/ExtendedFile'
import type { Fault } from '../host/types/Fault'
import type { Lasting as Reach } from '../host/types/Lasting'
import { lasting as words } from '../words/lasting'

export class Lasting {
  reach = $state<Reach>('time')
  busy = $state(false)
  /** Who is being asked. */
  asking = $state.raw<Asked | null>(null)
  fault = $state.raw<Fault | null>(null)
  cancelled = $state(false)
  outcome = $state.raw<ExtendedFile | null>(null)
  readonly #host: Host
  readonly #path: string

  constructor(host: Host, path: string, reach: Reach) {
    this.#host = host
    this.#path = path
    this.reach = reach
  }

  /** True once it is known what came of it. */
  async go(): Promise<boolean> {
    if (this.busy) return false
    const output = await this.#host.pickSave(words.fileName(this.#path), 'pdf')
    if (!output) return false
    this.fault = null
    this.cancelled = false
    this.asking = null
    this.busy = true
    try {
      this.outcome = await this.#host.extend({ path: this.#path, output, reach: this.reach }, (asked) => (this.asking = asked))
      return true
    } catch (thrown) {
      const fault = asFault(thrown)
      if (fault.code === 'cancelled') this.cancelled = true
      else this.fault = fault
      return false
    } finally {
      this.busy = false
    }
  }

  cancel(): Promise<void> {
    return this.#host.cancelExport()
  }
}
