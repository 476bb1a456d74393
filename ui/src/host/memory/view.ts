// What stands beside a report: findings, progress, readings. Plausible, so that every state of the screen can be seen; the
// core's own checks are many more and far stricter.
import type { Answer } from '../types/Answer'
import type { Block } from '../types/Block'
import type { Bound } from '../types/Bound'
import type { Field } from '../types/Field'
import type { Finding } from '../types/Finding'
import type { Part } from '../types/Part'
import type { Place } from '../types/Place'
import type { Reading } from '../types/Reading'
import type { Report } from '../types/Report'
import type { RichText } from '../types/RichText'
import type { Section } from '../types/Section'
import type { View } from '../types/View'
import { isUnread, startOf } from './read'

export function viewOf(report: Report, history: { undo: boolean; redo: boolean }): View {
  const findings = [...gaps(report), ...unread(report), ...twoWidths(report), ...estimates(report)].map((one) => accepted(report, one))
  return {
    findings,
    outline: outline(report, findings),
    readings: readings(report),
    zone: zone(report),
    downtime_minutes: downtime(report),
    can_undo: history.undo,
    can_redo: history.redo,
  }
}

/** The words of a text, without what sets them. */
export function plain(body: RichText): string {
  return body.map(words).join('\n').trim()
}

export function reference(report: Report): string {
  return report.fields[report.template.reference_field ?? '']?.raw ?? ''
}

function words(node: Block | { content?: unknown; text?: string }): string {
  if ('text' in node && typeof node.text === 'string') return node.text
  const inside = 'content' in node && Array.isArray(node.content) ? (node.content as Block[]) : []
  return inside.map(words).join('')
}

function isAnswered(field: Field, answer: Answer | undefined): boolean {
  return !isUnread(field, answer) && isGiven(answer)
}

function isGiven(answer: Answer | undefined): boolean {
  return !!answer?.raw?.trim() || !!answer?.rich?.length || stands(answer?.standing)
}

function stands(standing: Answer['standing']): boolean {
  if (!standing || standing.is === 'known') return false
  return standing.is === 'not_applicable' ? !!standing.reason : !!standing.owner
}

function isWritten(report: Report, section: Section): boolean {
  const kind = report.template.section.find(({ key }) => key === section.key)?.kind ?? 'prose'
  if (stands(section.standing) || plain(section.body)) return true
  if (kind === 'linked_incidents') return report.linked.length > 0
  if (kind === 'timeline') return report.timeline.length > 0
  if (kind === 'actions') return report.actions.length > 0
  if (kind === 'causes') return report.causes.length > 0
  if (kind === 'targets') return (report.targets?.length ?? 0) > 0
  if (kind === 'diagrams') return report.diagrams.length > 0
  return kind === 'lessons' && report.lessons.length > 0
}

function gaps(report: Report): Finding[] {
  const fields = report.template.field
    .filter((field) => field.required && !field.computed && !isGiven(report.fields[field.key]))
    .map((field) => empty('L33', `“${field.label}” is empty`, field.label, { in: 'field', key: field.key }))
  const sections = report.sections
    .filter((section) => isRequired(report, section) && !isWritten(report, section))
    .map(({ heading, id }) => empty('L33', 'A required heading is empty', heading, { in: 'section', section: id, line: null }))
  return [...fields, ...sections]
}

function unread(report: Report): Finding[] {
  return report.template.field
    .filter((field) => isUnread(field, report.fields[field.key]))
    .map((field): Finding => {
      const place: Place = { in: 'field', key: field.key }
      const text = report.fields[field.key]?.raw ?? ''
      const message = `“${field.label}” holds “${text}”, which cannot be read. Write it as ${field.example}.`
      const sources = [{ where: field.label, text, place }, { where: 'The form', text: field.label, place: { in: 'form' as const } }]
      return { check: 'L65', level: 'blocks', message, key: `L65|${field.key}=${text}`, sources }
    })
}

function empty(check: string, message: string, asked: string, place: Place): Finding {
  return {
    check, level: 'blocks', message, key: `${check}:${JSON.stringify(place)}`,
    sources: [{ where: 'The form', text: asked, place: { in: 'form' } }, { where: 'Your report', text: '', place }],
  }
}

function twoWidths(report: Report): Finding[] {
  const key = report.template.reference_field
  const value = key ? report.fields[key]?.value : undefined
  if (!key || value?.kind !== 'reference') return []
  const own = value.prefix + value.digits
  return report.sections.flatMap((section) => {
    const other = plain(section.body)
      .match(new RegExp(`${value.prefix}\\d+`, 'g'))
      ?.find((found) => found !== own && Number(found.slice(value.prefix.length)) === Number(value.digits))
    if (!other) return []
    const body = JSON.parse(JSON.stringify(section.body).replaceAll(other, own)) as RichText
    return [{
      check: 'L25', level: 'answer', message: 'One incident, two reference numbers', key: `L25:${section.id}`,
      sources: [
        { where: 'Details', text: own, place: { in: 'field', key } },
        { where: section.heading, text: other, place: { in: 'section', section: section.id, line: 0 } },
      ],
      fix: { label: `Use ${value.digits.length} digits in both`, edit: { edit: 'body', section: section.id, body } },
    }]
  })
}

