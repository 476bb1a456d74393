import { expect, test } from 'vitest'
import { reuse } from './reuse'

test('what is equal stays the same object', () => {
  const before = { title: 'a', rows: [{ id: '1', text: 'x' }, { id: '2', text: 'y' }] }
  expect(reuse(before, structuredClone(before))).toBe(before)
})

test('only the path to a difference is new', () => {
  const before = { fields: { a: { raw: '1' } }, rows: [{ id: '1', text: 'x' }, { id: '2', text: 'y' }] }
  const after = reuse(before, { fields: { a: { raw: '1' } }, rows: [{ id: '1', text: 'x' }, { id: '2', text: 'z' }] })
  expect(after.fields).toBe(before.fields)
  expect(after.rows[0]).toBe(before.rows[0])
  expect(after.rows[1]).toEqual({ id: '2', text: 'z' })
  expect(before.rows[1]).toEqual({ id: '2', text: 'y' })
})

test('rows that moved are known by their ids', () => {
  const before = [{ id: '1' }, { id: '2' }, { id: '3' }]
  const after = reuse(before, [{ id: '3' }, { id: '1' }, { id: '2' }])
  expect(after).toEqual([{ id: '3' }, { id: '1' }, { id: '2' }])
  expect(after.map((row) => before.includes(row))).toEqual([true, true, true])
})

test('a key that went is gone, and null is not nothing', () => {
  expect(reuse<Record<string, unknown>>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
  expect(reuse<Record<string, unknown>>({ a: null }, { a: {} })).toEqual({ a: {} })
})
