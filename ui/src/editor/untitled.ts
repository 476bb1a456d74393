// Whether a report that is left wants a title, and which one to propose: its form with its reference, or with the day of the incident.
import type { Untitled } from '../state/app.svelte'
import type { Session } from '../state/session.svelte'
import { untitled as words } from '../words/library'

/** None where it has a title, or says nothing yet: then it goes without a trace. */
export function untitledOf({ id, report, view }: Session): Untitled | null {
  const { title, template, fields, sections, timeline, attachments } = report
  if (title.trim() !== '') return null
  const begun = template.begin_with ?? {}
  const answered = Object.entries(fields).some(([key, answer]) => (answer?.raw ?? '').trim() !== '' && answer?.raw !== begun[key])
  const written = sections.some(({ body }) => JSON.stringify(body).includes('"text"'))
  if (!answered && !written && timeline.length === 0 && attachments.length === 0) return null
  const reference = (template.reference_field ? fields[template.reference_field]?.raw : '')?.trim() ?? ''
  const day = template.field.map(({ key }) => view.readings[key]).find((reading) => reading?.weekday)?.words ?? ''
  return { report: id, proposed: words.proposed(template.short_title, reference, day) }
}