function estimates(report: Report): Finding[] {
  return report.sections.flatMap((section): Finding[] => {
    const found = /\b(?:about|some|an estimated) [\d,]+/i.exec(plain(section.body))?.[0]
    if (!found) return []
    return [{
      check: 'L45', level: 'note', message: 'An estimate without its basis', key: `L45:${section.id}`,
      sources: [
        { where: section.heading, text: `“${found}”`, place: { in: 'section', section: section.id, line: 0 } },
        { where: 'Evidence', text: '', place: { in: 'evidence' } },
      ],
    }]
  })
}

function accepted(report: Report, finding: Finding): Finding {
  const reason = report.accepted.find((one) => one.finding === finding.key)?.reason
  return reason === undefined || finding.level === 'blocks' ? finding : { ...finding, accepted: reason }
}

function isRequired(report: Report, section: Section): boolean {
  return report.template.section.find(({ key }) => key === section.key)?.required ?? false
}

function outline(report: Report, findings: Finding[]): View['outline'] {
  const fields = report.template.field.filter((field) => field.required)
  const done = (field: Field) => isAnswered(field, report.fields[field.key]) || computedMinutes(report, field) !== undefined
  const sections = report.sections.map((section) => ({
    id: section.id,
    heading: section.heading.replace('{zone}', zone(report)?.[0] ?? ''),
    required: isRequired(report, section),
    part: part(findings, isWritten(report, section) ? 1 : 0, 1, (p) => p.in === 'section' && p.section === section.id),
  }))
  const wanted = sections.filter(({ required }) => required)
  return {
    answered: fields.filter(done).length + wanted.filter((s) => s.part.state === 'complete').length,
    required: fields.length + wanted.length,
    details: part(findings, fields.filter(done).length, fields.length, (p) => p.in === 'field'),
    sections,
  }
}

function part(findings: Finding[], done: number, all: number, here: (place: Place) => boolean): Part {
  const open = findings.filter((f) => f.accepted === undefined && f.sources.some(({ place }) => here(place)))
  return {
    state: done === 0 && all > 0 ? 'empty' : done < all ? 'begun' : 'complete',
    blocks: open.filter((f) => f.level === 'blocks').length,
    answers: open.filter((f) => f.level === 'answer').length,
  }
}

function readings(report: Report): Record<string, Reading> {
  const pairs = report.template.field.flatMap((field): [string, Reading][] => {
    const value = report.fields[field.key]?.value
    if (value?.kind === 'date') return [[field.key, { words: long(value.date), weekday: weekday(value.date), from: null }]]
    if (value?.kind === 'date_time') {
      const words = `${long(value.at)}, ${value.at.slice(11, 16)} ${zone(report)?.[0] ?? ''}`.trim()
      return [[field.key, { words, weekday: weekday(value.at), from: null }]]
    }
    const minutes = computedMinutes(report, field)
    if (minutes === undefined || !field.computed) return []
    const label = (key: string) => report.template.field.find((other) => other.key === key)?.label ?? key
    return [[field.key, { words: hours(minutes), weekday: null, from: [label(field.computed.from), label(field.computed.to)] }]]
  })
  return Object.fromEntries(pairs)
}

function computedMinutes(report: Report, field: Field): number | undefined {
  const from = field.computed && report.fields[field.computed.from]?.value
  const to = field.computed && report.fields[field.computed.to]?.value
  if (from?.kind !== 'date_time' || to?.kind !== 'date_time') return undefined
  return minutesBetween(from.at, to.at)
}

function downtime(report: Report): number | null {
  const spans = report.impact
    .filter(({ state }) => state === 'down')
    .map(({ from, to }) => [moment(report, from), moment(report, to)] as const)
    .filter((span): span is readonly [string, string] => span[0] !== undefined && span[1] !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
  let total = 0
  let reached = ''
  for (const [from, to] of spans) {
    if (to <= reached) continue
    total += minutesBetween(from < reached ? reached : from, to)
    reached = to
  }
  return spans.length > 0 ? total : null
}

function moment(report: Report, bound: Bound | null): string | undefined {
  if (bound?.kind === 'moment') return bound.at
  const row = report.timeline.find(({ id }) => bound?.kind === 'event' && id === bound.row)
  if (row?.kind !== 'event' || !row.date) return undefined
  const start = startOf(row.time)
  return start && `${row.date}T${start}`
}

function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000)
}

function hours(minutes: number): string {
  return `${Math.floor(minutes / 60)} hours ${minutes % 60} minutes`
}

function long(iso: string): string {
  return new Date(`${iso.slice(0, 10)}T12:00:00Z`).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

function weekday(iso: string): string {
  return new Date(`${iso.slice(0, 10)}T12:00:00Z`).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' })
}

function zone(report: Report): [string, string] | null {
  if (!report.zone) return null
  const day = report.timeline.find((row) => row.kind === 'event' && row.date !== null)
  const at = new Date(day?.kind === 'event' && day.date ? `${day.date}T12:00:00Z` : '2026-01-15T12:00:00Z')
  const part = (timeZoneName: 'short' | 'shortOffset') =>
    new Intl.DateTimeFormat('en-GB', { timeZone: report.zone ?? 'UTC', timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return [part('short'), part('shortOffset').replace('GMT', 'UTC')]
}
