import { expect, test } from 'vitest'
import type { Anchor } from '../host/types/Anchor'
import { anchorOf } from './anchors'

const anchor = (place: Anchor['place'], page: number): Anchor => ({ place, page, top: 0.1, bottom: 0.2 })

test('a place has its own anchor, a row that of the nearest before it', () => {
  const anchors = [
    anchor({ in: 'section', section: 's1', line: null }, 0),
    anchor({ in: 'timeline', index: 0 }, 1),
    anchor({ in: 'timeline', index: 40 }, 2),
  ]
  expect(anchorOf(anchors, { in: 'section', section: 's1', line: 3 })?.page).toBe(0)
  expect(anchorOf(anchors, { in: 'timeline', index: 12 })?.page).toBe(1)
  expect(anchorOf(anchors, { in: 'timeline', index: 41 })?.page).toBe(2)
  expect(anchorOf(anchors, { in: 'timeline', index: null })?.page).toBe(1)
  expect(anchorOf(anchors, { in: 'marking' })).toBeNull()
  expect(anchorOf(anchors, null)).toBeNull()
})
