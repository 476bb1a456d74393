// One search through the open report: what is looked for, where it stands, which hit is next.
// Always true: what is listed is what the core found in the report as it is now; a hit that is gone replaces nothing.
// Deliberately absent: matching and replacing (crates/report/src/find.rs does both).
import type { Host } from '../host/host'
import type { Found } from '../host/types/Found'
import type { Hit } from '../host/types/Hit'
import type { Search } from '../host/types/Search'
import type { Session } from '../state/session.svelte'
import { selectWords } from './select'

export class Searching {
  text = $state('')
  replacement = $state('')
  case = $state(false)
  whole = $state(false)
  /** None before anything was looked for. */
  found = $state.raw<Found | null>(null)
  /** The hit that is next, among those listed. */
  at = $state(0)
  /** How many were replaced last; none when something else was done since. */
  replaced = $state<number | null>(null)
  readonly #host: Host
  readonly #session: Session
  #turn = 0

  constructor(host: Host, session: Session) {
    this.#host = host
    this.#session = session
  }

  get hits(): Hit[] {
    return this.found?.hits ?? []
  }

  get isAsked(): boolean {
    return this.text.trim() !== ''
  }

  /** Looks anew; a later look makes an earlier one count for nothing. */
  async look(): Promise<void> {
    const turn = ++this.#turn
    const found = this.isAsked ? await this.#session.flush().then(() => this.#host.find(this.#session.sitting, this.#search())) : null
    if (turn !== this.#turn) return
    this.found = found
    this.at = Math.min(this.at, Math.max(0, this.hits.length - 1))
  }

  /** Walks on to the next hit, or back, and shows it. */
  async step(by: 1 | -1): Promise<void> {
    if (!this.found) {
      await this.look()
      return this.show(by === 1 ? 0 : this.hits.length - 1)
    }
    const { length } = this.hits
    if (length > 0) await this.show((this.at + by + length) % length)
  }

  /** Puts the keyboard on the hit, its words selected where they can be. */
  async show(at: number): Promise<void> {
    const hit = this.hits[at]
    if (!hit) return
    this.at = at
    this.replaced = null
    this.#session.goto(hit.place, hit.row)
    await selectWords(hit)
  }

  /** Replaces the hit that is next and goes on to the one after it. */
  async replaceOne(): Promise<void> {
    const hit = this.hits[this.at]
    if (!hit) return
    const before = this.found?.total ?? 0
    await this.#replace(hit)
    const stillThere = (this.found?.total ?? 0) - before + 1
    if (this.replaced) this.at = Math.min(this.at + Math.max(0, stillThere), Math.max(0, this.hits.length - 1))
  }

  async replaceAll(): Promise<void> {
    await this.#replace(null)
  }

  async #replace(only: Hit | null) {
    const count = only ? 1 : (this.found?.total ?? 0) - (this.found?.fixed ?? 0)
    const search = this.#search()
    const edited = await this.#session.act(() => this.#host.replace(this.#session.sitting, search, this.replacement, only))
    await this.look()
    this.replaced = edited ? count : 0
  }

  #search(): Search {
    return { text: this.text, case: this.case, whole: this.whole }
  }
}
