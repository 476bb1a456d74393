import { expect, test } from 'vitest'
import { minutesBetween, momentWords, readMoment } from './moments'

test.each([
  ['14/10/2026 21:36', 'day_month', '2026-10-14T21:36:00'],
  ['10/14/2026 2136', 'month_day', '2026-10-14T21:36:00'],
  ['2026-10-14 21:36:05', 'day_month', '2026-10-14T21:36:05'],
  ['4.9.2024, 6:20', 'day_month', '2024-09-04T06:20:00'],
  ['31/02/2026 10:00', 'day_month', null],
  ['14/10/2026 25:00', 'day_month', null],
  ['14/10/26 21:36', 'day_month', null],
  ['yesterday', 'day_month', null],
] as const)('%s read %s is %s', (text, order, moment) => {
  expect(readMoment(text, order)).toBe(moment)
})

test('a moment is written as it was typed', () => {
  expect(momentWords('2026-10-14T21:36:00', 'day_month')).toBe('14/10/2026 21:36')
  expect(momentWords('2026-10-14T21:36:05', 'month_day')).toBe('10/14/2026 21:36:05')
})

test('the night the clocks go back is an hour longer', () => {
  const [from, to] = ['2026-10-24T23:00:00', '2026-10-25T05:00:00']
  expect(minutesBetween(from, to, 'Europe/London')).toBe(7 * 60)
  expect(minutesBetween(from, to, null)).toBe(6 * 60)
  expect(minutesBetween(from, to, 'Mars/Olympus')).toBe(6 * 60)
})
