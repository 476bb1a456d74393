import { expect, test } from 'vitest'
import type { Anchor } from '../host/types/Anchor'
import { SAMPLES } from '../host/memory/samples'
import { anchorOf } from './anchors'

const report = SAMPLES[0]!

const anchor = (place: Anchor['place'], page: number): Anchor => ({ place, page, top: 0.1, bottom: 0.2 })

test('a place has its own anchor, a row that of the nearest before it', () => {
  const anchors = [
    anchor({ in: 'section', section: 's1', line: null }, 0),
    anchor({ in: 'timeline', index: 0 }, 1),
    anchor({ in: 'timeline', index: 40 }, 2),
  ]
  expect(anchorOf(anchors, { in: 'section', section: 's1', line: 3 }, report)?.page).toBe(0)
  expect(anchorOf(anchors, { in: 'timeline', index: 12 }, report)?.page).toBe(1)
  expect(anchorOf(anchors, { in: 'timeline', index: 41 }, report)?.page).toBe(2)
  expect(anchorOf(anchors, { in: 'timeline', index: null }, report)?.page).toBe(1)
  expect(anchorOf(anchors, { in: 'marking' }, report)).toBeNull()
  expect(anchorOf(anchors, null, report)).toBeNull()
})

test('a table without an anchor is shown under its heading', () => {
  const section = report.sections.find(({ key }) => key === 'linked_incidents')!.id
  expect(anchorOf([anchor({ in: 'section', section, line: null }, 1)], { in: 'linked' }, report)?.page).toBe(1)
  expect(anchorOf([anchor({ in: 'section', section, line: null }, 1)], { in: 'evidence' }, report)).toBeNull()
})
