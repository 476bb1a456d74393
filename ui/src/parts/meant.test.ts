import { expect, test } from 'vitest'
import { pieces, type Meant } from './meant'

const text = 'Traffic fell. The outage lasted two hours, and two hours more were lost.'
const claim: Meant = { level: 'answer', title: 'It lasted longer.', text: 'The outage lasted two hours, and two hours more were lost.', span: [18, 27] }

test('only the words that are meant are underlined', () => {
  expect(pieces(text, [claim]).filter(({ meant }) => meant)).toEqual([{ words: 'two hours', meant: { level: 'answer', title: 'It lasted longer.' } }])
})

test('put together, the pieces are the text', () => {
  const overlapping: Meant = { ...claim, span: [14, 22] }
  const atTheEnd: Meant = { ...claim, text: 'were lost.', span: [0, 10] }
  for (const all of [[], [claim], [claim, overlapping], [atTheEnd, claim, claim]]) {
    expect(pieces(text, all).map(({ words }) => words).join('')).toBe(text)
  }
})

test('a sentence that was written anew lends its underline to no other', () => {
  expect(pieces('The outage lasted two hours.', [claim])).toEqual([{ words: 'The outage lasted two hours.' }])
})
