import { render, screen } from '@testing-library/svelte'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { ImpactWindow } from '../host/types/ImpactWindow'
import type { Role } from '../host/types/Role'
import type { Row } from '../host/types/Row'
import Chart from './Chart.svelte'
import { flags } from './flags'
import { labelled, picture, sentences } from './picture'
import { near, scale } from './scale'
import { minuteOf } from './when'

test('five to nine ticks at round times, and no bar begins on the edge', () => {
  for (const length of [25, 40, 180, 325, 700, 2000, 4000]) {
    const axis = scale(1296, 1296 + length, 0, 600)
    expect(axis.ticks.length, String(length)).toBeGreaterThanOrEqual(4)
    expect(axis.ticks.length, String(length)).toBeLessThanOrEqual(10)
    expect(axis.ticks.every((at) => at % axis.tick === 0)).toBe(true)
    expect(axis.x(1296)).toBeGreaterThan(0)
    expect(axis.x(1296 + length)).toBeLessThan(600)
  }
})

test('months are drawn with few ticks, a single moment with some', () => {
  expect(scale(0, 1440 * 400, 0, 600).ticks.length).toBeLessThanOrEqual(11)
  expect(scale(600, 600, 0, 600).ticks.length).toBeGreaterThan(0)
})

test('what lies far from the incident is counted, not drawn', () => {
  expect(near([100, 300], [-200, 40, 120, 350, 900, 1000])).toEqual({ span: [40, 350], earlier: 1, later: 2 })
})

test('labels far apart share one row', () => {
  expect(flags([50, 200, 400], [80, 80, 80], 616)?.map(({ tier, left }) => [tier, left])).toEqual([[0, false], [0, false], [0, false]])
})

test('no label covers a stem, and none leaves the chart', () => {
  const [xs, widths] = [[110, 112, 130, 150, 300, 560, 600], new Array<number>(7).fill(96)]
  const placed = flags(xs, widths, 616) ?? []
  expect(placed).toHaveLength(7)
  for (const [i, flag] of placed.entries()) {
    const [from, to] = flag.left ? [flag.x - flag.width, flag.x] : [flag.x, flag.x + flag.width]
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(616)
    for (const [j, other] of placed.entries()) {
      const isCovered = i !== j && other.x > from && other.x < to
      if (isCovered) expect(flag.tier, `label ${i} over stem ${j}`).toBeGreaterThan(other.tier)
    }
  }
})

test('where labels cannot stand there are none', () => {
  expect(flags([50, 52], [96, 96], 100)).toBeNull()
})

const event = (id: string, date: string, at: string, role?: Role): Row => ({
  kind: 'event', id, date, time: { kind: 'at', at: `${at}:00` }, text: id, ...(role ? { milestone: { role } } : {}),
})
const timeline: Row[] = [
  event('install', '2026-10-14', '15:10'),
  event('start', '2026-10-14', '21:36', 'impact_start'),
  { kind: 'event', id: 'restart', date: '2026-10-14', time: { kind: 'range', from: '23:50:00', to: '00:10:00' }, text: '' },
  event('end', '2026-10-15', '01:44', 'restored'),
  event('review', '2026-10-15', '08:30', 'reviewed'),
  { kind: 'event', id: 'undated', date: null, time: { kind: 'at', at: '03:00:00' }, text: '' },
]
const impact: ImpactWindow[] = [
  { id: 'w', service: 'Top-ups', state: 'down', from: { kind: 'event', row: 'start' }, to: { kind: 'event', row: 'end' } },
  { id: 'x', service: 'Readings', state: 'degraded', from: { kind: 'moment', at: '2026-10-14T22:00:00' }, to: null },
  { id: 'y', service: 'Lost', state: 'down', from: { kind: 'event', row: 'undated' }, to: null },
]

test('a picture holds what has a time, and says all of it', () => {
  const drawn = picture({ timeline, impact })
  if (!drawn) return expect.fail('nothing drawn')
  expect({ earlier: drawn.earlier, later: drawn.later, services: drawn.lanes.map(({ service }) => service) }).toEqual({
    earlier: 1, later: 1, services: ['Top-ups', 'Readings'],
  })
  expect(labelled(drawn).map(({ name }) => name)).toEqual(['Impact start', 'Restored'])
  expect(drawn.moments.find(({ to }) => to !== null)?.to).toBe(minuteOf('2026-10-15', '00:10:00'))
  expect(sentences(drawn).replaceAll('\u00a0', ' ')).toBe(
    'Timeline from 21:36 to 01:44. Top-ups: down from 21:36 to 01:44, 4 h 08 min. Readings: degraded since 22:00. ' +
      'Key moments: 21:36 Impact start, 01:44 Restored, 08:30 Reviewed.',
  )
})

test('nothing is drawn of nothing', () => {
  expect(picture({ timeline: [], impact: [] })).toBeNull()
  expect(picture({ timeline: [event('one', '2026-10-14', '21:36')], impact: [] })).toBeNull()
})

test('the chart is one picture with its sentences', async () => {
  const { container } = render(Chart, { report: { timeline, impact } })
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain('Top-ups: down from 21:36')
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map((v) => v.id)).toEqual([])
})
