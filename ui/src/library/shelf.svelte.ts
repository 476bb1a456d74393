// The library as the screen shows it: what was asked for, what was found, in which order, and the way back from what was removed.
// Always true: an answer that comes after a newer question is thrown away.
import type { Host } from '../host/host'
import type { ReportId } from '../host/types/ReportId'
import type { Shelf } from '../host/types/Shelf'
import type { ShelfRow } from '../host/types/ShelfRow'
import type { Steps } from '../state/steps.svelte'
import { library as words, type Shown } from '../words/library'

export type Column = 'title' | 'reference' | 'template' | 'state' | 'due' | 'filed' | 'changed'

export const COLUMNS: Column[] = ['title', 'reference', 'template', 'state', 'due', 'filed', 'changed']

/** How long typing is gathered before the library is asked, in milliseconds. */
const GATHERED = 120

export class ShelfView {
  found = $state.raw<Shelf | null>(null)
  text = $state('')
  shown = $state<Shown | null>(null)
  column = $state<Column>('due')
  down = $state(false)
  /** What undo would bring back, while that is news. */
  removed = $state.raw<ShelfRow | null>(null)
  /** What became of the last act, to be said. */
  said = $state('')
  /** What the library was last asked for, once it has answered. */
  asked = $state('')
  readonly rows: ShelfRow[] = $derived((this.found?.reports ?? []).filter((row) => this.shown === null || is(row, this.shown)).toSorted(this.#order()))

  readonly #host: Host
  readonly #failed: (thrown: unknown) => void
  readonly #steps: Steps
  #question = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host, steps: Steps, failed: (thrown: unknown) => void) {
    this.#host = host
    this.#steps = steps
    this.#failed = failed
  }

  /** Asks once typing has paused. */
  type(text: string) {
    this.text = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.ask(), GATHERED)
  }

  show(shown: Shown | null) {
    this.shown = shown
  }

  /** How many reports a chip shows. */
  count(shown: Shown | null): number {
    const all = this.found?.reports ?? []
    return shown === null ? all.length : all.filter((row) => is(row, shown)).length
  }

  clear() {
    this.text = ''
    void this.ask()
  }

  sort(column: Column) {
    this.down = this.column === column ? !this.down : column === 'changed' || column === 'filed'
    this.column = column
  }

  async ask(): Promise<void> {
    clearTimeout(this.#timer)
    const question = ++this.#question
    const text = this.text.trim()
    try {
      const found = await this.#host.shelf({ text, state: null })
      if (question !== this.#question) return
      this.found = found
      this.asked = text
      if (found.counting) await this.ask()
    } catch (thrown) {
      if (question === this.#question) this.#failed(thrown)
    }
  }

  async remove(row: ShelfRow): Promise<void> {
    const title = called(row)
    await this.#try(async () => {
      await this.#steps.do({
        about: row.id, undone: words.restored(title), redone: words.removed(title),
        undo: () => this.#host.restore(row.id),
        redo: () => this.#host.remove(row.id),
      })
      this.removed = row
      this.said = ''
    })
  }

  /** Brings back what was removed last, and says which it was; several in turn. */
  async undo(): Promise<ReportId | null> {
    return this.#step(() => this.#steps.undo())
  }

  async redo(): Promise<ReportId | null> {
    return this.#step(() => this.#steps.redo(), true)
  }

  async #step(step: () => ReturnType<Steps['undo']>, again = false): Promise<ReportId | null> {
    let about: ReportId | null = null
    await this.#try(async () => {
      const done = await step()
      if (!done) return
      about = done.about
      this.removed = null
      this.said = again ? done.redone : done.undone
    })
    return about
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
    const way = this.down ? -1 : 1
    const latest = (a: ShelfRow, b: ShelfRow) => b.changed_at.localeCompare(a.changed_at)
    const key = KEYS[this.column]
    return (a, b) => {
      const [one, other] = [key(a), key(b)]
      // What has nothing in the column comes last, whichever way it is sorted.
      if (one === '' || other === '') return one === other ? latest(a, b) : one === '' ? 1 : -1
      return way * one.localeCompare(other, 'en', { numeric: true, sensitivity: 'base' }) || latest(a, b)
    }
  }
}

const KEYS: Record<Column, (row: ShelfRow) => string> = {
  title: ({ title }) => title,
  reference: ({ reference }) => reference,
  template: ({ template }) => template,
  state: ({ state }) => state,
  due: ({ due, sample }) => (sample ? '' : (due?.at ?? '')),
  filed: ({ filed }) => filed?.at ?? '',
  changed: ({ changed_at }) => changed_at,
}

/** A report that has neither title nor reference goes by its form, which stands beside it already. */
export function called({ title, template }: { title: string; template: string }): string {
  return title === '' || title === template ? words.untitled : title
}

function is(row: ShelfRow, shown: Shown): boolean {
  switch (shown) {
    case 'due':
      return row.due !== null && !row.sample
    case 'filed':
      return row.filed !== null
    default:
      return row.state === shown
  }
}
