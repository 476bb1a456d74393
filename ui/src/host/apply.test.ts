import { expect, test } from 'vitest'
import { apply, changed } from './apply'
import { SAMPLES } from './memory/samples'

const report = SAMPLES[0]!

test('an answer changes only its field, and the report given stays as it was', () => {
  const after = apply(report, { edit: 'answer', key: 'problem_reference', answer: { raw: 'PBI1' } })
  expect(after.fields.problem_reference).toEqual({ raw: 'PBI1' })
  expect(report.fields.problem_reference?.raw).not.toBe('PBI1')
  expect(after.sections).toBe(report.sections)
})

test('an answer taken away is gone from the map', () => {
  expect(apply(report, { edit: 'answer', key: 'within_sla', answer: null }).fields).not.toHaveProperty('within_sla')
})

test('an annex follows the form again when its switch is taken away', () => {
  const off = apply(report, { edit: 'annex', annex: 'timeline', on: false })
  expect(off.annexes).toEqual({ timeline: false })
  expect(apply(off, { edit: 'annex', annex: 'timeline', on: null }).annexes).toEqual({})
})

test('several edits together are one', () => {
  const after = apply(report, { edit: 'together', edits: [{ edit: 'title', title: 'A' }, { edit: 'version', version: '2' }] })
  expect([after.title, after.version]).toEqual(['A', '2'])
})

test('lists take an item in, exchange it, drop it and move it', () => {
  const letters = ['a', 'b', 'c']
  expect(changed(letters, { change: 'insert', at: 1, item: 'x' })).toEqual(['a', 'x', 'b', 'c'])
  expect(changed(letters, { change: 'replace', at: 2, item: 'x' })).toEqual(['a', 'b', 'x'])
  expect(changed(letters, { change: 'remove', at: 0 })).toEqual(['b', 'c'])
  expect(changed(letters, { change: 'move', from: 0, to: 2 })).toEqual(['b', 'c', 'a'])
  expect(letters).toEqual(['a', 'b', 'c'])
})
