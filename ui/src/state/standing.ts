// "Known", "not yet known", "N/A": where the form allows which, and the edit that says so. Fields and sections answer alike.
import type { Allowed } from '../host/types/Allowed'
import type { Edit } from '../host/types/Edit'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { Standing } from '../host/types/Standing'

/** The answers a place takes besides a value. */
export function allowedAt(report: Report, place: Place): Allowed[] {
  if (place.in === 'field') return report.template.field.find((field) => field.key === place.key)?.allow ?? []
  if (place.in !== 'section') return []
  const key = report.sections.find((section) => section.id === place.section)?.key
  return report.template.section.find((rule) => rule.key === key)?.allow ?? []
}

/** The edit that sets it; none where a place has no standing. */
export function standingEdit(report: Report, place: Place, standing: Standing): Edit | null {
  if (place.in === 'section') return { edit: 'standing', section: place.section, standing }
  if (place.in === 'field') return { edit: 'answer', key: place.key, answer: { ...report.fields[place.key], standing } }
  return null
}

/** A standing of that kind with nothing said yet. */
export function blankStanding(is: Standing['is']): Standing {
  switch (is) {
    case 'known':
      return { is }
    case 'not_yet_known':
      return { is, owner: '', due: '' }
    case 'not_applicable':
      return { is, reason: '' }
  }
}
