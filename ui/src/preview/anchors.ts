// Which stretch of paper shows a place of the report.
import type { Anchor } from '../host/types/Anchor'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { SectionKind } from '../host/types/SectionKind'
import { detailOf, placeKey } from '../state/place'

/** Tables that stand under a heading of the form, where it has one for them. */
const HEADED: Partial<Record<Place['in'], SectionKind>> = {
  linked: 'linked_incidents', timeline: 'timeline', actions: 'actions', causes: 'causes', targets: 'targets', lessons: 'lessons', diagrams: 'diagrams',
}

/** The anchor of a place, else of the heading it stands under; none when it does not print. */
export function anchorOf(anchors: Anchor[], place: Place | null, report: Report): Anchor | null {
  if (!place) return null
  const kind = HEADED[place.in]
  const rule = report.template.section.find((one) => one.kind === kind)
  const section = rule && report.sections.find((one) => one.key === rule.key)
  return nearest(anchors, place) ?? (section ? nearest(anchors, { in: 'section', section: section.id, line: null }) : null)
}

/** Where the place is a line or a row without an anchor of its own, the one before it. */
function nearest(anchors: Anchor[], place: Place): Anchor | null {
  const key = placeKey(place)
  const here = anchors.filter((anchor) => placeKey(anchor.place) === key)
  const detail = detailOf(place)
  const before = here.filter((anchor) => (detailOf(anchor.place) ?? 0) <= (detail ?? 0))
  return before.at(-1) ?? here[0] ?? null
}
