import { expect, test } from 'vitest'
import type { Choice } from '../../host/types/Choice'
import { chosen, toggled } from './options'

const VOCABULARY: Choice[] = [
  { key: 'p1', group: 'process', label: 'other' },
  { key: 'h1', group: 'human', label: 'other' },
  { key: 'h2', group: 'human', label: 'mistake, made twice' },
]

test('options are put in and out in the order of the form', () => {
  const first = toggled(VOCABULARY, '', VOCABULARY[2]!, true)
  expect(first).toBe('human: mistake, made twice')
  const both = toggled(VOCABULARY, first, VOCABULARY[0]!, true)
  expect(both).toBe('process: other\nhuman: mistake, made twice')
  expect(toggled(VOCABULARY, both, VOCABULARY[2]!, false)).toBe('process: other')
})

test('a line that names no option is kept and said', () => {
  const raw = 'mistake, made twice\nother'
  expect(chosen(VOCABULARY, raw)).toEqual({ keys: ['h2'], strangers: ['other'] })
  expect(toggled(VOCABULARY, raw, VOCABULARY[1]!, true)).toBe('human: other\nhuman: mistake, made twice\nother')
})

test('several options may stand in one line, however they are divided', () => {
  const countries: Choice[] = [{ key: 'AT', label: 'Austria' }, { key: 'BE', label: 'Belgium' }, { key: 'HR', label: 'Croatia' }]
  for (const raw of ['AT, BE, HR', 'at; be; hr', 'AT/BE/HR', 'Austria, Belgium and Croatia', '- Austria\n- Belgium\n- Croatia']) {
    expect(chosen(countries, raw), raw).toEqual({ keys: ['AT', 'BE', 'HR'], strangers: [] })
  }
  expect(chosen(countries, 'Austria, Atlantis')).toEqual({ keys: [], strangers: ['Austria, Atlantis'] })
})
