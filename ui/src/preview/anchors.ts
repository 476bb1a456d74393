// Which stretch of paper shows a place of the report.
import type { Anchor } from '../host/types/Anchor'
import type { Place } from '../host/types/Place'
import { detailOf, placeKey } from '../state/place'

/** The anchor of a place; of the nearest before it where the place is a line or a row; none when it does not print. */
export function anchorOf(anchors: Anchor[], place: Place | null): Anchor | null {
  if (!place) return null
  const key = placeKey(place)
  const here = anchors.filter((anchor) => placeKey(anchor.place) === key)
  const detail = detailOf(place)
  const before = here.filter((anchor) => (detailOf(anchor.place) ?? 0) <= (detail ?? 0))
  return before.at(-1) ?? here[0] ?? null
}
