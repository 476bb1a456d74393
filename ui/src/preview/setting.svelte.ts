// Keeps the pages current: asks the core anew after each edit, one request at a time, and shows only the latest answer.
// Deliberately absent: drawing. This knows tokens and bytes, not pixels.
import type { Host } from '../host/host'
import type { Preview } from '../host/types/Preview'
import type { Sitting } from '../host/types/Sitting'
import { now } from '../state/now'

/** How long edits are gathered before pages are set, in milliseconds. Counted from the first, so that pages follow while someone types on. */
const PAUSE = 150
/** Setting pages is said only when it takes longer than this. */
const LONG = 500

export class Setting {
  /** The pages to be shown, and when they were set. */
  shown = $state.raw<{ preview: Preview; bytes: Uint8Array; at: string } | null>(null)
  /** Whether the pages have been behind the text for a while. */
  slow = $state(false)
  /** What went wrong with the last request. */
  fault = $state.raw<unknown>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #slow: ReturnType<typeof setTimeout> | undefined
  #busy = false
  #again = false
  #ended = false

  constructor(
    private readonly host: Pick<Host, 'preview' | 'previewBytes'>,
    private readonly sitting: Sitting,
  ) {}

  /** The report has changed, or the pages are wanted for the first time. */
  refresh(pause = PAUSE) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#set()
    }, pause)
    this.#slow ??= setTimeout(() => (this.slow = true), LONG)
  }

  end() {
    this.#ended = true
    clearTimeout(this.#timer)
    clearTimeout(this.#slow)
  }

  async #set() {
    if (this.#busy) {
      this.#again = true
      return
    }
    this.#busy = true
    try {
      const preview = await this.host.preview(this.sitting, false)
      // Null: a later request has overtaken this one.
      if (preview && !this.#ended) {
        const bytes = await this.host.previewBytes(preview.token)
        if (!this.#ended) this.shown = { preview, bytes, at: now() }
      }
      this.fault = null
    } catch (thrown) {
      if (!this.#again) this.fault = thrown
    } finally {
      this.#busy = false
      this.#after()
    }
  }

  #after() {
    if (this.#ended) return
    if (this.#again) {
      this.#again = false
      void this.#set()
      return
    }
    clearTimeout(this.#slow)
    this.#slow = undefined
    this.slow = false
  }
}
