import { Editor } from '@tiptap/core'
import { afterEach, expect, test } from 'vitest'
import { schema } from './schema'
import { placeOf, underline, Underlines, type Underline } from './underlines'

let editor: Editor
afterEach(() => editor.destroy())

function shown(...paragraphs: string[]): Editor {
  const element = document.body.appendChild(document.createElement('div'))
  editor = new Editor({
    element,
    extensions: [...schema({ url: () => Promise.resolve(''), choose: () => Promise.resolve(null), facts: () => [] }), Underlines],
    content: { type: 'doc', content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })) },
  })
  return editor
}

const two: Underline = { key: 'k', level: 'answer', title: 'Too short.', line: 1, text: 'It was down for 2 hours.', from: 12, to: 23 }
const drawn = () => [...editor.view.dom.querySelectorAll('.meant')].map((one) => one.textContent)

test('the words of a finding are underlined in their own line', () => {
  shown('It was down for 2 hours.', 'So it was. It was down for 2 hours.')
  underline(editor.view, [two])
  expect(drawn()).toEqual(['for 2 hours'])
  const mark = editor.view.dom.querySelector<HTMLElement>('.meant')
  expect(mark?.dataset).toMatchObject({ level: 'answer', finding: 'k' })
  expect(mark?.title).toBe('Too short.')
  expect(mark?.closest('p')).toBe(editor.view.dom.children[1])
})

test('an underline goes with its words while others are written before them', () => {
  shown('First.', 'It was down for 2 hours.')
  underline(editor.view, [two])
  editor.commands.insertContentAt(1, 'Said later. ')
  expect(drawn()).toEqual(['for 2 hours'])
})

test('words that stand there no longer lend their underline to no others', () => {
  shown('First.', 'It was down for 4 hours.')
  underline(editor.view, [two])
  expect(drawn()).toEqual([])
  expect(placeOf(editor.state.doc, two)).toBeNull()
})

test('a fact counts as its key in braces, a line break as one letter', () => {
  shown('x')
  editor.commands.setContent({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'fact', attrs: { key: 'restore_time' } }, { type: 'hardBreak' }, { type: 'text', text: 'then 9 hours' }] }],
  })
  const place = placeOf(editor.state.doc, { line: 0, text: '{restore_time}\nthen 9 hours', from: 20, to: 27 })
  expect(place && editor.state.doc.textBetween(place.from, place.to)).toBe('9 hours')
})
