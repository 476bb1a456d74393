// The part of the window that scrolls around an element.

/** The nearest element around `element` that scrolls up and down. */
export function scrollerOf(element: HTMLElement): HTMLElement | null {
  let at = element.parentElement
  while (at && !/auto|scroll/.test(getComputedStyle(at).overflowY)) at = at.parentElement
  return at
}
