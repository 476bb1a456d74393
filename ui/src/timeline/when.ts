// Days and times of rows as people read and type them. What can be typed is what crates/report/src/timeline.rs reads at the entry line.
// Always true: `read…` never guesses; what it cannot read is null, and an empty field means that it is not known. No zones, no "now".
import type { DateOrder } from '../host/types/DateOrder'
import type { Time } from '../host/types/Time'
import { months, weekdays } from '../words/timeline'

/** "21:36" of "21:36:00"; seconds, and parts of one, only where they were given. */
export function clock(time: string): string {
  return time.replace(/^(\d\d:\d\d):00$/, '$1')
}

/** "21:36", "about 00:15", "23:20–23:50", or nothing. */
export function timeWords(time: Time): string {
  switch (time.kind) {
    case 'none':
      return ''
    case 'at':
      return clock(time.at)
    case 'about':
      return `about ${clock(time.at)}`
    case 'range':
      return `${clock(time.from)}–${clock(time.to)}`
  }
}

/** Reads `2136`, `21:36`, `9:36 pm`, `about 21:36`, `~2136`, `23:20-23:50`; nothing typed is no time. */
export function readTime(typed: string): Time | null {
  const text = typed.trim()
  if (text === '') return { kind: 'none' }
  const rough = /^(?:about|around|approximately|approx\.?|circa|ca?\.|~)\s*(.+)$/i.exec(text)
  if (rough?.[1]) {
    const at = oneTime(rough[1])
    return at === null ? null : { kind: 'about', at }
  }
  const [first = '', second, ...others] = text.split(/\s*[-–]\s*/)
  if (others.length > 0) return null
  const from = oneTime(first)
  if (from === null) return null
  if (second === undefined) return { kind: 'at', at: from }
  const to = oneTime(second)
  return to === null ? null : { kind: 'range', from, to }
}

/** "Wednesday 14 October 2026". */
export function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

/** "Thu" of a date. */
export function shortDay(date: Date): string {
  return (weekdays[date.getUTCDay()] ?? '').slice(0, 3)
}

/** Reads `2026-10-14`, `14 October 2026`, `14 Oct 2026` and, in the form's order of figures, `14/10/2026` and `14.10.2026` as the first of these. */
export function readDate(typed: string, order: DateOrder): string | null {
  const text = typed.trim()
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text)
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const figures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (figures) {
    const [first, second] = [Number(figures[1]), Number(figures[2])]
    return order === 'month_day' ? realDay(Number(figures[3]), first, second) : realDay(Number(figures[3]), second, first)
  }
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+),?\s+(\d{4})$/i.exec(text)
  if (!words) return null
  const name = (words[2] ?? '').toLowerCase()
  const month = months.findIndex((one) => one.toLowerCase() === name || one.slice(0, 3).toLowerCase() === name)
  return realDay(Number(words[3]), month + 1, Number(words[1]))
}

/** Minutes of a wall-clock moment on a scale on which every day has 1440. */
export function minuteOf(date: string, time: string): number {
  return Date.parse(`${date}T${time.slice(0, 8).padEnd(8, ':00')}Z`) / 60000
}

function oneTime(typed: string): string | null {
  const text = typed.trim().toLowerCase()
  const found = /^(\d{1,2})[:.](\d{2})(?::(\d{2}(?:\.\d{1,9})?))?\s*(am|pm)?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text)
  if (!found) return null
  const [, hours, minutes, seconds = '0', half] = found
  let hour = Number(hours)
  if (half && (hour < 1 || hour > 12)) return null
  if (half) hour = (hour % 12) + (half === 'pm' ? 12 : 0)
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return null
  return [hour, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
}

function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year < 2200
  return isReal ? date.toISOString().slice(0, 10) : null
}
