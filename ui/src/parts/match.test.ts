import { expect, test } from 'vitest'
import { match } from './match'

/** The label with what was found in brackets. */
const shown = (label: string, typed: string) =>
  match(label, typed)?.pieces.map(({ text, found }) => (found ? `[${text}]` : text)).join('') ?? 'nothing'

test.each([
  ['Add a timeline entry', 'time', 'Add a [time]line entry'],
  ['Date/ Time Incident reported', 'inc time', 'Date/ [Time] [Inc]ident reported'],
  ['Sometime, in time', 'time', 'Sometime, in [time]'],
  ['Sign and export', 'sae', '[S]ign [a]nd [e]xport'],
  ['Begin a report', 'z', 'nothing'],
  ['Résumé of impact', 'resume', '[Résumé] of impact'],
  ['Timeline', '', 'Timeline'],
])('%s, typed %s', (label, typed, found) => {
  expect(shown(label, typed)).toBe(found)
})

test('what begins with the words comes before what only holds them', () => {
  const rank = (label: string) => match(label, 'time')?.rank ?? Infinity
  expect(rank('Timeline')).toBeLessThan(rank('Add a timeline entry'))
  expect(rank('Add a timeline entry')).toBeLessThan(rank('Sometimes'))
})
