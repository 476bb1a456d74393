// Keeps what is being written, or has the keyboard, in sight: not behind a bar that stays at an edge, and with the next line below it.
// Always true: whoever scrolls by wheel or pointer is not called back until they press a key; nothing moves that is in sight already.
// A bar that stays at an edge of what scrolls says so: `data-edge="top"` or `data-edge="bottom"`.
import { scrollerOf } from './scroller'

/** The height of a line where none can be measured, in pixels. */
const LINE = 24
/** A field of fewer lines is shown whole; of a longer one, the line of its caret. */
const WHOLE = 6

interface Span {
  top: number
  bottom: number
}

/** Watches over the keyboard until the answer is called. */
export function keepInSight(): () => void {
  /** Whether the keyboard led here last; the pointer leads to what it can see. */
  let byKey = true
  let isDown = false
  let isAway = false
  let frame = 0
  let watched: HTMLElement | null = null
  const grown = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(soon)

  function soon() {
    if (isAway || isDown) return
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(look)
  }

  function look() {
    const here = document.activeElement
    if (!(here instanceof HTMLElement) || here === document.body) return
    const scroller = scrollerOf(here)
    if (scroller !== watched) watch(scroller)
    const span = scroller && spanOf(here)
    if (!scroller || !span) return
    const line = Math.min(2 * LINE, Math.max(LINE, span.bottom - span.top + 4))
    const by = distance(span, view(scroller), byKey ? line : 0)
    if (by !== 0) scroller.scrollBy({ top: by, behavior: 'instant' })
  }

  /** What is written or found above it moves it, too. */
  function watch(scroller: HTMLElement | null) {
    watched = scroller
    grown?.disconnect()
    for (const part of scroller ? [scroller, ...scroller.children] : []) grown?.observe(part)
  }

  const key = () => {
    byKey = true
    isAway = false
  }
  const wheel = () => (isAway = true)
  const down = () => {
    byKey = false
    isDown = true
  }
  const up = () => {
    isDown = false
    isAway = false
    soon()
  }
  const all: [keyof DocumentEventMap, () => void][] = [
    ['keydown', key], ['wheel', wheel], ['pointerdown', down], ['pointerup', up], ['pointercancel', up],
    ['focusin', soon], ['input', soon], ['selectionchange', soon], ['keyup', soon],
  ]
  for (const [name, listener] of all) document.addEventListener(name, listener, { capture: true, passive: true })
  return () => {
    for (const [name, listener] of all) document.removeEventListener(name, listener, { capture: true })
    grown?.disconnect()
    cancelAnimationFrame(frame)
  }
}

/** How far to scroll, so that `span` and what is below it lie in `view`; what does not fit shows its beginning. */
export function distance(span: Span, view: Span, below: number): number {
  const down = span.bottom + below - view.bottom
  const up = view.top - span.top
  if (up > 0) return -up
  return down > 0 ? Math.min(down, Math.max(0, -up)) : 0
}

/** What of the scroller no bar covers. */
function view(scroller: HTMLElement): Span {
  const box = scroller.getBoundingClientRect()
  const bars = { top: 0, bottom: 0 }
  for (const bar of scroller.querySelectorAll<HTMLElement>('[data-edge]')) {
    const edge = bar.dataset['edge'] === 'top' ? 'top' : 'bottom'
    bars[edge] = Math.max(bars[edge], bar.getBoundingClientRect().height)
  }
  return { top: box.top + bars.top, bottom: box.bottom - bars.bottom }
}

/** The line of the caret where text is written, else the control itself. */
function spanOf(here: HTMLElement): Span | null {
  if (here.closest('[data-edge]')) return null
  if (here.isContentEditable) return caretIn(here)
  if (here instanceof HTMLTextAreaElement) return caretOf(here)
  const box = here.getBoundingClientRect()
  // A part that only scrolls, or holds much, is no control.
  return box.height > window.innerHeight / 3 ? null : box
}

function caretIn(text: HTMLElement): Span | null {
  const selection = getSelection()
  const node = selection?.focusNode
  if (!selection || !node || !text.contains(node)) return null
  const range = document.createRange()
  range.setStart(node, selection.focusOffset)
  const [line] = range.getClientRects()
  if (line) return line
  // An empty line has no letters to measure.
  const at = node instanceof Element ? (node.childNodes[selection.focusOffset] ?? node) : node.parentElement
  const box = (at instanceof Element ? at : at?.parentElement)?.getBoundingClientRect()
  return box ? { top: box.top, bottom: Math.min(box.bottom, box.top + LINE * 1.5) } : null
}

/** A text field does not say where its caret is: a copy of its words up to there does. */
function caretOf(area: HTMLTextAreaElement): Span {
  const box = area.getBoundingClientRect()
  const style = getComputedStyle(area)
  const line = parseFloat(style.lineHeight) || LINE
  if (box.height < WHOLE * line) return box
  const copy = document.createElement('div')
  for (const name of ['font', 'letterSpacing', 'padding', 'border', 'boxSizing', 'lineHeight', 'textIndent', 'wordSpacing', 'tabSize'] as const) copy.style[name] = style[name]
  Object.assign(copy.style, { position: 'fixed', visibility: 'hidden', left: '-9999px', top: '0', width: `${box.width}px`, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' })
  copy.textContent = area.value.slice(0, area.selectionDirection === 'backward' ? area.selectionStart : area.selectionEnd)
  const mark = copy.appendChild(document.createElement('span'))
  mark.textContent = '\u200b'
  document.body.append(copy)
  const top = box.top + mark.offsetTop - area.scrollTop
  copy.remove()
  return { top, bottom: top + line }
}
