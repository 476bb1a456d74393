// Keeps what the author looks at where it is while something above it changes its height.
import { flushSync } from 'svelte'
import { scrollerOf } from '../parts/scroller'

/** Makes a change and moves the scroller by what `element` was shifted, so that it does not jump from under the pointer. */
export function withoutJump(element: HTMLElement | null, change: () => void) {
  const before = element?.getBoundingClientRect().top ?? 0
  flushSync(change)
  if (!element?.isConnected) return
  const shift = element.getBoundingClientRect().top - before
  if (shift !== 0) scrollerOf(element)?.scrollBy(0, shift)
}
