// The parts of a report in the order of the form, each with its state, as the outline and the "where am I" line show them.
import type { Annex } from '../host/types/Annex'
import type { Finding } from '../host/types/Finding'
import type { PartState } from '../host/types/PartState'
import type { Level } from '../host/types/Level'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { SectionKind } from '../host/types/SectionKind'
import type { View } from '../host/types/View'
import { shortLength } from '../words/lengths'
import { causes, drawings, lessons, linked, outline as words, targets } from '../words/editor'
import { byPart, byPlace, heaviest } from '../checks/findings'
import { placeKey } from '../state/place'

export interface OutlinePart {
  /** The `data-part` of its element. */
  key: string
  name: string
  state: PartState
  blocks: number
  answers: number
  /** What a working paper holds: how many rows, how long. */
  tail: string
  /** Where the keyboard goes. */
  place: Place
}

/** The form itself: the letter's frame where there is one, the header fields, the headings. What waits is not counted against a part. */
export function formParts(report: Report, view: View, waiting: Finding[]): OutlinePart[] {
  const parts: OutlinePart[] = []
  const later = new Map(byPart(waiting, report, view).map(({ key, list }) => [key, list]))
  const without = (key: string, counts: { state: PartState; blocks: number; answers: number }) => {
    const of = (level: Level) => (later.get(key) ?? []).filter((finding) => finding.level === level).length
    return { state: counts.state, blocks: Math.max(0, counts.blocks - of('blocks')), answers: Math.max(0, counts.answers - of('answer')) }
  }
  const first = report.template.field[0]
  if (first) {
    parts.push({ key: 'details', name: words.details, ...without('details', view.outline.details), tail: '', place: { in: 'field', key: first.key } })
  }
  if (report.template.frame === 'letter') parts.push(paper('letter', words.letter, hasLetter(report), '', view.findings.filter((finding) => !waiting.includes(finding))))
  const known = new Map(view.outline.sections.map((section) => [section.id, section]))
  for (const section of report.sections) {
    const { part, heading } = known.get(section.id) ?? { part: { state: 'empty', blocks: 0, answers: 0 } as const, heading: section.heading }
    const place: Place = { in: 'section', section: section.id, line: null }
    parts.push({ key: placeKey(place), name: heading, ...without(placeKey(place), part), tail: '', place })
  }
  return parts
}

/** What the author keeps beside the form. */
export function paperParts(report: Report, view: View, findings: Finding[]): OutlinePart[] {
  const kinds = report.template.section.map((rule) => rule.kind)
  const files = report.attachments.filter((file) => file.evidence).length
  const events = report.timeline.filter((row) => row.kind === 'event').length
  const count = (many: number) => (many === 0 ? '' : String(many))
  const parts: OutlinePart[] = []
  if (!kinds.includes('timeline')) parts.push(paper('timeline', words.timeline, events > 0, count(events), findings))
  const down = view.downtime_minutes
  parts.push(paper('impact', words.downtime, report.impact.length > 0, down === null ? '' : shortLength(down), findings))
  if (!kinds.includes('actions')) parts.push(paper('actions', words.actions, report.actions.length > 0, count(report.actions.length), findings))
  for (const { kind, name, count: many } of loosePapers(report)) parts.push(paper(kind, name, true, count(many), findings))
  parts.push(paper('evidence', words.evidence, files > 0, count(files), findings))
  parts.push(paper('signatures', words.signatures, report.signatories.length > 0, count(report.signatories.length), findings))
  parts.push(paper('marking', words.marking, report.markings.length > 0, '', findings))
  return parts
}

/** A paper that this form gives no heading, and that came with the report all the same: it can be seen and put right. */
export interface LoosePaper {
  kind: 'causes' | 'targets' | 'lessons' | 'linked' | 'diagrams'
  name: string
  guidance: string
  count: number
  annex?: Annex
}

export function loosePapers(report: Report): LoosePaper[] {
  const headed = report.template.section.map((rule) => rule.kind)
  const all: (LoosePaper & { section: SectionKind })[] = [
    { kind: 'causes', section: 'causes', name: causes.label, guidance: causes.guidance, count: report.causes.length },
    { kind: 'targets', section: 'targets', name: targets.label, guidance: targets.guidance, count: (report.targets ?? []).length },
    { kind: 'lessons', section: 'lessons', name: lessons.label, guidance: lessons.guidance, count: report.lessons.length, annex: 'lessons' },
    { kind: 'linked', section: 'linked_incidents', name: linked.label, guidance: linked.guidance, count: report.linked.length },
    { kind: 'diagrams', section: 'diagrams', name: drawings.label, guidance: drawings.guidance, count: report.diagrams.length },
  ]
  return all.filter(({ section, count }) => count > 0 && !headed.includes(section))
}

type PaperKey = LoosePaper['kind'] | 'letter' | 'timeline' | 'impact' | 'actions' | 'evidence' | 'signatures' | 'marking'

function paper(key: PaperKey, name: string, filled: boolean, tail: string, findings: Finding[]): OutlinePart {
  const place: Place = key === 'timeline' ? { in: 'timeline', index: null } : { in: key }
  const here = byPlace(findings).get(placeKey(place)) ?? []
  const of = (level: string) => here.filter((finding) => finding.level === level).length
  const state: PartState = !filled ? 'empty' : heaviest(here) ? 'begun' : 'complete'
  return { key, name, state, blocks: of('blocks'), answers: of('answer'), tail, place }
}

function hasLetter(report: Report): boolean {
  const { sender, addressee, salutation, date } = report.letter
  return [sender, addressee, salutation, date].some((text) => text.trim() !== '')
}
