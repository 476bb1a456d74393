// Which finding the keys mean: the one walked to last, else the first where the author works.
import type { Finding } from '../host/types/Finding'
import { placeKey } from '../state/place'
import type { Session } from '../state/session.svelte'
import { checks } from '../words/checks'
import { open, ownPlace, ownSource } from './findings'
import { Ways } from './ways.svelte'

export class Cursor {
  /** The key of the finding walked to last. */
  at = $state<string | null>(null)
  /** The key of the one that is asked to be explained. */
  asking = $state<string | null>(null)
  /** What a key could not do, said at the finding it meant, or above the list when it meant none. */
  refused = $state.raw<{ key: string | null; words: string } | null>(null)
  /** Reasons that were begun and not kept, by the finding they are for. */
  readonly begun: Record<string, string> = {}
  /** The finding whose reason is being typed. */
  reasoning: Finding | null = null
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The open findings one can go to, in the order of the list. */
  readonly all: Finding[] = $derived.by(() => open(this.#session.findings).filter((finding) => ownPlace(finding)))

  readonly current: Finding | undefined = $derived.by(() => {
    const { here } = this.#session
    const reached = this.all.find(({ key }) => key === this.at)
    const isHere = (one: Finding | undefined) => {
      const place = one && ownPlace(one)
      return here !== null && !!place && placeKey(place) === placeKey(here)
    }
    return isHere(reached) || !here ? reached : (this.all.find(isHere) ?? reached)
  })

  get canMend(): boolean {
    return this.current?.fix !== undefined
  }

  get canExplain(): boolean {
    return this.current?.level === 'answer'
  }

  /** Walks on to the next finding, or back to the one before. */
  step(by: 1 | -1) {
    const { all } = this
    if (all.length === 0) return
    const at = all.findIndex(({ key }) => key === this.at)
    const start = at === -1 && by === -1 ? 0 : at
    const next = all[(start + by + all.length) % all.length]
    this.at = next?.key ?? null
    const own = next && ownSource(next)
    if (own) this.#session.gotoSource(own)
  }

  mend() {
    const { current } = this
    if (current?.fix) new Ways(this.#session, () => current).mend()
  }

  /** Asks beside the list why the current finding may stand. */
  explain() {
    this.asking = this.current?.key ?? null
  }

  /** Says why a key leads nowhere. */
  refuse(key: 'mend' | 'explain' | 'step') {
    const { current } = this
    const why = current ? (key === 'mend' ? checks.noRepair : current.level === 'note' ? checks.noteNeedsNone : checks.noReason) : null
    this.refused = { key: current?.key ?? null, words: why ?? (this.all.length > 0 ? checks.noneChosen : checks.noneFound) }
  }

  /** The reason is no longer asked for. */
  putAside(finding: Finding) {
    if (this.reasoning === finding) this.reasoning = null
  }

  /** The findings are others now. Where one went while its reason was being typed, the reason goes on at what took its place, else it is said. */
  follow() {
    const { reasoning: finding } = this
    const now = open(this.#session.findings)
    if (!finding || now.some(({ key }) => key === finding.key)) return
    this.reasoning = null
    const reason = this.begun[finding.key] ?? ''
    const place = ownPlace(finding)
    const heir = now.find((one) => {
      const own = ownPlace(one)
      return one.check === finding.check && one.level === 'answer' && place !== null && own !== null && placeKey(own) === placeKey(place)
    })
    if (!heir) this.refused = { key: null, words: checks.goneMeanwhile(reason) }
    else {
      this.begun[heir.key] = reason
      this.asking = heir.key
    }
  }
}
