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
      const parts = text.replace(/T(?=\d)/, ' ').split(/\s+/)
      const last = parts.at(-1) ?? ''
      const [typed, clock] = parts.length < 2 ? ['', ''] : day(parts[0]!) ? [parts[0]!, parts.slice(1).join('')] : [last, parts.slice(0, -1).join('')]
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
      const option = named(field, text)
      return option && { kind: 'choice', option: option.key }
    }
    case 'multi_choice': {
      const options = text.split(/\n|[;,]/).map((part) => part.trim()).filter(Boolean).map((part) => named(field, part)?.key)
      const known = options.filter((key) => key !== undefined)
      return known.length > 0 && known.length === options.length ? { kind: 'choices', options: known } : undefined
    }
    case 'number':
    case 'amount': {
      const bare = text.replace(/^[A-Z]{3} | ?(?:[A-Z]{3}|%)$/g, '').replaceAll(/[\s,]/g, '')
      return /^\d+(?:\.\d+)?$/.test(bare) ? { kind: 'number', number: bare } : undefined
    }
    case 'lei': {
      const lei = text.replaceAll(/[\s-]/g, '').toUpperCase()
      return /^[A-Z0-9]{18}\d{2}$/.test(lei) ? { kind: 'lei', lei } : undefined
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { kind: 'email', address: text } : undefined
    case 'telephone':
      return /^\+?[\d ().-]{7,}$/.test(text) ? { kind: 'telephone', number: text } : undefined
    case 'reference': {
      const [, prefix, digits] = /^([A-Za-z]*[-_ ]?)(\d+)$/.exec(text) ?? []
      return digits === undefined ? undefined : { kind: 'reference', prefix: prefix ?? '', digits }
    }
    default:
      return undefined
  }
}

/** The types whose answer means something beyond its words. */
const TYPED: Field['type'][] = [
  'date', 'date_time', 'duration', 'reference', 'yes_no', 'choice', 'multi_choice', 'number', 'amount', 'lei', 'email', 'telephone',
]

/** Whether something stands in a field and cannot be read as what the field asks for: that is no answer. */
export function isUnread(field: Field, answer: Answer | undefined): boolean {
  const known = !answer?.standing || answer.standing.is === 'known'
  return known && TYPED.includes(field.type) && !!answer?.raw?.trim() && !answer.value
}

function named(field: Field, text: string) {
  const same = (word: string) => word.toLowerCase() === text.toLowerCase()
  return field.vocabulary.find(({ key, label }) => same(key) || same(label))
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
  const [, d, m, y] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text) ?? []
  const iso = d ? `${y!.padStart(4, '20')}-${m!.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  const read = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : undefined
  // 31 February is no day, though a browser takes it for one in March.
  return read && !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(iso) ? iso : undefined
}

function time(text: string): string | undefined {
  const [, h, m, half] = /^(\d{1,2})[:.]?(\d{2})(?::\d{2})?\s?([ap]\.?m\.?)?Z?$/i.exec(text) ?? []
  if (!h || Number(m) > 59 || Number(h) > (half ? 12 : 23)) return undefined
  const hour = half ? (Number(h) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(h)
  return `${String(hour).padStart(2, '0')}:${m}:00`
}

function length(text: string): number | undefined {
  const hours = /(\d+)\s*h/i.exec(text)?.[1]
  const minutes = /(\d+)\s*m/i.exec(text)?.[1]
  return hours || minutes ? Number(hours ?? 0) * 60 + Number(minutes ?? 0) : undefined
}
