import { expect, test } from 'vitest'
import { strengthOf } from './strength'

test.each([
  ['password', 'weak'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['12345678901234', 'weak'],
  ['Summer2026', 'fair'],
  ['ladder otter', 'fair'],
  ['ladder otter velvet nine', 'strong'],
] as const)('%s is %s', (passphrase, strength) => {
  expect(strengthOf(passphrase)).toBe(strength)
})
