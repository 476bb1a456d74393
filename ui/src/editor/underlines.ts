// The words that findings speak of, by the section they stand in: what its text underlines.
import { MARKS, open } from '../checks/findings'
import type { Finding } from '../host/types/Finding'
import type { SectionId } from '../host/types/SectionId'
import type { Underline } from '../prose/underlines'

/** Every side of every open finding that names words of a section. */
export function underlinesOf(findings: Finding[]): Map<SectionId, Underline[]> {
  const found = new Map<SectionId, Underline[]>()
  for (const { key, level, message, sources } of open(findings)) {
    for (const { place, text, span } of sources) {
      if (place.in !== 'section' || place.line === null || !span) continue
      const one = { key, level: MARKS[level], title: message, line: place.line, text, from: span[0], to: span[1] }
      found.set(place.section, [...(found.get(place.section) ?? []), one])
    }
  }
  return found
}
