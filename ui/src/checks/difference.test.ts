import { expect, test } from 'vitest'
import { difference } from './difference'

const shown = (one: string, other: string) =>
  difference(one, other).map(({ before, differs, after }) => (differs ? `${before}[${differs}]${after}` : before + after))

test.each([
  ['INC000000731204', 'INC00000731204', 'INC00000[0]731204', 'INC00000731204'],
  ['14/10/2026 21:36', '14/10/2026 21:52', '14/10/2026 [21:36]', '14/10/2026 [21:52]'],
  ['just under four hours', '4 h 08 min', 'just under four hours', '4 h 08 min'],
  ['', 'Root Cause, if known', '', 'Root Cause, if known'],
  ['same', 'same', 'same', 'same'],
])('%s against %s', (one, other, left, right) => {
  expect(shown(one, other)).toEqual([left, right])
})
