// How hard a passphrase is to guess, roughly: enough to warn, never a promise.

export type Strength = 'weak' | 'fair' | 'strong'

/** The shortest passphrase an identity is made with. */
export const LEAST = 8

/** Counts the choices a guesser has to go through: kinds of characters over the length, repeated and neighbouring ones nearly free. */
export function strengthOf(passphrase: string): Strength {
  const bits = telling(passphrase) * Math.log2(alphabet(passphrase) || 1)
  if (bits < 50) return 'weak'
  return bits < 75 ? 'fair' : 'strong'
}

/** How many characters tell anything: those that neither repeat nor follow the one before ("aaaa", "1234"). */
function telling(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i += 1) {
    const step = i === 0 ? NaN : Math.abs(text.charCodeAt(i) - text.charCodeAt(i - 1))
    count += step <= 1 ? 0.25 : 1
  }
  return Math.min(count, new Set(text).size * 2)
}

function alphabet(text: string): number {
  const kinds: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^a-zA-Z\d]/, 20]]
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0)
}
