// Places of a report as keys, so that a map can hold what stands at them.
import type { Place } from '../host/types/Place'

/** "field:incident_date", "section:…", "timeline"; a line or a row within a place has the place's key. */
export function placeKey(place: Place): string {
  switch (place.in) {
    case 'field':
      return `field:${place.key}`
    case 'section':
      return `section:${place.section}`
    default:
      return place.in
  }
}

/** The line or row a place points at, where it does. */
export function detailOf(place: Place): number | null {
  if (place.in === 'section') return place.line
  if (place.in === 'timeline') return place.index
  return null
}
