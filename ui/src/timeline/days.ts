// The rows as they are listed: a heading wherever the day changes, and the whole cut into pieces, so that ten thousand rows need
// not stand in the window at once. Always true: the author's order; nothing is sorted.
import type { Event } from '../host/types/Event'
import type { Row } from '../host/types/Row'
import { roleWords, timeline } from '../words/timeline'
import { dayWords, timeWords } from './when'

export type Line =
  | { kind: 'day'; key: string; words: string }
  | { kind: 'row'; key: string; row: Row; index: number }

export interface Piece {
  /** The place of its first line among all lines, from 0. */
  first: number
  lines: Line[]
  /** The first and the last row in it. */
  rows: [number, number]
}

/** Rows with their day headings. A phase break stands before the heading of the day that begins below it. */
export function withDays(rows: Row[]): Line[] {
  const lines: Line[] = []
  let day: string | null | undefined
  rows.forEach((row, index) => {
    if (row.kind === 'event' && row.date !== day) {
      day = row.date
      lines.push({ kind: 'day', key: `day ${row.id}`, words: day === null ? timeline.dayUnknown : dayWords(day) })
    }
    lines.push({ kind: 'row', key: row.id, row, index })
  })
  return lines
}

/** Pieces of at most `size` lines. */
export function pieces(lines: Line[], size: number): Piece[] {
  const cut: Piece[] = []
  for (let first = 0; first < lines.length; first += size) {
    const own = lines.slice(first, first + size)
    const indexes = own.flatMap((line) => (line.kind === 'row' ? [line.index] : []))
    cut.push({ first, lines: own, rows: [indexes[0] ?? 0, indexes.at(-1) ?? -1] })
  }
  return cut
}

/** A row in one sentence, for those who hear it. */
export function spoken(row: Row): string {
  if (row.kind === 'phase') return timeline.phase(row.name)
  return [timeWords(row.time), row.text || timeline.noText, row.automated ? timeline.automated : '', row.milestone ? roleWords(row.milestone) : '']
    .filter((part) => part !== '')
    .join(', ')
}

/** The same row as a machine's doing, or no longer. What does not hold is not written. */
export function withAutomated(event: Event, automated: boolean): Event {
  const changed: Event = { ...event, automated }
  if (!automated) delete changed.automated
  return changed
}

/** The same row with another key moment, or none. */
export function withMilestone(event: Event, milestone: Event['milestone'] | null): Event {
  const changed = { ...event }
  delete changed.milestone
  if (!milestone) return changed
  const label = milestone.label?.trim()
  return { ...changed, milestone: label ? { role: milestone.role, label } : { role: milestone.role } }
}
