// The hits of a search in the texts themselves: words on the page by the CSS Custom Highlight API, which changes nothing in an editor, and
// fields, whose words no highlight reaches, as a whole. Always true: what is marked is matched as the core matches (crates/report/src/find).
import type { Hit } from '../host/types/Hit'
import type { Search } from '../host/types/Search'

const ALL = 'find-hit'
const CURRENT = 'find-current'
/** Where words that are no part of the author's text stand: the form's headings and labels, buttons. */
const NO_TEXT = 'button, label, select, .heard, [aria-hidden="true"], :is(h1, h2, h3):not([contenteditable] *)'
/** More marks than this show nothing that one could follow. */
const MOST = 2000

/** Marks every hit under `root`, the current one more strongly; nothing looked for marks nothing. */
export function markHits(root: Element | null, search: Search, current: Hit | undefined): void {
  unmarkHits(root)
  const pattern = patternOf(search)
  if (!root || !pattern) return
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type]), input[type="text"], textarea')) {
    if (spans(field.value, pattern, search.whole).length > 0) field.dataset['found'] = current && holds(field.value, current) ? 'current' : 'one'
  }
  if (!('highlights' in CSS)) return
  const blocks = textsIn(root)
  const found = blocks.flatMap((nodes) => {
    const text = nodes.map(({ data }) => data).join('')
    return spans(text, pattern, search.whole).map(([from, to]) => ({ text, from, range: rangeOf(nodes, from, to) }))
  }).slice(0, MOST)
  const at = current ? found.findIndex(({ text, from }) => isAt(text, from, current)) : -1
  CSS.highlights.set(ALL, new Highlight(...found.filter((_, nth) => nth !== at).map(({ range }) => range)))
  const one = found[at]
  if (one) CSS.highlights.set(CURRENT, new Highlight(one.range))
}

export function unmarkHits(root: Element | null): void {
  for (const field of root?.querySelectorAll<HTMLElement>('[data-found]') ?? []) delete field.dataset['found']
  if (!('highlights' in CSS)) return
  CSS.highlights.delete(ALL)
  CSS.highlights.delete(CURRENT)
}

/** A straight quote finds a curly one, a blank one that does not break, as the core has it. */
export function patternOf({ text, case: sensitive }: Search): RegExp | null {
  if (text.trim() === '') return null
  const one = (character: string) => {
    if (/['’‘]/.test(character)) return '[\'’‘]'
    if (/["“”]/.test(character)) return '["“”]'
    if (/[-‐‑]/.test(character)) return '[-‐‑]'
    return /\s/.test(character) ? '\\s' : character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  }
  return new RegExp([...text].map(one).join(''), sensitive ? 'gu' : 'giu')
}

/** Where the pattern stands in a text, from and to. */
export function spans(text: string, pattern: RegExp, whole: boolean): [number, number][] {
  const letter = /[\p{L}\p{N}]/u
  const found = [...text.matchAll(pattern)].map(({ index, 0: { length } }): [number, number] => [index, index + length])
  const apart = ([from, to]: [number, number]) => !letter.test(text.slice(0, from).at(-1) ?? '') && !letter.test(text.charAt(to))
  return whole ? found.filter(apart) : found
}

const bare = ({ before, after }: Hit) => [before.replace(/^…/, ''), after.replace(/…$/, '')] as const

function isAt(text: string, from: number, hit: Hit): boolean {
  const [before, after] = bare(hit)
  const to = from + hit.found.length
  return text.slice(from, to) === hit.found && text.slice(0, from).endsWith(before) && text.slice(to).startsWith(after)
}

function holds(value: string, hit: Hit): boolean {
  const [before, after] = bare(hit)
  return value.includes(before + hit.found + after)
}

/** The texts of the report on the page, block by block: a hit may go on over a change of style, and never from one paragraph to the next. */
function textsIn(root: Element): Text[][] {
  const blocks = new Map<Element, Text[]>()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    const parent = node.parentElement
    if (!parent || node.data.trim() === '' || parent.closest(NO_TEXT)) continue
    const block = parent.closest('p, h1, h2, h3, h4, pre, figcaption, td, th, li, [role="option"]') ?? parent
    blocks.set(block, [...(blocks.get(block) ?? []), node])
  }
  return [...blocks.values()]
}

function rangeOf(nodes: Text[], from: number, to: number): Range {
  const range = document.createRange()
  let passed = 0
  for (const node of nodes) {
    if (from >= passed && from < passed + node.length) range.setStart(node, from - passed)
    if (to > passed && to <= passed + node.length) range.setEnd(node, to - passed)
    passed += node.length
  }
  return range
}
