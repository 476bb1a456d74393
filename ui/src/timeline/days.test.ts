import { expect, test } from 'vitest'
import type { Row } from '../host/types/Row'
import { pieces, withDays } from './days'

const event = (id: string, date: string | null): Row => ({ kind: 'event', id, date, time: { kind: 'none' }, text: id })

test('a heading stands wherever the day changes, also where it is not known', () => {
  const rows: Row[] = [event('a', '2026-10-14'), { kind: 'phase', id: 'p', name: 'Recovery' }, event('b', '2026-10-15'), event('c', null)]
  expect(withDays(rows).map((line) => (line.kind === 'day' ? line.words : line.row.id))).toEqual([
    'Wednesday 14 October 2026', 'a', 'p', 'Thursday 15 October 2026', 'b', 'Day not known', 'c',
  ])
})

test('ten thousand rows are cut so that every row is in one piece', () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => event(`e${n}`, `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`))
  const cut = pieces(withDays(rows), 100)
  expect(cut.flatMap((piece) => piece.lines).filter((line) => line.kind === 'row')).toHaveLength(10_000)
  expect(cut.every((piece) => piece.lines.length <= 100)).toBe(true)
  expect(cut.at(-1)?.rows[1]).toBe(9_999)
})
