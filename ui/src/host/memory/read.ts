// Reads what is typed into fields and timeline lines, roughly as the core does: enough to look at, not to file.
import type { Answer } from '../types/Answer'
import type { Field } from '../types/Field'
import type { Report } from '../types/Report'
import type { Row } from '../types/Row'
import type { Time } from '../types/Time'
import type { Value } from '../types/Value'

/** The answer with its meaning, where the raw text has one. */
export function understood(answer: Answer, field: Field | undefined): Answer {
  const value = field && meaning(answer.raw ?? '', field)
  const read = { ...answer }
  delete read.value
  return value ? { ...read, value } : read
}

function meaning(raw: string, field: Field): Value | undefined {
  const text = raw.trim()
  switch (field.type) {
    case 'date': {
      const date = day(text)
      return date ? { kind: 'date', date } : undefined
    }
    case 'date_time': {
      const [typed = '', clock = ''] = text.split(/[ T]+/)
      const date = day(typed)
      const at = time(clock)
      return date && at ? { kind: 'date_time', at: `${date}T${at}` } : undefined
    }
    case 'duration': {
      const minutes = length(text)
      return minutes === undefined ? undefined : { kind: 'duration', minutes }
    }
    case 'yes_no':
      return /^(y|n|yes|no)$/i.test(text) ? { kind: 'yes_no', yes: /^y/i.test(text) } : undefined
    case 'choice': {
      const option = field.vocabulary.find(({ key, label }) => key === text || label === text)
      return option && { kind: 'choice', option: option.key }
    }
    case 'reference': {
      const [, prefix, digits] = /^([A-Za-z]*[-_ ]?)(\d+)$/.exec(text) ?? []
      return digits === undefined ? undefined : { kind: 'reference', prefix: prefix ?? '', digits }
    }
    default:
      return undefined
  }
}

/** One typed timeline line as a row after `before`: the day carries over midnight. */
export function jotted(line: string, id: string, report: Report, before: Row | undefined): Row {
  const [, about, from, to, rest] = LINE.exec(line.trim()) ?? []
  const start = from ? time(from) : undefined
  if (!start) return { kind: 'event', id, date: lastDay(before), time: { kind: 'none' }, text: line.trim(), raw: line }
  const automated = /\(automated\)/i.test(rest ?? '')
  const text = (rest ?? '').replace(/\s*\(automated\)\s*/i, ' ').trim()
  const end = to ? time(to) : undefined
  const when: Time = end ? { kind: 'range', from: start, to: end } : { kind: about ? 'about' : 'at', at: start }
  const date = dayOf(start, before) ?? firstDay(report)
  return { kind: 'event', id, date, time: when, text, raw: line, ...(automated ? { automated } : {}) }
}

const LINE = /^(about |~|c\.? ?)?(\d{1,2}[:.]?\d{2})(?:\s*[-–]\s*(\d{1,2}[:.]?\d{2}))?\s+(.*)$/i

/** The first moment of a time of day, for sorting and carrying over. */
export function startOf(when: Time): string | undefined {
  if (when.kind === 'none') return undefined
  return when.kind === 'range' ? when.from : when.at
}

function dayOf(start: string, before: Row | undefined): string | null {
  if (before?.kind !== 'event' || !before.date) return null
  const last = startOf(before.time)
  return last && start < last ? shifted(before.date, 1) : before.date
}

function lastDay(before: Row | undefined): string | null {
  return before?.kind === 'event' ? before.date : null
}

function firstDay(report: Report): string | null {
  for (const { key } of report.template.field) {
    const value = report.fields[key]?.value
    if (value?.kind === 'date') return value.date
    if (value?.kind === 'date_time') return value.at.slice(0, 10)
  }
  return null
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function day(text: string): string | undefined {
  const [, d, m, y] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? []
  const iso = d ? `${y}-${m!.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : undefined
}

function time(text: string): string | undefined {
  const [, h, m] = /^(\d{1,2})[:.]?(\d{2})$/.exec(text) ?? []
  return h && Number(h) < 24 && Number(m) < 60 ? `${h.padStart(2, '0')}:${m}:00` : undefined
}

function length(text: string): number | undefined {
  const hours = /(\d+)\s*h/i.exec(text)?.[1]
  const minutes = /(\d+)\s*m/i.exec(text)?.[1]
  return hours || minutes ? Number(hours ?? 0) * 60 + Number(minutes ?? 0) : undefined
}
