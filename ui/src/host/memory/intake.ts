// What stands in for the core's intake: headings of the form open sections, "label: value" answers a field, a time begins a row, and
// what stands nowhere waits. Deliberately absent: formats, dates, near matches. The core has those.
import type { Choices } from '../types/Choices'
import type { EncodingGuess } from '../types/EncodingGuess'
import type { Intake } from '../types/Intake'
import type { Placement } from '../types/Placement'
import type { Report } from '../types/Report'
import type { Template } from '../types/Template'
import type { To } from '../types/To'
import { jotted } from './read'
import { blank } from './samples'

/** What a file says whose bytes leave its letters open: in each encoding, and where that shows. */
export const LETTERS: Record<string, { text: string; line: string }> = {
  'windows-1252': { text: 'Root Cause, if known\nA mûködés leállt.', line: 'A mûködés leállt.' },
  'windows-1250': { text: 'Root Cause, if known\nA működés leállt.', line: 'A működés leállt.' },
}

/** The guess at such a file. */
export function guess(taken: string): EncodingGuess {
  return { taken, options: Object.entries(LETTERS).map(([label, { line }]) => ({ label, line })) }
}

const NONE: Choices = { template: null, date_order: null, year: null, day: null, dayless: false, zone: null, versions: null, changes: null, moved: [] }

export function split(text: string, forms: Template[], newId: () => string, choices: Choices = NONE): Intake {
  const lines = text.split('\n').map((line) => line.trim())
  const score = ({ section }: Template) => section.filter(({ heading }) => lines.some((line) => same(line, heading))).length
  const fits = forms
    .map((form) => ({ form, percent: Math.round((100 * score(form)) / Math.max(1, form.section.length)) }))
    .sort((a, b) => b.percent - a.percent)
  const form = forms.find(({ id }) => id === choices.template) ?? fits[0]!.form
  const report = { ...blank(form, newId(), newId), zone: choices.zone }
  const placements = placed(lines, form, choices)
  const placedIn = placements.reduce((so_far, piece) => fill(so_far, piece, newId), report)
  const filled = dated(placedIn, choices.day)
  const count = (is: (piece: Placement) => boolean) => placements.filter(is).reduce((sum, { said }) => sum + said.split(/\s+/).length, 0)
  const waiting = count(({ to }) => to.to === 'tray')
  const dropped = count(({ to }) => to.to === 'dropped')
  const words = count(() => true)
  return {
    report: filled,
    placements,
    slots: form.section.map(({ key, heading }) => ({ name: key, key, heading, copy: 0, level: null })),
    dropped: [],
    fits: fits.map(({ form: { id, short_title }, percent }) => ({ template: id, name: short_title, percent, reasons: percent > 0 ? ['its headings'] : [] })),
    questions: [...question(text, choices), ...dayQuestion(placedIn, text, choices)],
    counts: { words, placed: words - waiting - dropped, waiting, dropped },
  }
}

function placed(lines: string[], form: Template, { moved }: Choices): Placement[] {
  let slot = ''
  let gap = false
  let rows = 0
  return lines.flatMap((said, block): Placement[] => {
    if (said === '') {
      gap = true
      return []
    }
    const section = form.section.find(({ heading }) => same(said, heading))
    if (section) slot = section.key
    const field = form.field.find(({ label }) => said.toLowerCase().startsWith(`${label.toLowerCase()}:`))
    const own: To = section ? { to: 'heading', slot } : field ? { to: 'field', key: field.key } : /^\d{1,2}[:.]?\d{2}\b/.test(said) ? { to: 'timeline' } : slot ? { to: 'section', slot } : { to: 'tray' }
    const to = moved.find((one) => one.block === block)?.to ?? own
    const piece = { block, line: 0, said, to, place: to.to === 'timeline' ? ({ in: 'timeline', index: rows++ } as const) : null, read: [], after_gap: gap, depth: 0, heading: section !== undefined }
    gap = false
    return [piece]
  })
}

function fill(report: Report, { to, said }: Placement, newId: () => string): Report {
  switch (to.to) {
    case 'section':
      return {
        ...report,
        sections: report.sections.map((one) => (one.key === to.slot ? { ...one, body: [...one.body, { type: 'paragraph', content: [{ type: 'text', text: said }] }] } : one)),
      }
    case 'field':
      return { ...report, fields: { ...report.fields, [to.key]: { raw: said.slice(said.indexOf(':') + 1).trim() } } }
    case 'timeline':
      return { ...report, timeline: [...report.timeline, jotted(said, newId(), report, report.timeline.at(-1))] }
    case 'tray':
      return { ...report, unplaced: [...(report.unplaced ?? []), { id: newId(), text: said, source: '' }] }
    default:
      return report
  }
}

function question(text: string, { date_order }: Choices): Intake['questions'] {
  const [written] = /\b0?\d\/0?\d\/\d{4}\b/.exec(text) ?? []
  if (!written) return []
  const options = [{ value: 'day_month', words: `${written}: day first` }, { value: 'month_day', words: `${written}: month first` }]
  return [{ about: 'date_order', because: [written], options, taken: date_order ?? 'day_month', answered: date_order !== null }]
}

/** Rows without a day, on the day that was given to all. */
function dated(report: Report, day: string | null): Report {
  const lacks = report.timeline.filter((row) => row.kind === 'event' && row.date === null).length
  if (day === null || lacks === 0) return report
  return {
    ...report,
    timeline: report.timeline.map((row) => (row.kind === 'event' && row.date === null ? { ...row, date: day } : row)),
    assumptions: [{ about: 'day_of_rows', words: `${lacks} rows state no day; they are taken to be on ${day}.` }],
  }
}

function dayQuestion({ timeline }: Report, text: string, { day }: Choices): Intake['questions'] {
  const [written] = /\b\d{4}-\d{2}-\d{2}\b/.exec(text) ?? []
  if (!timeline.some((row) => row.kind === 'event' && row.date === null)) return []
  const offered = written ? [{ value: written, words: `${written}, named in the text` }] : []
  const options = [{ value: '', words: 'Leave them without a day' }, ...offered]
  if (day !== null && day !== written) options.push({ value: day, words: day })
  return [{ about: 'day', because: [], options, taken: day ?? '', answered: day !== null }]
}

function same(line: string, heading: string): boolean {
  return line.replace(/[:\s]+$/, '').toLowerCase() === heading.toLowerCase()
}
