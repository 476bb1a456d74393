// Choosing pieces by keyboard and pointer, alike on both sides of the review.
import type { Attachment } from 'svelte/attachments'

export interface Choosing {
  /** The piece that has the keyboard. */
  current: string
  /** All that are chosen. */
  keys: Set<string>
  onselect: (key: string, extend: boolean) => void
  onenter: () => void
  ondrop: () => void
}

type Side = Omit<Choosing, 'keys'> & { id: string; order: string[] }

/** Put on the list of a side; each piece in it bears its key as `data-piece`. */
export function choosing(side: () => Side): Attachment<HTMLElement> {
  return (list) => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const act = KEYS[event.key]
      if (!act) return
      event.preventDefault()
      act(side(), event.shiftKey)
    }
    const point = (event: MouseEvent) => {
      const piece = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-piece]') : null
      if (piece?.dataset['piece']) side().onselect(piece.dataset['piece'], event.shiftKey)
      if (piece && event.type === 'dblclick') side().onenter()
    }
    list.addEventListener('keydown', press)
    list.addEventListener('click', point)
    list.addEventListener('dblclick', point)
    // The same piece on the other side is brought into sight as well.
    $effect(() => {
      const { current } = side()
      list.querySelector(`[data-piece="${CSS.escape(current)}"]`)?.scrollIntoView?.({ block: 'nearest' })
    })
    return () => {
      list.removeEventListener('keydown', press)
      list.removeEventListener('click', point)
      list.removeEventListener('dblclick', point)
    }
  }
}

const KEYS: Record<string, (side: Side, extend: boolean) => void> = {
  ArrowUp: (side, extend) => step(side, -1, extend),
  ArrowDown: (side, extend) => step(side, 1, extend),
  PageUp: (side, extend) => step(side, -10, extend),
  PageDown: (side, extend) => step(side, 10, extend),
  Home: (side, extend) => step(side, -Infinity, extend),
  End: (side, extend) => step(side, Infinity, extend),
  Enter: ({ onenter }) => onenter(),
  Delete: ({ ondrop }) => ondrop(),
  Backspace: ({ ondrop }) => ondrop(),
}

function step({ order, current, onselect }: Side, by: number, extend: boolean) {
  const next = order[Math.max(0, Math.min(order.length - 1, order.indexOf(current) + by))]
  if (next) onselect(next, extend)
}
