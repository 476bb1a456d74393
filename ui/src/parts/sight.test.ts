import { expect, test } from 'vitest'
import { distance } from './sight'

const view = { top: 100, bottom: 500 }

test('what is in sight with a line below it stays where it is', () => {
  expect(distance({ top: 100, bottom: 124 }, view, 24)).toBe(0)
  expect(distance({ top: 452, bottom: 476 }, view, 24)).toBe(0)
})

test('a line behind the bar at the lower edge comes up with the one below it', () => {
  expect(distance({ top: 490, bottom: 514 }, view, 24)).toBe(38)
})

test('a line behind the bar at the upper edge comes down', () => {
  expect(distance({ top: 80, bottom: 104 }, view, 24)).toBe(-20)
})

test('what is too tall shows its beginning', () => {
  expect(distance({ top: 150, bottom: 900 }, view, 24)).toBe(50)
})
