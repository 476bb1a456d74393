// The words of a plain text that findings speak of. Always true: they are looked for in the text as it is now, and the pieces put together are
// the text, letter by letter.

export interface Meant {
  level: 'block' | 'answer' | 'note'
  /** What is wrong, shown to who rests the pointer on it. */
  title: string
  /** The sentence as the finding knows it, and which words of it are meant: from and to, in UTF-16 units. */
  text: string
  span: [number, number]
}

export interface Piece {
  words: string
  meant?: Pick<Meant, 'level' | 'title'>
}

/** The text cut where underlines begin and end; of two that overlap the first keeps its words. */
export function pieces(text: string, all: Meant[]): Piece[] {
  const found = all
    .map(({ level, title, text: sentence, span }) => ({ level, title, start: text.indexOf(sentence), span }))
    .filter(({ start }) => start >= 0)
    .map(({ level, title, start, span: [from, to] }) => ({ meant: { level, title }, from: start + from, to: start + to }))
    .toSorted((a, b) => a.from - b.from)
  const cut: Piece[] = []
  let at = 0
  for (const { meant, from, to } of found) {
    if (from < at || to <= from) continue
    if (from > at) cut.push({ words: text.slice(at, from) })
    cut.push({ words: text.slice(from, to), meant })
    at = to
  }
  if (at < text.length) cut.push({ words: text.slice(at) })
  return cut
}
