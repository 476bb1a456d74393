// Findings sorted for the eye: by weight for the panel, by place for the form; and what else the panel can say is in order.
import type { Finding } from '../host/types/Finding'
import type { Level } from '../host/types/Level'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { View } from '../host/types/View'
import { placeKey } from '../state/place'
import { checks } from '../words/checks'
import { clocks } from '../words/clocks'
import { outline } from '../words/editor'
import { tray } from '../words/intake'

export const LEVELS: Level[] = ['blocks', 'answer', 'note']
/** A required heading or field that is empty. */
export const EMPTY = 'L33'

/** The part of the report a finding belongs to: the first it names that is not the form's own side. */
export function ownPlace(finding: Finding): Place | null {
  return finding.sources.find((source) => source.place.in !== 'form')?.place ?? null
}

export function open(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.accepted === undefined)
}

export function accepted(findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.accepted !== undefined)
}

/** Open findings by the place they belong to. */
export function byPlace(findings: Finding[]): Map<string, Finding[]> {
  const map = new Map<string, Finding[]>()
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

/** A field stands in its section, or in the details. */
function partOf(place: Place | null, report: Report, order: { key: string; name: string }[]): { key: string; name: string } {
  if (place?.in === 'field') {
    const under = report.template.field.find(({ key }) => key === place.key)?.section
    const section = under ? report.sections.find(({ key }) => key === under) : undefined
    if (section) return partOf({ in: 'section', section: section.id, line: null }, report, order)
    return { key: 'details', name: outline.details }
  }
  const key = place ? placeKey(place) : 'report'
  return order.find((one) => one.key === key) ?? { key, name: PAPERS[place?.in ?? 'report'] ?? checks.elsewhere }
}

const PAPERS: Partial<Record<Place['in'], string>> = {
  timeline: outline.timeline, impact: outline.downtime, actions: outline.actions, evidence: outline.evidence, signatures: outline.signatures,
  marking: outline.marking, letter: outline.letter, clocks: clocks.label, tray: tray.label,
}

/** The word that marks and colours know a level by. */
export const MARKS = { blocks: 'block', answer: 'answer', note: 'note' } as const satisfies Record<Level, string>

/** The heaviest level among findings that a field is underlined for. */
export function heaviest(findings: Finding[]): Level | undefined {
  return LEVELS.find((level) => level !== 'note' && findings.some((finding) => finding.level === level))
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
