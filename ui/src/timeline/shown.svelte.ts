// Which pieces of a long list stand in the window: those near the part that is seen. The others are empty boxes of the height they had.
// Always true: the piece that holds the row with the keyboard is there, so that it can be reached and read.
/* eslint-disable svelte/prefer-svelte-reactivity -- the set is exchanged whole; heights and boxes are asked, never followed */
import { scrollerOf } from '../parts/scroller'
import { withoutJump } from '../prose/still'
import type { Piece } from './days'

/** The height of a line that was never drawn. */
const LINE = 32
/** Lists of so few pieces are drawn whole. */
const FEW = 3
/** How far beyond the window pieces are drawn, so that scrolling meets no empty box. */
const MARGIN = 1500

export class Shown {
  #pieces: () => Piece[]
  #near = $state.raw<ReadonlySet<number>>(new Set([0]))
  #heights = new Map<number, number>()
  #numbers = new Map<Element, number>()
  #observer: IntersectionObserver | null = null

  constructor(pieces: () => Piece[]) {
    this.#pieces = pieces
  }

  /** Whether piece `n` is drawn, with the keyboard on row `row`. */
  has(n: number, row: number): boolean {
    const all = this.#pieces()
    const piece = all[n]
    if (all.length <= FEW || typeof IntersectionObserver === 'undefined' || this.#near.has(n)) return true
    return piece !== undefined && piece.rows[0] <= row && row <= piece.rows[1]
  }

  /** The height of piece `n` while it is not drawn. */
  height(n: number): number {
    return this.#heights.get(n) ?? (this.#pieces()[n]?.lines.length ?? 0) * LINE
  }

  /** Attached to the box of piece `n`: follows whether it is near. */
  watch(n: number) {
    return (box: Element) => {
      if (typeof IntersectionObserver === 'undefined') return
      this.#observer ??= new IntersectionObserver((entries) => this.#follow(entries), {
        root: scrollerOf(box as HTMLElement),
        rootMargin: `${MARGIN}px 0px`,
      })
      this.#numbers.set(box, n)
      this.#observer.observe(box)
      return () => {
        this.#observer?.unobserve(box)
        this.#numbers.delete(box)
        if (this.#numbers.size > 0) return
        this.#observer?.disconnect()
        this.#observer = null
      }
    }
  }

  #follow(entries: IntersectionObserverEntry[]) {
    const near = new Set(this.#near)
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const n = this.#numbers.get(target)
      if (n === undefined) continue
      if (isIntersecting) near.add(n)
      else if (near.delete(n)) this.#heights.set(n, boundingClientRect.height)
    }
    withoutJump(this.#atTop(), () => (this.#near = near))
  }

  /** The drawn box that reaches over the top of what is seen: what stands in it must not move. */
  #atTop(): HTMLElement | null {
    const top = this.#observer?.root instanceof Element ? this.#observer.root.getBoundingClientRect().top : 0
    for (const [box, n] of this.#numbers) {
      const { top: from, bottom } = box.getBoundingClientRect()
      if (from <= top && bottom > top && this.#near.has(n)) return box as HTMLElement
    }
    return null
  }
}
