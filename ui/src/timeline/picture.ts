// What the chart of a report shows, taken from its rows and impact windows: moments, services with their windows, and one sentence
// for each. Always true: every figure here also stands in a row or a window. Deliberately absent: places, colours; zones of single
// rows, because the chart is of the wall clock.
import type { Bound } from '../host/types/Bound'
import type { Event } from '../host/types/Event'
import type { Report } from '../host/types/Report'
import type { Role } from '../host/types/Role'
import { lengthWords } from '../words/lengths'
import { chart, roleWords } from '../words/timeline'
import { MOST } from './flags'
import { near } from './scale'
import { clock, minuteOf } from './when'

export interface Moment {
  at: number
  /** Where a range ends. */
  to: number | null
  /** Set for a key moment. */
  name: string | null
  role: Role | null
  time: string
}

export interface Bar {
  from: number
  /** None while it lasts. */
  to: number | null
  isDown: boolean
}

export interface Lane {
  service: string
  bars: Bar[]
}

export interface Picture {
  moments: Moment[]
  lanes: Lane[]
  span: [number, number]
  earlier: number
  later: number
}

/** What is drawn of a report; none while fewer than two moments are known. */
export function picture(report: Pick<Report, 'timeline' | 'impact'>): Picture | null {
  const events = report.timeline.flatMap((row) => (row.kind === 'event' ? [row] : []))
  const starts = new Map(events.flatMap((event) => { const at = startOf(event); return at === null ? [] : [[event.id, at] as const] }))
  const moments = events.flatMap((event) => momentOf(event)).sort((a, b) => a.at - b.at)
  const lanes = lanesOf(report, starts)
  const all = moments.flatMap(({ at, to }) => (to === null ? [at] : [at, to]))
  const core = coreOf(lanes, moments)
  if (!core || all.length + lanes.length < 2) return null
  return { moments, lanes, ...near(core, all) }
}

/** The key moments inside the span, in order, at most `most`: where there are more, those that say most. */
export function labelled({ moments, span }: Picture, most: number = MOST): Moment[] {
  const inside = moments.filter(({ at, name }) => name !== null && at >= span[0] && at <= span[1])
  const kept = new Set(inside.toSorted((a, b) => weight(a) - weight(b)).slice(0, most))
  return inside.filter((moment) => kept.has(moment))
}

/** The chart in sentences. */
export function sentences(drawn: Picture): string {
  const { moments, lanes, span } = drawn
  const windows = lanes.flatMap(({ service, bars }) =>
    bars.map(({ from, to, isDown }) => {
      const name = service || chart.impact
      return to === null ? chart.altOpen(name, isDown, hour(from)) : chart.altWindow(name, isDown, hour(from), hour(to), lengthWords(to - from))
    }),
  )
  const keys = moments.flatMap(({ name, time }) => (name === null ? [] : [`${time} ${name}`]))
  return [chart.alt(hour(span[0]), hour(span[1])), ...windows, ...(keys.length > 0 ? [chart.altMoments(keys)] : [])].join(' ')
}

/** "21:36" of a minute. */
export function hour(minute: number): string {
  return new Date(minute * 60000).toISOString().slice(11, 16)
}

function startOf({ date, time }: Event): number | null {
  if (date === null || time.kind === 'none') return null
  return minuteOf(date, time.kind === 'range' ? time.from : time.at)
}

function momentOf(event: Event): Moment[] {
  const at = startOf(event)
  if (at === null || event.date === null) return []
  const { time, milestone } = event
  let to = time.kind === 'range' ? minuteOf(event.date, time.to) : null
  if (to !== null && to < at) to += 1440
  const words = time.kind === 'range' ? clock(time.from) : time.kind === 'none' ? '' : clock(time.at)
  return [{ at, to, name: milestone ? roleWords(milestone) : null, role: milestone?.role ?? null, time: words }]
}

function lanesOf(report: Pick<Report, 'impact'>, starts: Map<string, number>): Lane[] {
  const lanes = new Map<string, Bar[]>()
  for (const { service, state, from, to } of report.impact) {
    const begin = minuteOfBound(from, starts)
    const end = to === null ? null : minuteOfBound(to, starts)
    // A window whose row has no time cannot be drawn; the checks say so.
    if (begin === null || (to !== null && (end === null || end < begin))) continue
    lanes.set(service, [...(lanes.get(service) ?? []), { from: begin, to: end, isDown: state === 'down' }])
  }
  return [...lanes].map(([service, bars]) => ({ service, bars: bars.sort((a, b) => a.from - b.from) }))
}

function minuteOfBound(bound: Bound, starts: Map<string, number>): number | null {
  if (bound.kind === 'event') return starts.get(bound.row) ?? null
  const [date, time] = bound.at.split('T')
  return date && time ? minuteOf(date, time) : null
}

/** The hours that matter: the windows of impact; without them, the key moments up to the return; without those, everything. */
function coreOf(lanes: Lane[], moments: Moment[]): [number, number] | null {
  const bars = lanes.flatMap((lane) => lane.bars)
  const keys = moments.filter(({ role }) => role !== null && role !== 'closed' && role !== 'reviewed')
  const source = bars.length > 0 ? bars.flatMap(({ from, to }) => [from, to ?? from]) : (keys.length > 1 ? keys : moments).map(({ at }) => at)
  if (source.length === 0) return null
  return [source.reduce((a, b) => Math.min(a, b)), source.reduce((a, b) => Math.max(a, b))]
}

const WEIGHT: Role[] = ['impact_start', 'restored', 'detected', 'declared', 'cause_found', 'partly_restored', 'classified', 'reported']

function weight({ role }: Moment): number {
  const at = role === null ? -1 : WEIGHT.indexOf(role)
  return at < 0 ? WEIGHT.length : at
}
