// How the author likes the panel: which tab, how wide, shown or not. Kept on this machine, apart from any report.

export type Tab = 'findings' | 'clocks' | 'preview' | 'evidence' | 'tray' | 'find'

const KEY = 'rapporteur.panel'
export const WIDTH = { min: 300, max: 900 }
/** A page needs more room than a list. */
const USUAL: Record<Tab, number> = { findings: 364, clocks: 364, preview: 476, evidence: 364, tray: 364, find: 364 }

interface Kept {
  tab: Tab
  open: boolean
  widths: Partial<Record<Tab, number>>
}

export class Layout {
  tab = $state<Tab>('findings')
  open = $state(true)
  /** Why a key led nowhere, said at the top of the panel. */
  refused = $state('')
  /** What a search took the place of: the panel with its tab, or none at all. */
  #before: { tab: Tab; open: boolean } | null = null
  #widths = $state.raw<Partial<Record<Tab, number>>>({})

  constructor() {
    const kept = read()
    if (!kept) return
    if (kept.tab && kept.tab in USUAL && kept.tab !== 'find') this.tab = kept.tab
    this.open = kept.open !== false
    for (const [tab, width] of Object.entries(kept.widths ?? {})) {
      if (tab in USUAL && typeof width === 'number' && width >= WIDTH.min && width <= WIDTH.max) {
        this.#widths = { ...this.#widths, [tab]: width }
      }
    }
  }

  get width(): number {
    return this.#widths[this.tab] ?? USUAL[this.tab]
  }

  set width(width: number) {
    this.#widths = { ...this.#widths, [this.tab]: width }
    this.#keep()
  }

  /** Shows the panel with that tab. */
  show(tab: Tab) {
    this.tab = tab
    this.open = true
    this.#keep()
  }

  /** Says above whatever the panel shows why a key leads nowhere. */
  refuse(words: string) {
    this.open = true
    this.refused = words
  }

  /** Shows the search, and remembers what it takes the place of. */
  search() {
    if (this.tab !== 'find' || !this.open) this.#before = { tab: this.tab === 'find' ? 'findings' : this.tab, open: this.open }
    this.show('find')
  }

  /** Brings back what the search took the place of. */
  endSearch() {
    const { tab, open } = this.#before ?? { tab: 'findings' as const, open: true }
    this.tab = tab
    this.open = open
    this.#keep()
  }

  hide() {
    this.open = false
    this.#keep()
  }

  #keep() {
    const kept: Kept = { tab: this.tab, open: this.open, widths: this.#widths }
    try {
      localStorage.setItem(KEY, JSON.stringify(kept))
    } catch {
      // Without storage the panel begins as usual next time; nothing is lost.
    }
  }
}

function read(): Partial<Kept> | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null
  } catch {
    return null
  }
}
