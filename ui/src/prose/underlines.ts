// The words of a text that a finding speaks of, underlined where they stand. Always true: what is underlined is looked for in the words as
// they are now, so a line that was written anew since loses its underline and never lends it to another. Deliberately absent: the words of
// the finding (they stand beside the text).
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

export interface Underline {
  /** The finding's key. */
  key: string
  level: 'block' | 'answer' | 'note'
  /** What is wrong, shown to who rests the pointer on it. */
  title: string
  /** The line of the text, as findings count them. */
  line: number
  /** The sentence, and which words of it are meant. */
  text: string
  from: number
  to: number
}

const KEY = new PluginKey<DecorationSet>('underlines')

/** Draws what `underline` last gave; `press` hears the key of the finding whose words were pressed. */
export const Underlines = Extension.create<{ press: (key: string) => void }>({
  name: 'underlines',
  addOptions: () => ({ press: () => undefined }),
  addProseMirrorPlugins() {
    const { press } = this.options
    return [
      new Plugin({
        key: KEY,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, drawn) => {
            const next = tr.getMeta(KEY) as Underline[] | undefined
            return next ? draw(tr.doc, next) : drawn.map(tr.mapping, tr.doc)
          },
        },
        props: {
          decorations: (state) => KEY.getState(state),
          handleClick: (_, __, { target }) => {
            const key = target instanceof Element ? target.closest<HTMLElement>('[data-finding]')?.dataset['finding'] : undefined
            if (key !== undefined) press(key)
            // The caret still goes where it was put.
            return false
          },
        },
      }),
    ]
  },
})

/** Underlines these words, and nothing else any more. */
export function underline(view: EditorView, all: Underline[]) {
  view.dispatch(view.state.tr.setMeta(KEY, all).setMeta('preventUpdate', true).setMeta('addToHistory', false))
}

/** Where the words of a finding stand now; none where they no longer do. */
export function placeOf(document: Node, { line, text, from, to }: Pick<Underline, 'line' | 'text' | 'from' | 'to'>): { from: number; to: number } | null {
  const found = lineAt(document, line)
  if (!found) return null
  const { words, at } = wordsOf(found.node)
  const start = words.indexOf(text)
  if (start < 0) return null
  const [first, last] = [at[start + from], at[start + to - 1]]
  return first === undefined || last === undefined ? null : { from: found.start + first, to: found.start + last + 1 }
}

function draw(document: Node, all: Underline[]): DecorationSet {
  const drawn = all.flatMap((one) => {
    const place = placeOf(document, one)
    return place ? [Decoration.inline(place.from, place.to, { class: 'meant', 'data-level': one.level, 'data-finding': one.key, title: one.title })] : []
  })
  return DecorationSet.create(document, drawn)
}

function lineAt(document: Node, line: number): { node: Node; start: number } | null {
  let count = 0
  let found: { node: Node; start: number } | null = null
  document.descendants((node, pos) => {
    if (found) return false
    if (!node.isTextblock) return true
    if (count === line) found = { node, start: pos + 1 }
    count += 1
    return false
  })
  return found
}

/** The words of a line as the core reads them, a fact as its key in braces, and where in the node each letter stands. */
function wordsOf(node: Node): { words: string; at: number[] } {
  let words = ''
  const at: number[] = []
  node.forEach((child, offset) => {
    const text = child.isText ? (child.text ?? '') : child.type.name === 'hardBreak' ? '\n' : child.type.name === 'fact' ? `{${String(child.attrs.key)}}` : ''
    for (let index = 0; index < text.length; index += 1) at.push(offset + (child.isText ? index : 0))
    words += text
  })
  return { words, at }
}
