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

test('a word that begins one comes before a word that only holds it, however early that stands', () => {
  const rank = (label: string, typed: string) => match(label, typed)?.rank ?? Infinity
  expect(rank('Show the due times', 'due')).toBeLessThan(rank('Subdue', 'due'))
  expect(rank('Add a row', 'row')).toBeLessThan(rank('Browse', 'row'))
  expect(rank('Undo', 'undo')).toBeLessThan(rank('Undoing', 'undo'))
})

test('everyday words find an act by its other name, after labels that say it themselves', () => {
  const by = (typed: string, also = ['print', 'take back']) => match('Export a draft PDF', typed, also)
  expect(by('print')).toMatchObject({ tier: 'word', by: ['print'] })
  expect(by('pri')).toMatchObject({ tier: 'word', by: ['print'] })
  expect(by('take back')).toMatchObject({ by: ['take back'] })
  expect(by('print draft')).toMatchObject({ by: ['print'], pieces: expect.arrayContaining([{ text: 'draft', found: true }]) })
  expect(by('rint')).toBeNull()
  expect(match('Print', 'print')?.rank).toBeLessThan(by('print')?.rank ?? 0)
})
