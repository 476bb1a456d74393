import { expect, test } from 'vitest'
import type { Hit } from '../host/types/Hit'
import { markHits, patternOf, spans, unmarkHits } from './marks'

const search = (text: string, whole = false, sensitive = false) => ({ text, whole, case: sensitive })
const where = (text: string, looked: string, whole = false, sensitive = false) => spans(text, patternOf(search(looked, whole, sensitive))!, whole)

/** A stand-in for what the web view has: the highlights by name. */
function highlights(): Map<string, { ranges: Range[] }> {
  const set = new Map<string, { ranges: Range[] }>()
  Object.assign(globalThis, { CSS: { highlights: set }, Highlight: class { ranges: Range[]; constructor(...ranges: Range[]) { this.ranges = ranges } } })
  return set
}

test('words are found as the core finds them', () => {
  expect(where('The pump’s hall', "pump's")).toEqual([[4, 10]])
  expect(where('4\u00a0h down', '4 h')).toEqual([[0, 3]])
  expect(where('Zebra zebras', 'zebra')).toEqual([[0, 5], [6, 11]])
  expect(where('Zebra zebras', 'zebra', true)).toEqual([[0, 5]])
  expect(where('Zebra zebras', 'zebra', false, true)).toEqual([[6, 11]])
  expect(where('a.c abc', 'a.c')).toEqual([[0, 3]])
  expect(patternOf(search('  '))).toBeNull()
})

test('every hit is marked in the text, the current one apart, and nothing once the search is over', () => {
  const set = highlights()
  document.body.innerHTML = '<main><label>pump <input value="no pump here"></label><p>The pu<b>mp</b> stood.</p><p>A pump ran.</p><button>pump</button></main>'
  const root = document.querySelector('main')!
  const hit: Hit = { place: { in: 'report' }, row: null, words: '', nth: 1, before: 'A ', found: 'pump', after: ' ran.', fixed: false }
  markHits(root, search('pump'), hit)
  expect(set.get('find-hit')?.ranges.map(String)).toEqual(['pump'])
  expect(set.get('find-current')?.ranges.map((range) => range.startContainer.textContent)).toEqual(['A pump ran.'])
  expect(root.querySelector('input')?.dataset['found']).toBe('one')
  unmarkHits(root)
  expect([set.size, root.querySelectorAll('[data-found]').length]).toEqual([0, 0])
})
