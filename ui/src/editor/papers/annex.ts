// Whether a working paper prints, and under which letter.
import type { Annex } from '../../host/types/Annex'
import type { Report } from '../../host/types/Report'

export type Printing = { is: 'never' } | { is: 'empty' } | { is: 'off' } | { is: 'on'; letter: string }

/** The same rule as the core's: allowed by the form, filled, without a heading of its own, not switched off. */
export function printing(report: Report, annex: Annex): Printing {
  if (!report.template.annexes.includes(annex)) return { is: 'never' }
  if (report.annexes[annex] === false) return { is: 'off' }
  if (!isFilled(report, annex)) return { is: 'empty' }
  const before = report.template.annexes.slice(0, report.template.annexes.indexOf(annex))
  const printed = before.filter((other) => printing(report, other).is === 'on').length
  return { is: 'on', letter: String.fromCharCode(65 + printed) }
}

function isFilled(report: Report, annex: Annex): boolean {
  const kinds = report.template.section.map((rule) => rule.kind)
  switch (annex) {
    case 'impact':
      return report.impact.length > 0
    case 'timeline':
      return report.timeline.length > 0 && !kinds.includes('timeline')
    case 'actions':
      return report.actions.length > 0 && !kinds.includes('actions')
    case 'lessons':
      return report.lessons.length > 0 && !kinds.includes('lessons')
    case 'evidence':
      return report.attachments.some((file) => file.evidence)
    case 'record':
      return report.accepted.length > 0
  }
}
