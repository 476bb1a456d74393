// What differs between the two sides of a finding, so that the eye need not search for it.

export interface Parts {
  before: string
  differs: string
  after: string
}

/** Both texts cut into what they share and what they do not. A side is whole, unmarked, where the two have too little in common. */
export function difference(one: string, other: string): [Parts, Parts] {
  const shorter = Math.min(one.length, other.length)
  const longer = Math.max(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start += 1
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  if (one === other || shorter === 0 || (start + end) * 2 < longer) return [whole(one), whole(other)]
  // A number is read as a whole: 21:36 against 21:52, not 36 against 52. A long one (a reference) is compared figure by figure.
  while (start > 0 && /[\d:]/.test(one[start - 1] ?? '') && wordAround(one, start).length <= 5) start -= 1
  const cut = (text: string): Parts => ({
    before: text.slice(0, start),
    differs: text.slice(start, text.length - end),
    after: text.slice(text.length - end),
  })
  return [cut(one), cut(other)]
}

function whole(text: string): Parts {
  return { before: text, differs: '', after: '' }
}

function wordAround(text: string, at: number): string {
  const left = /\S*$/.exec(text.slice(0, at))?.[0] ?? ''
  const right = /^\S*/.exec(text.slice(at))?.[0] ?? ''
  return left + right
}
