import { Editor } from '@tiptap/core'
import { afterEach, expect, test } from 'vitest'
import fixture from '../../../crates/report/tests/every-node.json?raw'
import type { RichText } from '../host/types/RichText'
import { startOfLine } from './lines'
import { shown, written } from './normalise'
import { schema } from './schema'

/** The same file the core's own schema is tested with. */
const everyNode = JSON.parse(fixture) as RichText

/** An editor looks at the document again a moment after a change: each is closed before the document goes. */
const open: Editor[] = []

afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy()
})

function holding(text: RichText, isStrict = true): Editor {
  const extensions = schema({ facts: () => [], url: () => Promise.reject(new Error('none')), choose: () => Promise.resolve(null) })
  const editor = new Editor({ extensions, content: shown(text), enableContentCheck: isStrict, onContentError: ({ error }) => expect.fail(error.message) })
  open.push(editor)
  return editor
}

const through = (text: RichText) => written(holding(text).getJSON())

test('every node and mark comes out of the editor as it went in', () => {
  expect(through(everyNode)).toEqual(everyNode)
})

test('the document of every node is valid in the schema', () => {
  expect(() => holding(everyNode).state.doc.check()).not.toThrow()
})

test('a text without words is an empty list', () => {
  expect(through([])).toEqual([])
  expect(through([{ type: 'paragraph' }])).toEqual([])
})

test('what the core allows and nobody sees does not break the editor', () => {
  const odd: RichText = [
    { type: 'bulletList', content: [] },
    { type: 'bulletList', content: [{ type: 'listItem', content: [] }] },
    { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'codeBlock', content: [{ type: 'hardBreak' }] }] }] },
    { type: 'blockquote', content: [] },
    { type: 'table', content: [] },
    { type: 'paragraph', content: [{ type: 'text', text: '' }, { type: 'text', text: 'x', marks: [{ type: 'bold' }, { type: 'code' }] }] },
    { type: 'heading', attrs: { level: 6 }, content: [{ type: 'text', text: 'deep' }] },
  ]
  const out = through(odd)
  expect(out.map((block) => block.type)).toEqual(['bulletList', 'bulletList', 'blockquote', 'paragraph', 'heading'])
  expect(out[3]).toEqual({ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'bold' }, { type: 'code' }] }] })
})

test('only attributes that the core knows are written', () => {
  const editor = holding([], false)
  editor.commands.setContent(
    '<h1 id="a" style="text-align:center">T</h1><ol type="a" start="4"><li>x</li></ol>' +
      '<p><a href="https://x.example" class="c" title="t" target="_blank">l</a> <a href="javascript:alert(1)">no</a></p>' +
      '<table><tr><td colspan="2" style="width:20px" align="right">c</td></tr></table><pre><code class="language-js">x</code></pre>',
  )
  expect(JSON.stringify(written(editor.getJSON()))).not.toMatch(/type":"a"|class|title|target|javascript|align|colwidth|language/)
  expect(written(editor.getJSON())).toContainEqual({
    type: 'table',
    content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: { colspan: 2, rowspan: 1 }, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'c' }] }] }] }],
  })
})

test('lines are counted as findings count them', () => {
  const { doc } = holding(everyNode).state
  const line = (n: number) => {
    const at = startOfLine(doc, n)
    return at === null ? null : doc.resolve(at).parent.textContent
  }
  expect([2, 3, 4, 6, 9, 10, 12].map(line)).toEqual(['A heading inside', 'first', 'nested', 'quoted', 'tall cell', '', 'A caption'])
  expect(line(13)).toBeNull()
})
