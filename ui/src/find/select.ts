// Selects the words of a hit where the keyboard was put: in a field, in another cell of its row, or in a text.
import { tick } from 'svelte'
import type { Hit } from '../host/types/Hit'

export async function selectWords(hit: Hit): Promise<void> {
  await tick()
  const here = document.activeElement
  if (!(here instanceof HTMLElement)) return
  if (here.isContentEditable) return selectInText(here, hit)
  const row = here.closest('tr, [role="row"], li') ?? here
  const fields = [here, ...row.querySelectorAll('input, textarea')]
  for (const field of fields) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue
    const span = spanIn(field.value, hit)
    if (!span) continue
    field.focus({ preventScroll: field === here })
    field.setSelectionRange(span[0], span[1])
    return
  }
}

function selectInText(text: HTMLElement, hit: Hit) {
  const nodes: Text[] = []
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) nodes.push(walker.currentNode as Text)
  const block = blockOf(text, hit, nodes)
  const span = spanIn(block.map(({ data }) => data).join(''), hit)
  const [from, to] = span ? [placeIn(block, span[0], false), placeIn(block, span[1], true)] : []
  if (!from || !to) return
  const range = document.createRange()
  range.setStart(...from)
  range.setEnd(...to)
  const selection = window.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}

/** The words of the block that has the caret; of the whole text where that does not have the hit. */
function blockOf(text: HTMLElement, hit: Hit, nodes: Text[]): Text[] {
  const caret = window.getSelection()?.anchorNode
  const block = (caret instanceof Element ? caret : caret?.parentElement)?.closest('p, h3, h4, pre, figcaption, td, th, li')
  const own = block && text.contains(block) ? nodes.filter((node) => block.contains(node)) : []
  return spanIn(own.map(({ data }) => data).join(''), hit) ? own : nodes
}

function spanIn(text: string, { before, found, after }: Hit): [number, number] | null {
  const led = before.replace(/^…/, '')
  const followed = after.replace(/…$/, '')
  for (const around of [led + found + followed, led + found]) {
    const at = text.indexOf(around)
    if (at >= 0) return [at + led.length, at + led.length + found.length]
  }
  return null
}

function placeIn(nodes: Text[], at: number, isEnd: boolean): [Text, number] | undefined {
  let rest = at
  for (const node of nodes) {
    if (rest < node.length || (isEnd && rest === node.length)) return [node, rest]
    rest -= node.length
  }
  return undefined
}
