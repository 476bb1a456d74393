// Where words from the tray can be put in a report, and the edit that puts them there. What stands there already is kept: words come after it.
import type { Edit } from '../host/types/Edit'
import type { Event } from '../host/types/Event'
import type { Report } from '../host/types/Report'
import type { Row } from '../host/types/Row'
import { readTime } from '../timeline/when'
import { intake as words } from '../words/intake'

export interface Placing {
  id: string
  name: string
  edit: (text: string, freshId: string) => Edit
}

export function placesFor(report: Report): Placing[] {
  const { template, sections, fields } = report
  return [
    ...template.field.map(({ key, label }): Placing => ({
      id: `field:${key}`,
      name: label,
      edit: (text) => {
        const raw = [fields[key]?.raw, text].filter(Boolean).join(' ')
        return { edit: 'answer', key, answer: { ...fields[key], raw } }
      },
    })),
    ...sections.map(({ id, heading, body }): Placing => ({
      id: `section:${id}`,
      name: heading,
      edit: (text) => ({ edit: 'body', section: id, body: [...body, { type: 'paragraph', content: [{ type: 'text', text }] }] }),
    })),
    {
      id: 'timeline',
      name: words.places.timeline,
      edit: (text, id) => ({ edit: 'timeline', change: { change: 'insert', at: report.timeline.length, item: rowOf(text, id, report.timeline) } }),
    },
    {
      id: 'action',
      name: words.places.action,
      edit: (text, id) => {
        const item = { id, text, kind: 'prevent', owner: '', due: '', state: 'open' } as const
        return { edit: 'actions', change: { change: 'insert', at: report.actions.length, item } }
      },
    },
  ]
}

/** A time at the head of the words is the row's; its day is that of the row before. */
function rowOf(text: string, id: string, rows: Row[]): Row {
  const [, head = '', rest = ''] = /^(\S+)\s+(.+)$/s.exec(text.trim()) ?? []
  const time = head ? readTime(head) : null
  const last = rows.findLast((row): row is { kind: 'event' } & Event => row.kind === 'event')
  return { kind: 'event', id, date: last?.date ?? null, time: time ?? { kind: 'none' }, text: time ? rest : text.trim(), raw: text }
}
