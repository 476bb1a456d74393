// What a report is called, as the library calls it: its title, else its reference, else the name of its form.
import type { Report } from '../host/types/Report'

export function nameOf({ title, template, fields }: Report): string {
  const reference = template.reference_field ? fields[template.reference_field]?.raw?.trim() : ''
  return title.trim() || reference || template.short_title
}
