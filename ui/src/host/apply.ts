// What an edit does to a report, as far as the window can say by itself: the text shown before the core has answered.
// Always true: the report given is left as it was; parts that an edit does not touch are the same objects afterwards.
// Deliberately absent: reading typed values, refusals with reasons, history. The core has the last word in all three.
import type { Change } from './types/Change'
import type { Edit } from './types/Edit'
import type { Report } from './types/Report'
import type { Section } from './types/Section'
import type { SectionId } from './types/SectionId'

/** The lists of a report that change item by item; an edit bears the name of its list. */
const LISTS = [
  'sections', 'timeline', 'impact', 'classifications', 'actions', 'causes', 'targets', 'lessons', 'linked', 'diagrams',
  'attachments', 'markings', 'people', 'signatories', 'accepted', 'unplaced', 'assumptions', 'filings',
] as const
type ListEdit = Extract<Edit, { change: unknown }>

export function apply(report: Report, edit: Edit): Report {
  switch (edit.edit) {
    case 'title':
      return { ...report, title: edit.title }
    case 'version':
      return { ...report, version: edit.version }
    case 'language':
      return { ...report, language: edit.language }
    case 'zone':
      return { ...report, zone: edit.zone }
    case 'answer':
      return { ...report, fields: put(report.fields, edit.key, edit.answer) }
    case 'body':
      return section(report, edit.section, { body: edit.body })
    case 'standing':
      return section(report, edit.section, { standing: edit.standing })
    case 'heading':
      return section(report, edit.section, { heading: edit.heading })
    case 'letter':
      return { ...report, letter: edit.letter }
    case 'annex':
      return { ...report, annexes: put(report.annexes, edit.annex, edit.on) }
    case 'audience':
      return { ...report, audience: edit.audience ?? undefined }
    case 'service_level':
      return { ...report, service_level: edit.level ?? undefined }
    case 'clock_event':
      return { ...report, clock_events: put(report.clock_events ?? {}, edit.event, edit.moment) }
    case 'circumstance':
      return { ...report, circumstances: put(report.circumstances ?? {}, edit.key, edit.holds) }
    case 'together':
      return edit.edits.reduce(apply, report)
    default:
      return list(report, edit)
  }
}

/** The list after a change; a change that fits nowhere changes nothing. */
export function changed<T>(items: T[], change: Change<T>): T[] {
  const next = [...items]
  switch (change.change) {
    case 'insert':
      next.splice(change.at, 0, change.item)
      return next
    case 'replace':
      if (change.at < next.length) next[change.at] = change.item
      return next
    case 'remove':
      next.splice(change.at, 1)
      return next
    case 'move':
      next.splice(change.to, 0, ...next.splice(change.from, 1))
      return next
  }
}

function list(report: Report, edit: ListEdit): Report {
  if (!LISTS.includes(edit.edit)) return report
  const items = (report[edit.edit] ?? []) as unknown[]
  return { ...report, [edit.edit]: changed(items, edit.change as Change<unknown>) }
}

function put<T>(map: Record<string, T | undefined>, key: string, value: T | null): Record<string, T> {
  const next = { ...map } as Record<string, T>
  if (value === null) delete next[key]
  else next[key] = value
  return next
}

function section(report: Report, id: SectionId, part: Partial<Section>): Report {
  return { ...report, sections: report.sections.map((s) => (s.id === id ? { ...s, ...part } : s)) }
}
