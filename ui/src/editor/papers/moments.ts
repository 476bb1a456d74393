// Moments on the wall clock of the report: read as typed, written for the eye, and the minutes between two of them.
// Moments travel as "2026-10-14T21:36:00", without a zone: the zone is the report's.
import type { Bound } from '../../host/types/Bound'
import type { DateOrder } from '../../host/types/DateOrder'
import type { Event } from '../../host/types/Event'
import type { Report } from '../../host/types/Report'

const pad = (figure: number | string) => String(figure).padStart(2, '0')

/** "14/10/2026 21:36", "2026-10-14 21:36" or "14.10.2026 2136" as a moment; null for anything else. */
export function readMoment(text: string, order: DateOrder): string | null {
  const found = /^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})[\sT,]+(\d{1,2}):?(\d{2})(?::(\d{2}))?\s*$/.exec(text)
  if (!found) return null
  const [, a = '', b = '', c = '', hour = '', minute = '', second = '0'] = found
  const [year, month, day] = a.length === 4 ? [a, b, c] : order === 'month_day' ? [c, a, b] : [c, b, a]
  if (year.length !== 4) return null
  const moment = `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}:${pad(second)}`
  // A day that is not in the calendar comes out as another one.
  const read = new Date(`${moment}Z`)
  return !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(moment) ? moment : null
}

/** As it is typed: "14/10/2026 21:36". */
export function momentWords(moment: string, order: DateOrder): string {
  const [date = '', time = ''] = moment.split('T')
  const [year, month, day] = date.split('-')
  const figures = order === 'month_day' ? [month, day, year] : [day, month, year]
  return `${figures.join('/')} ${time.replace(/:00$/, '')}`
}

/** When an event began; null while its day or time is not known. */
export function startOf(event: Event): string | null {
  const time = event.time.kind === 'none' ? null : event.time.kind === 'range' ? event.time.from : event.time.at
  return event.date && time ? `${event.date}T${time}` : null
}

/** The moment an end of a span stands for; null where its entry is gone or has no time. */
export function momentOf(report: Report, bound: Bound | null): string | null {
  if (!bound) return null
  if (bound.kind === 'moment') return bound.at
  const row = report.timeline.find((one) => one.kind === 'event' && one.id === bound.row)
  return row?.kind === 'event' ? startOf(row) : null
}

/** Minutes from one moment to another on the clocks of `zone`, the hour that is put forward or back included. */
export function minutesBetween(from: string, to: string, zone: string | null): number {
  return Math.round((instant(to, zone) - instant(from, zone)) / 60_000)
}

function instant(moment: string, zone: string | null): number {
  const wall = Date.parse(`${moment}Z`)
  if (!zone) return wall
  // The offset is asked at the wall clock first, then at the instant that gives: right but for the hour that happens twice.
  const first = wall - offset(wall, zone)
  return wall - offset(first, zone)
}

const clocks = new Map<string, Intl.DateTimeFormat | null>()

function offset(at: number, zone: string): number {
  const clock = clockOf(zone)
  if (!clock) return 0
  const parts = Object.fromEntries(clock.formatToParts(at).map((part) => [part.type, Number(part.value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour % 24, minute, second) - at
}

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  let clock: Intl.DateTimeFormat | null = null
  try {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
  } catch {
    // A zone this machine does not know: the wall clock is the best there is.
  }
  clocks.set(zone, clock)
  return clock
}
