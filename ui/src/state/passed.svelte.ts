// Where an author has been: what only asks for something that is not there yet is no finding before its place was left, or all that is
// missing was asked for. Kept for as long as the window is open, so that a way to the signing sheet and back forgets nothing.
// Deliberately absent: the checks themselves; what stops filing stops it whether or not it is shown.
import { SvelteSet } from 'svelte/reactivity'
import type { Host } from '../host/host'
import type { Finding } from '../host/types/Finding'
import type { Place } from '../host/types/Place'
import type { ReportId } from '../host/types/ReportId'
import { placeKey } from './place'
import { released } from './pressed'

export class Passed {
  /** Whether everything that is missing was asked for. */
  all = $state(false)
  readonly #left = new SvelteSet<string>()

  /** The author has been there, and went on; what was pressed took the keyboard from there, and must not move before it is let go. */
  leave(place: Place) {
    released(() => this.#left.add(placeKey(place)))
  }

  /** Whether a finding still waits for the author to come by. */
  waits(finding: Finding): boolean {
    if (this.all || finding.accepted !== undefined) return false
    const own = finding.sources.find(({ place }) => place.in !== 'form')
    return own !== undefined && own.text === '' && ASKS.includes(finding.check) && !this.#left.has(placeKey(own.place))
  }
}

/** Checks that only ask for something: an answer, words, a marking, who signs. */
const ASKS = ['L33', 'L57', 'L62']

const byHost = new WeakMap<Host, Record<ReportId, Passed>>()

/** Where the author has been in a report since the window was opened. */
export function passedIn(host: Host, report: ReportId): Passed {
  const reports = byHost.get(host) ?? {}
  byHost.set(host, reports)
  return (reports[report] ??= new Passed())
}
