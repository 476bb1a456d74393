// Findings sorted for the eye: by weight for the panel, by place for the form; and what else the panel can say is in order.
import type { Finding } from '../host/types/Finding'
import type { Level } from '../host/types/Level'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { SectionKind } from '../host/types/SectionKind'
import type { Source } from '../host/types/Source'
import type { View } from '../host/types/View'
import type { Meant } from '../parts/meant'
import { detailOf, placeKey } from '../state/place'
import { checks } from '../words/checks'
import { clocks } from '../words/clocks'
import { causes, drawings, lessons, linked, outline, targets } from '../words/editor'
import { tray } from '../words/intake'

export const LEVELS: Level[] = ['blocks', 'answer', 'note']
/** A required heading or field that is empty. */
export const EMPTY = 'L33'

/** The side of a finding it belongs to: the first that is not the form's own. */
export function ownSource(finding: Finding): Source | null {
  return finding.sources.find((source) => source.place.in !== 'form') ?? null
}

/** What a finding asks for, in the form's own words. */
export function asksFor(finding: Finding): string {
  return finding.sources.find((source) => source.place.in === 'form' && source.text !== '')?.text ?? ownSource(finding)?.where ?? finding.message
}

/** The part of the report a finding belongs to. */
export function ownPlace(finding: Finding): Place | null {
  return ownSource(finding)?.place ?? null
}

/** What stands at one place: by row, and what speaks of no row. */
export interface AtRows {
  rows: Map<number, Finding[]>
  whole: Finding[]
}

/** The open findings of one place by its rows. */
export function atRows(findings: Finding[], place: Place): AtRows {
  const found: AtRows = { rows: new Map(), whole: [] }
  for (const finding of open(findings)) {
    const own = ownSource(finding)
    if (!own || placeKey(own.place) !== placeKey(place)) continue
    const row = detailOf(own.place) ?? own.row ?? null
    if (row !== null) found.rows.set(row, [...(found.rows.get(row) ?? []), finding])
    else found.whole.push(finding)
  }
  return found
}

export function open(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.accepted === undefined)
}

export function accepted(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.accepted !== undefined)
}

/** One list of findings is asked by many parts of the window. */
const sorted = new WeakMap<Finding[], ReadonlyMap<string, Finding[]>>()

/** Open findings by the place they belong to. */
export function byPlace(findings: Finding[]): ReadonlyMap<string, Finding[]> {
  const known = sorted.get(findings)
  if (known) return known
  const map = new Map<string, Finding[]>()
  sorted.set(findings, map)
  for (const finding of open(findings)) {
    const place = ownPlace(finding)
    if (!place) continue
    const key = placeKey(place)
    map.set(key, [...(map.get(key) ?? []), finding])
  }
  return map
}

/** Open findings by the part of the form they stand in, in the order of the form; the heaviest first within each. */
export function byPart(findings: Finding[], report: Report, view: View): { key: string; name: string; list: Finding[] }[] {
  const headings = new Map(view.outline.sections.map(({ id, heading }) => [id, heading]))
  const sections = report.sections.map(({ id }) => ({ key: `section:${id}`, name: headings.get(id) ?? '' }))
  const order = [{ key: 'details', name: outline.details }, ...sections]
  const parts = new Map<string, { key: string; name: string; list: Finding[] }>()
  for (const finding of findings) {
    const part = partOf(ownPlace(finding), report, order)
    const known = parts.get(part.key) ?? { ...part, list: [] }
    known.list.push(finding)
    parts.set(part.key, known)
  }
  const rank = (key: string) => (order.findIndex((one) => one.key === key) + 1 || order.length + 1)
  return [...parts.values()].toSorted((a, b) => rank(a.key) - rank(b.key))
}

/** The papers that some forms give a heading of their own. */
const HEADED: Partial<Record<Place['in'], SectionKind>> = {
  timeline: 'timeline', actions: 'actions', causes: 'causes', targets: 'targets', lessons: 'lessons', diagrams: 'diagrams', linked: 'linked_incidents',
}

/** A field stands in its section, or in the details; a paper under the heading that the form gives it. */
function partOf(place: Place | null, report: Report, order: { key: string; name: string }[]): { key: string; name: string } {
  if (place?.in === 'field') {
    const under = report.template.field.find(({ key }) => key === place.key)?.section
    const section = under ? report.sections.find(({ key }) => key === under) : undefined
    if (section) return partOf({ in: 'section', section: section.id, line: null }, report, order)
    return { key: 'details', name: outline.details }
  }
  const kind = place ? HEADED[place.in] : undefined
  const rule = kind && report.template.section.find((one) => one.kind === kind)
  const headed = rule && report.sections.find((one) => one.key === rule.key)
  if (headed) return partOf({ in: 'section', section: headed.id, line: null }, report, order)
  const key = place ? placeKey(place) : 'report'
  return order.find((one) => one.key === key) ?? { key, name: PAPERS[place?.in ?? 'report'] ?? checks.elsewhere }
}

const PAPERS: Partial<Record<Place['in'], string>> = {
  timeline: outline.timeline, impact: outline.downtime, actions: outline.actions, evidence: outline.evidence, signatures: outline.signatures,
  marking: outline.marking, letter: outline.letter, clocks: clocks.label, tray: tray.label, linked: linked.label, causes: causes.label,
  targets: targets.label, lessons: lessons.label, diagrams: drawings.label,
}

/** The word that marks and colours know a level by. */
export const MARKS = { blocks: 'block', answer: 'answer', note: 'note' } as const satisfies Record<Level, string>

/** The heaviest level among findings that a field is underlined for. */
export function heaviest(findings: Finding[]): Level | undefined {
  return LEVELS.find((level) => level !== 'note' && findings.some((finding) => finding.level === level))
}

/** The words of one plain text that findings speak of, from every side of theirs that stands there. */
export function meantAt(findings: Finding[], here: Place): Meant[] {
  return findings.flatMap(({ level, message, sources }) =>
    sources.flatMap(({ place, text, span }) => (span && placeKey(place) === placeKey(here) && detailOf(place) === detailOf(here) ? [{ level: MARKS[level], title: message, text, span }] : [])),
  )
}

/** What is in order, one sentence each. */
export function settled(report: Report, view: View): string[] {
  const against = (checks: string[], place?: Place['in']) =>
    view.findings.some((one) => checks.includes(one.check) && (!place || ownPlace(one)?.in === place))
  const required = report.template.section.filter((rule) => rule.required && !rule.silent).length
  const said: string[] = []
  if (required > 0 && !against(['L31', 'L32']) && !against([EMPTY], 'section')) {
    said.push(checks.headings(required, report.template.short_title))
  }
  const marked = report.markings.some((one) => one.scheme === 'tlp' || one.text.trim() !== '')
  if (marked && !against(['L57'])) said.push(checks.marking)
  return said
}
