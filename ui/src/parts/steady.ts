// A box whose words may change without anything around it being laid out or painted again, as long as it stays as high as it is. The
// containment CSS has for this (`contain: size`, CSS Containment 2, section 3.1) asks for a known height, so the height is measured.
// In a report of thirty pages that is most of what a key costs.

/** Keeps `box` so until the answer is called. It has one child, which has the words. */
export function steady(box: HTMLElement): (() => void) | undefined {
  const child = box.firstElementChild
  if (!child || typeof ResizeObserver === 'undefined') return
  // Before a frame is painted it is told of the new height: nobody sees a line that is cut off.
  const observer = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize
    if (height === undefined) return
    box.style.height = `${height}px`
    box.style.contain = 'size layout'
  })
  observer.observe(child)
  return () => observer.disconnect()
}
