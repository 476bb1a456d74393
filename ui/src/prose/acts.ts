// What the toolbar below a text offers, and whether each is on or possible where the caret is.
import type { Editor } from '@tiptap/core'
import { prose } from '../words/prose'

export interface Act {
  id: string
  label: string
  keys?: string
  /** Pressed in where it holds for the caret; acts without it are not switches. */
  isOn?: (editor: Editor) => boolean
  can?: (editor: Editor) => boolean
  run: (editor: Editor) => void
}

export const letters: Act[] = [
  { id: 'bold', label: prose.bold, keys: 'Mod+B', isOn: (e) => e.isActive('bold'), run: (e) => e.chain().focus().toggleBold().run() },
  { id: 'italic', label: prose.italic, keys: 'Mod+I', isOn: (e) => e.isActive('italic'), run: (e) => e.chain().focus().toggleItalic().run() },
]

export const blocks: Act[] = [
  { id: 'list', label: prose.list, keys: 'Mod+Shift+8', isOn: (e) => e.isActive('bulletList'), run: (e) => e.chain().focus().toggleBulletList().run() },
  { id: 'numbered', label: prose.numbered, keys: 'Mod+Shift+7', isOn: (e) => e.isActive('orderedList'), run: (e) => e.chain().focus().toggleOrderedList().run() },
  { id: 'quote', label: prose.quote, keys: 'Mod+Shift+B', isOn: (e) => e.isActive('blockquote'), run: (e) => e.chain().focus().toggleBlockquote().run() },
]

export const table: Act = {
  id: 'table',
  label: prose.table,
  can: (e) => !e.isActive('table'),
  run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
}

export const more: Act[] = [
  heading('heading', prose.heading, 3),
  heading('small-heading', prose.smallHeading, 4),
  { id: 'code', label: prose.code, keys: 'Mod+E', isOn: (e) => e.isActive('code'), run: (e) => e.chain().focus().toggleCode().run() },
  { id: 'code-block', label: prose.codeBlock, keys: 'Mod+Alt+C', isOn: (e) => e.isActive('codeBlock'), run: (e) => e.chain().focus().toggleCodeBlock().run() },
]

/** Offered only inside a table. */
export const inTable: Act[] = [
  { id: 'row-above', label: prose.rowAbove, run: (e) => e.chain().focus().addRowBefore().run() },
  { id: 'row-below', label: prose.rowBelow, run: (e) => e.chain().focus().addRowAfter().run() },
  { id: 'column-before', label: prose.columnBefore, run: (e) => e.chain().focus().addColumnBefore().run() },
  { id: 'column-after', label: prose.columnAfter, run: (e) => e.chain().focus().addColumnAfter().run() },
  { id: 'header-row', label: prose.headerRow, run: (e) => e.chain().focus().toggleHeaderRow().run() },
  { id: 'merge', label: prose.mergeCells, can: (e) => e.can().mergeCells(), run: (e) => e.chain().focus().mergeCells().run() },
  { id: 'split', label: prose.splitCell, can: (e) => e.can().splitCell(), run: (e) => e.chain().focus().splitCell().run() },
  { id: 'delete-row', label: prose.deleteRow, run: (e) => e.chain().focus().deleteRow().run() },
  { id: 'delete-column', label: prose.deleteColumn, run: (e) => e.chain().focus().deleteColumn().run() },
  { id: 'delete-table', label: prose.deleteTable, run: (e) => e.chain().focus().deleteTable().run() },
]

function heading(id: string, label: string, level: 3 | 4): Act {
  return {
    id,
    label,
    keys: `Mod+Alt+${level}`,
    isOn: (e) => e.isActive('heading', { level }),
    run: (e) => e.chain().focus().toggleHeading({ level }).run(),
  }
}
