// Between the editor's document and the text of a report. `written` keeps what crates/report/src/rich.rs allows and nothing else;
// `shown` gives the editor a document it can hold. Always true: `written(shown(text))` is `text` again, for every text the core can
// write with marks in the schema's order; what differs are empty pieces that nobody can see (a list without items, a text without letters).
import type { JSONContent } from '@tiptap/core'
import type { Block } from '../host/types/Block'
import type { Cell } from '../host/types/Cell'
import type { Inline } from '../host/types/Inline'
import type { ListItem } from '../host/types/ListItem'
import type { Mark } from '../host/types/Mark'
import type { RichText } from '../host/types/RichText'
import type { TableRow } from '../host/types/TableRow'

/** The report's text for what the editor holds; nothing written is an empty list. */
export function written(document: JSONContent): RichText {
  const blocks = children(document).flatMap(block)
  const [only] = blocks
  const isBlank = blocks.length === 1 && only?.type === 'paragraph' && !only.content
  return isBlank ? [] : blocks
}

/** The editor's document for a report's text. */
export function shown(text: RichText): JSONContent {
  return { type: 'doc', content: atLeastOne(text.flatMap(shownBlock)) }
}

function block(node: JSONContent): Block[] {
  switch (node.type) {
    case 'paragraph':
    case 'codeBlock':
      return [{ type: node.type, ...inlines(node) }]
    case 'heading':
      return [{ type: 'heading', attrs: { level: node.attrs?.level === 4 ? 4 : 3 }, ...inlines(node) }]
    case 'bulletList':
      return [{ type: 'bulletList', content: children(node).map(item) }]
    case 'orderedList':
      return [{ type: 'orderedList', attrs: { start: natural(node.attrs?.start) }, content: children(node).map(item) }]
    case 'blockquote':
      return [{ type: 'blockquote', content: children(node).flatMap(block) }]
    case 'table':
      return [{ type: 'table', content: children(node).map(row) }]
    case 'figure':
      return [{ type: 'figure', attrs: { attachment: node.attrs?.attachment ?? null, alt: node.attrs?.alt ?? '' }, ...inlines(node) }]
    default:
      return []
  }
}

function item(node: JSONContent): ListItem {
  return { type: 'listItem', content: children(node).flatMap(block) }
}

function row(node: JSONContent): TableRow {
  const cells = children(node).map(cell)
  return cells.length === 0 ? { type: 'tableRow' } : { type: 'tableRow', content: cells }
}

function cell(node: JSONContent): Cell {
  return {
    type: node.type === 'tableHeader' ? 'tableHeader' : 'tableCell',
    attrs: { colspan: natural(node.attrs?.colspan), rowspan: natural(node.attrs?.rowspan) },
    content: children(node).flatMap(block),
  }
}

function inlines(node: JSONContent): { content?: Inline[] } {
  const content = children(node).flatMap(inline)
  return content.length === 0 ? {} : { content }
}

function inline(node: JSONContent): Inline[] {
  switch (node.type) {
    case 'text': {
      const marks = (node.marks ?? []).flatMap(mark)
      return [{ type: 'text', text: node.text ?? '', ...(marks.length === 0 ? {} : { marks }) }]
    }
    case 'hardBreak':
      return [{ type: 'hardBreak' }]
    case 'fact':
      return [{ type: 'fact', attrs: { key: String(node.attrs?.key ?? '') } }]
    default:
      return []
  }
}

function mark(given: { type: string; attrs?: Record<string, unknown> }): Mark[] {
  switch (given.type) {
    case 'bold':
    case 'italic':
    case 'code':
      return [{ type: given.type }]
    case 'link':
      return typeof given.attrs?.href === 'string' ? [{ type: 'link', attrs: { href: given.attrs.href } }] : []
    default:
      return []
  }
}

function shownBlock(given: Block): JSONContent[] {
  switch (given.type) {
    case 'paragraph':
      return [{ type: 'paragraph', content: shownInlines(given.content) }]
    case 'heading':
      return [{ type: 'heading', attrs: { level: given.attrs.level >= 4 ? 4 : 3 }, content: shownInlines(given.content) }]
    case 'codeBlock':
      return [{ type: 'codeBlock', content: asOneText(given.content) }]
    case 'bulletList':
      return given.content.length === 0 ? [] : [{ type: 'bulletList', content: given.content.map(shownItem) }]
    case 'orderedList':
      return given.content.length === 0 ? [] : [{ type: 'orderedList', attrs: given.attrs, content: given.content.map(shownItem) }]
    case 'blockquote':
      return [{ type: 'blockquote', content: atLeastOne(given.content.flatMap(shownBlock)) }]
    case 'table':
      return given.content.length === 0 ? [] : [{ type: 'table', content: given.content.map(shownRow) }]
    case 'figure':
      return [{ type: 'figure', attrs: given.attrs, content: shownInlines(given.content) }]
  }
}

function shownItem(given: ListItem): JSONContent {
  return { type: 'listItem', content: atLeastOne(given.content.flatMap(shownBlock)) }
}

function shownRow(given: TableRow): JSONContent {
  const cells = (given.content ?? []).map((one) => ({
    type: one.type,
    attrs: one.attrs,
    content: atLeastOne(one.content.flatMap(shownBlock)),
  }))
  return { type: 'tableRow', content: cells }
}

function shownInlines(given: Inline[] = []): JSONContent[] {
  return given.filter((one) => one.type !== 'text' || one.text !== '') as JSONContent[]
}

/** Lines of code hold letters only: a break is a new line, a fact its key, as in the core's plain text. */
function asOneText(given: Inline[] = []): JSONContent[] {
  const text = given.map((one) => (one.type === 'text' ? one.text : one.type === 'fact' ? `{${one.attrs.key}}` : '\n')).join('')
  return text === '' ? [] : [{ type: 'text', text }]
}

function atLeastOne(blocks: JSONContent[]): JSONContent[] {
  return blocks.length === 0 ? [{ type: 'paragraph' }] : blocks
}

function children(node: JSONContent): JSONContent[] {
  return node.content ?? []
}

function natural(given: unknown): number {
  const number = Number(given)
  return Number.isInteger(number) && number >= 1 ? number : 1
}
