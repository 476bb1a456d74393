// Whether what was typed is found in a label or in the everyday words for it, how well, and which letters of the label are it.
// Always true: every word typed stands in the label or among those words, in any order; where a word begins counts for more than where it
// goes on, and letters with gaps between them count only when nothing else does.

export interface Match {
  /** Lower is better. */
  rank: number
  /** How it was found: by the label's own words, by another word for it, or only in the middle of words. */
  tier: Tier
  /** The label in pieces; those found are marked. */
  pieces: Piece[]
  /** The other words for it that it was found by. */
  by: string[]
}

export interface Piece {
  text: string
  found: boolean
}

/** From the best to the worst. */
export const TIERS = ['label', 'word', 'inside'] as const
export type Tier = (typeof TIERS)[number]

type Span = [from: number, to: number]

/** How one typed word was found. */
interface Hit {
  rank: number
  tier: Tier
  /** Where in the label. */
  span?: Span
  /** By which other word. */
  by?: string
}

/** `also` are other words under which the label is looked for, the likeliest first: "print" for "Export a draft PDF". */
export function match(label: string, typed: string, also: readonly string[] = []): Match | null {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return { rank: 0, tier: 'label', pieces: [{ text: label, found: false }], by: [] }
  const text = fold(label)
  const whole = also.findIndex((other) => fold(other) === words.join(' '))
  const inLabel = words.map((word) => within(text, word))
  if (whole >= 0 && !inLabel.every((hit) => hit?.tier === 'label')) {
    return found(label, [{ rank: RANKS.meant + whole / 100, tier: 'word', by: also[whole] ?? '' }])
  }
  const hits = words.map((word, at) => best(inLabel[at], among(also, word)))
  if (hits.every((hit) => hit !== null)) return found(label, hits)
  const letters = scattered(text, words.join(''))
  return letters && { rank: RANKS.scattered + letters.length, tier: 'inside', pieces: cut(label, letters), by: [] }
}

/** A whole word at the start of the label is best; what only holds the letters is worst. */
const RANKS = { starts: 0, begins: 1, wholeLater: 2, meant: 2.2, later: 3, otherWhole: 4, other: 5, inside: 20, scattered: 40 }

function found(label: string, hits: Hit[]): Match {
  return {
    rank: hits.reduce((sum, { rank }) => sum + rank, 0),
    tier: TIERS.findLast((tier) => hits.some((hit) => hit.tier === tier)) ?? 'label',
    pieces: cut(label, hits.flatMap(({ span }) => (span ? [span] : []))),
    by: [...new Set(hits.flatMap(({ by }) => by ?? []))],
  }
}

function best(a: Hit | null | undefined, b: Hit | null): Hit | null {
  if (!a || !b) return a ?? b
  return b.rank < a.rank ? b : a
}

/** The best place of a word in the label: at its start, at the start of a word, or anywhere. */
function within(text: string, word: string): Hit | null {
  let inside: Hit | null = null
  let later: Hit | null = null
  for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + 1)) {
    const span: Span = [from, from + word.length]
    const whole = isWordEnd(text, span[1])
    if (from === 0) return { rank: whole ? RANKS.starts : RANKS.begins, tier: 'label', span }
    if (isWordStart(text, from)) {
      if (whole) return { rank: RANKS.wholeLater, tier: 'label', span }
      later ??= { rank: RANKS.later, tier: 'label', span }
    } else inside ??= { rank: RANKS.inside, tier: 'inside', span }
  }
  return later ?? inside
}

/** The word at the start of one of the other words; inside them it would only surprise. */
function among(also: readonly string[], word: string): Hit | null {
  let other: Hit | null = null
  for (const by of also) {
    for (const part of fold(by).split(' ')) {
      if (part === word) return { rank: RANKS.otherWhole, tier: 'word', by }
      if (part.startsWith(word)) other ??= { rank: RANKS.other, tier: 'word', by }
    }
  }
  return other
}

/** Without capitals and accents, letter for letter, so that a place in one is the same place in the other. */
function fold(text: string): string {
  return Array.from(text.toLowerCase(), (c) => c.normalize('NFD')[0] ?? c).join('')
}

/** Letters in order with gaps, each run beginning a word: "ns" finds "New section". */
function scattered(text: string, letters: string): Span[] | null {
  const spans: Span[] = []
  let at = 0
  for (const letter of letters) {
    const last = spans.at(-1)
    if (last && text[last[1]] === letter) {
      last[1] += 1
      at = last[1]
      continue
    }
    let from = text.indexOf(letter, at)
    while (from !== -1 && !isWordStart(text, from)) from = text.indexOf(letter, from + 1)
    if (from === -1) return null
    spans.push([from, from + 1])
    at = from + 1
  }
  return spans
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}

function isWordEnd(text: string, at: number): boolean {
  return at >= text.length || !/[\p{L}\p{N}]/u.test(text[at] ?? '')
}

function cut(label: string, spans: Span[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    if (to <= at) continue
    if (from > at) pieces.push({ text: label.slice(at, from), found: false })
    pieces.push({ text: label.slice(Math.max(at, from), to), found: true })
    at = to
  }
  if (at < label.length) pieces.push({ text: label.slice(at), found: false })
  return pieces
}
