// The library as the screen shows it: what was asked for, what was found, in which order, and what was just removed.
// Always true: an answer that comes after a newer question is thrown away.
import type { Host } from '../host/host'
import type { ReportId } from '../host/types/ReportId'
import type { ReportState } from '../host/types/ReportState'
import type { Shelf } from '../host/types/Shelf'
import type { ShelfRow } from '../host/types/ShelfRow'

export type Column = 'title' | 'reference' | 'template' | 'state' | 'changed'

/** How long typing is gathered before the library is asked, in milliseconds. */
const GATHERED = 120

export class ShelfView {
  found = $state.raw<Shelf | null>(null)
  text = $state('')
  state = $state<ReportState | null>(null)
  column = $state<Column>('changed')
  down = $state(true)
  removed = $state.raw<ShelfRow | null>(null)
  /** What the library was last asked for, once it has answered. */
  asked = $state('')
  readonly rows: ShelfRow[] = $derived((this.found?.reports ?? []).toSorted(this.#order()))

  readonly #host: Host
  readonly #failed: (thrown: unknown) => void
  #question = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host, failed: (thrown: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  /** Asks once typing has paused. */
  type(text: string) {
    this.text = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.ask(), GATHERED)
  }

  show(state: ReportState | null) {
    this.state = state
    void this.ask()
  }

  clear() {
    this.text = ''
    void this.ask()
  }

  sort(column: Column) {
    this.down = this.column === column ? !this.down : column === 'changed'
    this.column = column
  }

  async ask(): Promise<void> {
    clearTimeout(this.#timer)
    const question = ++this.#question
    const text = this.text.trim()
    try {
      const found = await this.#host.shelf({ text, state: this.state })
      if (question !== this.#question) return
      this.found = found
      this.asked = text
    } catch (thrown) {
      if (question === this.#question) this.#failed(thrown)
    }
  }

  async remove(row: ShelfRow): Promise<void> {
    await this.#try(async () => {
      await this.#host.remove(row.id)
      this.removed = row
    })
  }

  /** Brings back what was removed last, and says which it was. */
  async restore(): Promise<ReportId | null> {
    const row = this.removed
    if (!row) return null
    await this.#try(async () => {
      await this.#host.restore(row.id)
      this.removed = null
    })
    return row.id
  }

  async #try(act: () => Promise<void>) {
    try {
      await act()
      await this.ask()
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  #order(): (a: ShelfRow, b: ShelfRow) => number {
    const key = (row: ShelfRow) => (this.column === 'changed' ? row.changed_at : row[this.column])
    const turn = this.down ? -1 : 1
    return (a, b) => turn * key(a).localeCompare(key(b), 'en', { numeric: true, sensitivity: 'base' })
  }
}
