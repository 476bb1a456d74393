// Finding and replacing as the host in memory does it: titles, answers and the plain words of texts. The core knows every text; this
// knows enough to try the panel.
import type { Edit } from '../types/Edit'
import type { Found } from '../types/Found'
import type { Hit } from '../types/Hit'
import type { Inline } from '../types/Inline'
import type { Place } from '../types/Place'
import type { Report } from '../types/Report'
import type { Search } from '../types/Search'

interface Text {
  place: Place
  words: string
  text: string
  write: (text: string) => Edit
}

export function find(report: Report, search: Search): Found {
  const pattern = patternOf(search)
  if (!pattern) return { hits: [], total: 0, fixed: 0 }
  let nth = 0
  const hits = textsOf(report).flatMap(({ place, words, text }) =>
    [...text.matchAll(pattern)].map((hit): Hit => {
      const from = hit.index
      const to = from + hit[0].length
      return { place, row: null, words, nth: nth++, before: text.slice(Math.max(0, from - 40), from), found: hit[0], after: text.slice(to, to + 40), fixed: false }
    }),
  )
  return { hits, total: hits.length, fixed: 0 }
}

export function replacing(report: Report, search: Search, replacement: string, only: Hit | null): Edit | null {
  const pattern = patternOf(search)
  if (!pattern) return null
  let nth = 0
  const edits = textsOf(report).flatMap(({ text, write }) => {
    const after = text.replace(pattern, (found) => (only === null || only.nth === nth++ ? replacement : found))
    return after === text ? [] : [write(after)]
  })
  return edits.length > 0 ? { edit: 'together', edits } : null
}

function patternOf({ text, case: capitals, whole }: Search): RegExp | null {
  if (text.trim() === '') return null
  const plain = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(whole ? `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])` : plain, capitals ? 'gu' : 'giu')
}

function textsOf(report: Report): Text[] {
  const title: Text = { place: { in: 'report' }, words: 'Title', text: report.title, write: (text) => ({ edit: 'title', title: text }) }
  const answers = report.template.field.flatMap(({ key, label }): Text[] => {
    const answer = report.fields[key]
    return answer?.raw ? [{ place: { in: 'field', key }, words: label, text: answer.raw, write: (raw) => ({ edit: 'answer', key, answer: { ...answer, raw } }) }] : []
  })
  const bodies = report.sections.flatMap(({ id, heading, body }) =>
    body.flatMap((block, line): Text[] => {
      if (block.type !== 'paragraph') return []
      const text = (block.content ?? []).map((piece) => (piece.type === 'text' ? piece.text : '')).join('')
      const write = (words: string): Edit => {
        const content: Inline[] = [{ type: 'text', text: words }]
        return { edit: 'body', section: id, body: body.map((other, at) => (at === line ? { ...block, content } : other)) }
      }
      return [{ place: { in: 'section', section: id, line }, words: `${heading}, paragraph ${line + 1}`, text, write }]
    }),
  )
  return [title, ...answers, ...bodies]
}
