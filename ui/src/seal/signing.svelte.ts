// One visit to the sign sheet: what was checked, who signs, how far the file is, what came out.
// Always true: a failed attempt keeps everything that was chosen and typed; a passphrase is forgotten once it has served.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { Anchor } from '../host/types/Anchor'
import type { Exported } from '../host/types/Exported'
import type { Fault } from '../host/types/Fault'
import type { Opened } from '../host/types/Opened'
import type { Progress } from '../host/types/Progress'
import type { Readiness } from '../host/types/Readiness'
import type { ReportId } from '../host/types/ReportId'
import type { Sitting } from '../host/types/Sitting'
import { Signer } from './signer.svelte'

/** Shares of a page's height: the heading of the signatures, and one row of places. */
const BLOCK_HEAD = 0.04
const BLOCK_ROW = 0.135

export interface Outcome {
  kind: 'signed' | 'draft'
  file: Exported
}

export class Signing extends Signer {
  opened = $state.raw<Opened | null>(null)
  readiness = $state.raw<Readiness | null>(null)
  pages = $state.raw<{ bytes: Uint8Array; anchor: Anchor | null } | null>(null)
  /** What went wrong otherwise. */
  fault = $state.raw<Fault | null>(null)
  cancelled = $state(false)
  /** Whether a time-stamp authority says when. */
  trusted = $state(false)
  busy = $state<'signed' | 'draft' | null>(null)
  progress = $state.raw<Progress | null>(null)
  outcome = $state.raw<Outcome | null>(null)
  /** The report that the text is in: another one, where another window was faster with it. */
  report: ReportId = $state.raw('')
  readonly #host: Host
  #held: Promise<Opened> | undefined
  #sitting: Sitting | undefined
  readonly #stopListening: () => void
  /** Where the file goes, once it was said; another passphrase does not ask again. */
  #path: string | null = null

  /** With a sitting, the text that was open is what is signed, and no other. */
  constructor(host: Host, report: ReportId, trusted: boolean, sitting?: Sitting) {
    super(host)
    this.#host = host
    this.trusted = trusted
    this.report = report
    this.#sitting = sitting
    // Nobody signs what they have not seen: a text that another window was faster with is shown as it is called from then on.
    this.#stopListening = host.onSave((news) => {
      if (news.news === 'kept_both' && news.sitting === this.#sitting && !this.busy) void this.#again().catch((thrown: unknown) => (this.fault = asFault(thrown)))
    })
  }

  get isBusy(): boolean {
    return this.busy !== null
  }

  get blocked(): boolean {
    return (this.readiness?.blocking.length ?? 0) > 0
  }

  /** Everything the sheet shows; the pages follow by themselves. */
  async prepare(): Promise<void> {
    this.#held ??= this.#host.open(this.report, this.#sitting)
    this.#show(await this.#held)
    const [readiness] = await Promise.all([this.#host.readiness(this.#here), this.fetchIdentities()])
    this.readiness = readiness
  }

  async setPages(): Promise<void> {
    const preview = await this.#host.preview(this.#here, true)
    if (!preview) return
    const anchor = preview.anchors.findLast(({ place }) => place.in === 'signatures')
    this.pages = { bytes: await this.#host.previewBytes(preview.token), anchor: anchor ? this.#block(anchor) : null }
  }

  /** Lets go of the report. */
  async close(): Promise<void> {
    this.#stopListening()
    const held = await this.#held?.catch(() => null)
    if (held) await this.#host.close(held.sitting)
  }

  /** Gives the text another version number, and looks at it anew. */
  async renumber(version: string): Promise<void> {
    await this.#host.edit(this.#here, { edit: 'version', version }, false)
    this.fault = null
    await this.#again()
  }

  get #here(): Sitting {
    return this.#sitting ?? ''
  }

  #show(opened: Opened) {
    this.opened = opened
    this.#sitting = opened.sitting
    this.report = opened.report.id
  }

  /** The text as it is now, with what was checked of it and its pages. */
  async #again(): Promise<void> {
    this.#show(await this.#host.open(this.report, this.#sitting))
    await this.#host.close(this.#here) // opened once more only to be read: the sheet goes on holding its own
    this.readiness = await this.#host.readiness(this.#here)
    await this.setPages()
  }

  /** True once a file is there. */
  async sign(): Promise<boolean> {
    if (!this.readiness || this.busy || this.blocked) return false
    if (!this.isReady()) return false
    this.#path ??= await this.#host.pickSave(this.readiness.file_name, 'pdf')
    if (!this.#path) return false
    return this.#export('signed', this.#path)
  }

  async draft(name: string): Promise<boolean> {
    if (this.busy) return false
    const path = await this.#host.pickSave(name, 'pdf')
    return path ? this.#export('draft', path) : false
  }

  cancel(): Promise<void> {
    return this.#host.cancelExport()
  }

  /** The block of signatures, two places side by side; an anchor that runs on to the end of its page is cut there. */
  #block(anchor: Anchor): Anchor {
    const rows = Math.ceil((this.readiness?.signatories.length ?? 1) / 2)
    return { ...anchor, bottom: Math.min(anchor.bottom, anchor.top + BLOCK_HEAD + rows * BLOCK_ROW) }
  }

  async #export(kind: Outcome['kind'], path: string): Promise<boolean> {
    this.wrong = {}
    this.fault = null
    this.cancelled = false
    this.progress = null
    this.busy = kind
    const sign = kind === 'signed' && this.chosen ? { identity: this.chosen, passphrase: this.passphrase, trusted_time: this.trusted } : null
    try {
      const request = { path, draft: kind === 'draft', sign }
      const file = await this.#host.export(this.#here, request, (progress) => (this.progress = progress))
      this.outcome = { kind, file }
      this.passphrase = ''
      this.#path = null
      // What was written takes the place of what was going to be.
      const bytes = await this.#host.fileBytes(file.path).catch(() => null)
      if (bytes) this.pages = { bytes, anchor: this.pages?.anchor ?? null }
      return true
    } catch (thrown) {
      await this.#failed(asFault(thrown))
      return false
    } finally {
      this.busy = null
    }
  }

  async #failed(fault: Fault) {
    if (fault.code === 'wrong_passphrase') {
      this.wrong = { passphrase: fault }
      return
    }
    this.#path = null
    if (fault.code === 'cancelled') this.cancelled = true
    else this.fault = fault
    // It was opened: who it is and until when is known now.
    if (fault.code === 'identity_not_valid') this.identities = await this.#host.identities()
    // What blocks may have changed in another window since the sheet was opened.
    if (fault.code === 'blocked' || fault.facts['copy']) await this.#again()
  }
}
