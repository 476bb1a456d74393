import { expect, test } from 'vitest'
import type { FaultCode } from '../host/types/FaultCode'
import { counted, listed } from './counts'
import { troubleOf } from './faults'
import { fingerprintShort } from './verify'
import { shortMoment } from './when'

const CODES: FaultCode[] = [
  'refused', 'library_away', 'library_shared', 'place_taken', 'goes_on', 'no_such_report', 'no_such_template', 'blocked', 'disk_full', 'no_permission', 'gone', 'unreadable', 'too_large',
  'library_newer', 'library_damaged', 'library_busy', 'wrong_passphrase', 'bad_identity', 'identity_not_valid', 'not_pdf', 'damaged_pdf',
  'encrypted_pdf', 'no_report_inside', 'report_newer', 'not_a_report', 'not_imported', 'attachment_missing', 'no_place_to_sign', 'bad_picture',
  'no_trusted_time', 'page_ended', 'cancelled', 'internal',
]

test.each(CODES)('%s has whole sentences, with its facts and without', (code) => {
  const facts = { path: '/a/b.pdf', reason: 'it is a picture', found: '3', known: '1', limit: '50 MB', name: 'a.png', template: 'x' }
  for (const given of [facts, {}]) {
    const { what, next } = troubleOf({ code, detail: 'detail', facts: given })
    expect(`${what} ${next}`).toMatch(/^(\p{Lu}|\/a\/b).*[.!\w]$/u)
    expect(what + next).not.toMatch(/undefined|\.\.| {2}/)
  }
})

test('moments are as short as they can be', () => {
  const now = new Date('2026-10-15T16:00:00')
  expect(shortMoment('2026-10-15T14:20:00', now)).toBe('14:20')
  expect(shortMoment('2026-10-13T17:12:00', now)).toBe('13 Oct 17:12')
  expect(shortMoment('2025-10-13T17:12:00', now)).toBe('13 Oct 2025')
  expect(shortMoment('', now)).toBe('')
})

test('counts, lists and fingerprints', () => {
  expect([counted(1, 'page'), counted(3, 'page')]).toEqual(['1 page', '3 pages'])
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c'])
  expect(fingerprintShort('b2075de94188cc1307a4f0195c2e709a')).toBe('B2 07 5D E9 41 88 CC 13 … 70 9A')
})
