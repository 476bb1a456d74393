// What every kind of value is given, and what it gives back.
import type { Answer } from '../../host/types/Answer'
import type { DateOrder } from '../../host/types/DateOrder'
import type { Field } from '../../host/types/Field'
import type { Level } from '../../host/types/Level'
import type { Reading } from '../../host/types/Reading'
import type { Meant } from '../../parts/meant'

export interface ValueProps {
  /** The id of the control, which the label points at. */
  id: string
  field: Field
  answer: Answer
  reading: Reading | undefined
  /** The words of the answer that findings speak of. */
  meant: Meant[]
  /** The weight of the findings here; the line below the value takes its colour. */
  level: Level | undefined
  describedby: string | undefined
  /** How the form reads dates in figures. */
  order: DateOrder
  onput: (part: Partial<Answer>) => void
}

/** Whether its label points at one control; a group and an output are named otherwise. */
export function isGroup(field: Field): boolean {
  return field.type === 'yes_no' || field.type === 'choice' || field.type === 'multi_choice' || field.type === 'duration' || field.type === 'rich_text'
}

export function isBlank(answer: Answer): boolean {
  return (answer.raw ?? '').trim() === '' && (answer.rich ?? []).length === 0
}

/** Whether a moment is written so that it reads one way; any other is shown as it was read. */
export function isPlain(typed: string, order: DateOrder): boolean {
  const raw = typed.trim()
  const figures = /^(\d{2})[/.](\d{2})[/.]\d{4}(?: \d{2}:\d{2})?(?: [A-Z]+)?$/.exec(raw)
  if (figures) return Number(figures[order === 'month_day' ? 1 : 2]) <= 12
  return /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2})?$/.test(raw) || /\b[A-Za-z]{3,9}\b.*\d{4}/.test(raw)
}
