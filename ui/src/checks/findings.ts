// Findings sorted for the eye: by weight for the panel, by place for the form; and what else the panel can say is in order.
import type { Finding } from '../host/types/Finding'
import type { Level } from '../host/types/Level'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { View } from '../host/types/View'
import { placeKey } from '../state/place'
import { checks } from '../words/checks'

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
