import { EditorState, TextSelection } from '@tiptap/pm/state'
import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { schema } from './schema'
import { Typing, type Part } from './typing'

const made = getSchema(schema({ url: () => Promise.resolve(''), choose: () => Promise.resolve(null), facts: () => [] }))

/** A text under somebody's hands, and the steps of undo that come of it. */
class Hands {
  state = EditorState.create({ schema: made })
  /** What stood there when each step began. */
  readonly steps: string[] = []
  readonly #typing = new Typing()
  #alone = false

  type(text: string) {
    for (const letter of text) {
      if (letter === '\n') this.#does((tr) => tr.split(tr.selection.from))
      else if (letter === '⌫') this.#does((tr) => (tr.selection.empty ? tr.delete(tr.selection.from - 1, tr.selection.from) : tr.deleteSelection()))
      else if (letter === '←') this.select(this.state.selection.from - 1)
      else this.#does((tr) => tr.insertText(letter))
    }
    return this
  }

  paste(text: string) {
    this.#does((tr) => tr.insertText(text).setMeta('paste', true))
    return this
  }

  put(text: string) {
    this.#does((tr) => tr.insertText(text))
    return this
  }

  select(from: number, to = from) {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)))
    return this
  }

  bold(from: number, to: number) {
    this.#does((tr) => tr.addMark(from, to, made.marks['bold']!.create()))
    return this
  }

  #does(change: (tr: EditorState['tr']) => EditorState['tr']) {
    const before = this.state
    const tr = change(before.tr)
    this.state = before.apply(tr)
    const part: Part = this.#typing.hear(tr, before.selection, false)
    if (part !== 'on' || this.#alone) this.steps.push(text(before))
    this.#alone = part === 'alone'
  }
}

const text = (state: EditorState) => state.doc.textBetween(0, state.doc.content.size, '\n')

test('a phrase is one step: a new word begins another once enough was written, or a sentence has ended', () => {
  expect(new Hands().type('The gateway was restarted').steps).toEqual(['', 'The gateway was '])
  expect(new Hands().type('Red. Then off').steps).toEqual(['', 'Red. '])
  expect(new Hands().type('off again').steps).toEqual([''])
})

test('a long word is not torn', () => {
  expect(new Hands().type('Überlastungsschutzvorrichtung').steps).toEqual([''])
})

test('a new line, a moved caret and a turn from writing to erasing each begin a step', () => {
  expect(new Hands().type('one\ntwo').steps).toEqual(['', 'one'])
  expect(new Hands().type('ab←c').steps).toEqual(['', 'ab'])
  expect(new Hands().type('abcd⌫⌫⌫x').steps).toEqual(['', 'abcd', 'a'])
})

test('what is pasted, put in at once or marked is a step by itself', () => {
  expect(new Hands().type('a').paste('bcd').type('e').steps).toEqual(['', 'a', 'abcd'])
  expect(new Hands().type('a').put('a whole name').type('b').steps).toEqual(['', 'a', 'aa whole name'])
  expect(new Hands().type('abc').bold(1, 3).type('d').steps).toEqual(['', 'abc', 'abc'])
})

test('typing over a selection is one step with what is typed on, and erasing a selection is one', () => {
  expect(new Hands().type('abcdef').select(2, 6).type('xyz').steps).toEqual(['', 'abcdef'])
  expect(new Hands().type('abcdef').select(2, 6).type('⌫').type('⌫').steps).toEqual(['', 'abcdef', 'af'])
})

test('one letter for another is typing too', () => {
  expect(new Hands().type('abc').select(2, 3).type('xy').steps).toEqual(['', 'abc'])
})
