// What can stand in a text: TipTap's own nodes and marks, cut down to the list in crates/report/src/rich.rs.
// Always true: an attribute that the core would refuse does not exist here. Deliberately absent: history (undo belongs to the whole
// report), images without a caption, rules, colours, alignment, column widths.
import type { Extensions } from '@tiptap/core'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { FactNode, type FactOptions } from './fact'
import { Figure, type FigureOptions } from './figure'
import { isAddress } from './links'

export function schema(options: FigureOptions & FactOptions): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [3, 4] },
      dropcursor: { color: 'var(--accent)', width: 2 },
      // Made narrower below, or not in our texts at all.
      bulletList: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      link: false,
      listItem: false,
      listKeymap: false,
      orderedList: false,
      strike: false,
      trailingNode: false,
      underline: false,
      undoRedo: false,
    }),
    // A report may say bold code; TipTap's code excludes every other mark.
    Code.extend({ excludes: '' }),
    CodeBlock.extend({ addAttributes: () => ({}) }),
    BulletList,
    OrderedList.extend({ addAttributes: () => ({ start: { default: 1, parseHTML: startOf } }) }),
    // The core allows any block first in an item; nothing that came from elsewhere may be turned away.
    ListItem.extend({ content: 'block+' }),
    ListKeymap.configure({ listTypes: [{ itemName: 'listItem', wrapperNames: ['bulletList', 'orderedList'] }] }),
    Link.extend({ addAttributes: () => ({ href: { default: null } }) }).configure({
      openOnClick: false,
      HTMLAttributes: { rel: 'noreferrer', target: null },
      isAllowedUri: isAddress,
      shouldAutoLink: isAddress,
    }),
    Table.extend({ addAttributes: () => ({}), addNodeView: null }).configure({ resizable: false, renderWrapper: false }),
    TableRow,
    TableHeader.extend({ addAttributes: spans }),
    TableCell.extend({ addAttributes: spans }),
    Figure.configure({ url: options.url, choose: options.choose }),
    FactNode.configure({ facts: options.facts }),
  ]
}

function spans() {
  const span = (name: 'colspan' | 'rowspan') => ({
    default: 1,
    parseHTML: (element: HTMLElement) => Math.max(1, Number.parseInt(element.getAttribute(name) ?? '1', 10) || 1),
  })
  return { colspan: span('colspan'), rowspan: span('rowspan') }
}

function startOf(element: HTMLElement): number {
  return Math.max(1, Number.parseInt(element.getAttribute('start') ?? '1', 10) || 1)
}
