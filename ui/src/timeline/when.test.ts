import { expect, test } from 'vitest'
// What the core's entry line is held to as well.
import core from '../../../crates/report/tests/times-as-typed.json?raw'
import { dayWords, minuteOf, readDate, readTime, timeWords } from './when'

test('times are read as they are typed and said as they print', () => {
  const cases = [...(JSON.parse(core) as [string, string][]), ['', '']]
  expect(cases.length).toBeGreaterThan(20)
  for (const [typed = '', said] of cases) {
    const time = readTime(typed)
    expect(time && timeWords(time), typed).toBe(said)
  }
  for (const typed of ['25:00', '936', '21:60', 'soon', '13:00 pm', '1-2-3', 'about']) expect(readTime(typed), typed).toBeNull()
})

test('what is said is read back the same', () => {
  for (const typed of ['21:36', 'about 00:15', '23:20–23:50', '21:36:07']) {
    const time = readTime(typed)
    expect(time && timeWords(time)).toBe(typed)
  }
})

test('days are read as people write them, and only real ones', () => {
  for (const typed of ['2026-10-14', '14/10/2026', '14.10.2026', '14 October 2026', '14 oct 2026', '14th October, 2026']) {
    expect(readDate(typed, 'day_month'), typed).toBe('2026-10-14')
  }
  for (const typed of ['2026-02-30', '14/10/26', '31 June 2026', 'today']) expect(readDate(typed, 'day_month'), typed).toBeNull()
  expect([readDate('03/04/2026', 'day_month'), readDate('03/04/2026', 'month_day')]).toEqual(['2026-04-03', '2026-03-04'])
  expect(dayWords('2026-10-14')).toBe('Wednesday 14 October 2026')
})

test('minutes count on over midnight', () => {
  expect(minuteOf('2026-10-15', '01:44:00') - minuteOf('2026-10-14', '21:36:00')).toBe(248)
})
