// Whether what was typed is found in a label, how well, and which letters are it.
// Always true: every word typed stands in the label, in any order; letters with gaps between them count only when nothing else does.

export interface Match {
  /** Lower is better. */
  rank: number
  /** The label in pieces; those found are marked. */
  pieces: Piece[]
}

export interface Piece {
  text: string
  found: boolean
}

type Span = [from: number, to: number]

export function match(label: string, typed: string): Match | null {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return { rank: 0, pieces: [{ text: label, found: false }] }
  const text = fold(label)
  const spans = words.map((word) => within(text, word))
  if (spans.every((span) => span !== null)) {
    const rank = spans.reduce((sum, [from]) => sum + (from === 0 ? 0 : isWordStart(text, from) ? 1 : 2), 0)
    return { rank, pieces: cut(label, spans) }
  }
  const letters = scattered(text, words.join(''))
  return letters && { rank: 10 + letters.length, pieces: cut(label, letters) }
}

/** Without capitals and accents, letter for letter, so that a place in one is the same place in the other. */
function fold(text: string): string {
  return Array.from(text.toLowerCase(), (c) => c.normalize('NFD')[0] ?? c).join('')
}

/** The best place of a word: at the start of the text, of a word, or anywhere. */
function within(text: string, word: string): Span | null {
  let best: number | null = null
  for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + 1)) {
    if (isWordStart(text, from)) return [from, from + word.length]
    best ??= from
  }
  return best === null ? null : [best, best + word.length]
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
