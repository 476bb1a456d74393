// Where the keyboard goes when what had it disappears or can no longer be used: never to the page, where keys do nothing.
// Always true: a part that puts the keyboard somewhere itself wins; who left by a press or by Escape stays where they went; a new screen
// is left to itself. Deliberately absent: knowledge of any part. One that comes and goes (a banner, a question asked in place) says so by
// `data-passing`; the keyboard then goes back to where it was before.

/** What had the keyboard, and what it was called: the same act may come back as another element. */
interface Step {
  element: HTMLElement
  name: string
}

/** Where the lost element stood: what holds the place still, and what stood before it there. */
interface Gap {
  parent: Element
  after: Node | null
}

/** How far back the way of the keyboard is remembered. */
const TRAIL = 8
const CONTROLS = 'a[href], button, input:not([type="hidden"]), select, textarea, [contenteditable="true"], [tabindex]'
const PLACES = '[data-spot], [role="tabpanel"], [role="dialog"], section, article, form, nav, aside, header, footer, main'

/** What letters can be typed into. */
const TYPED = 'input:not([type="checkbox"]):not([type="radio"]), textarea, [contenteditable="true"]'

let trail: Step[] = []
/** Whether words are being typed: then nothing else that takes words may get the keyboard unasked. */
let isTyping = false

/** Puts the keyboard back where it was before `part` took it; else leaves it. */
export function giveBack(part: Element): boolean {
  const before = trail.findLast(({ element }) => !part.contains(element))?.element
  if (!before || !isUsable(before) || (isTyping && before.matches(TYPED))) return false
  before.focus({ preventScroll: true })
  return true
}

/** Watches over the keyboard until the answer is called. `screens` holds the screens, one at a time. */
export function keepFocus(screens: () => Element | null): () => void {
  let gap: Gap | null = null
  let wasLeft = false
  let frame = 0
  /** What could not be used for a while, and what keeps its place meanwhile. */
  let away: { home: HTMLElement; at: HTMLElement } | null = null
  trail = []

  const come = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    if (target !== away?.at) away = null
    trail = [...trail.filter(({ element }) => element !== target), { element: target, name: nameOf(target) }].slice(-TRAIL)
    gap = null
    wasLeft = false
  }
  const press = ({ key, ctrlKey, altKey, metaKey, target }: KeyboardEvent) => {
    isTyping = key.length === 1 && !ctrlKey && !altKey && !metaKey && target instanceof Element && target.matches(TYPED)
  }
  const point = () => (isTyping = false)
  const go = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return
    // What is being removed is told the same: a moment later it is known which it was.
    queueMicrotask(() => (wasLeft ||= isNowhere() && isUsable(target)))
  }
  const watch = new MutationObserver((records) => {
    const last = trail.at(-1)
    const isAway = away !== null && document.activeElement === away.at
    if (!last || wasLeft || !(isAway || isNowhere())) return
    gap = gapOf(records, gap && !gap.parent.isConnected ? gap.parent : last.element) ?? gap
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(look)
  })

  function look() {
    const last = trail.at(-1)
    if (!last || wasLeft) return
    if (away && isUsable(away.home) && (isNowhere() || document.activeElement === away.at)) return away.home.focus({ preventScroll: true })
    if (!isNowhere()) return
    if (isUsable(last.element)) return last.element.focus({ preventScroll: true })
    const passing = last.element.closest('[data-passing]')
    if (passing && giveBack(passing)) return
    const place = gap ?? (last.element.isConnected && last.element.parentElement ? { parent: last.element.parentElement, after: last.element } : null)
    const shown = screens()
    if (!shown || !place?.parent.isConnected) return
    if (place.parent === shown) return void (trail = [])
    const at = heir(place, shown)
    if (!at) return
    const home = last.element.isConnected ? last.element : away?.home
    if (home) away = { home, at }
    at.focus()
  }

  document.addEventListener('focusin', come)
  document.addEventListener('focusout', go)
  document.addEventListener('keydown', press, true)
  document.addEventListener('pointerdown', point, true)
  watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'] })
  return () => {
    document.removeEventListener('focusin', come)
    document.removeEventListener('focusout', go)
    document.removeEventListener('keydown', press, true)
    document.removeEventListener('pointerdown', point, true)
    watch.disconnect()
    cancelAnimationFrame(frame)
  }
}

/** What takes the keyboard: the same act, where it has come back; else what stands next in the nearest place that has anything. */
function heir(gap: Gap, screens: Element): HTMLElement | null {
  const gone = trail.slice(-3).toReversed().filter(({ element, name }) => name !== '' && !isUsable(element))
  for (let place = gap.parent.closest(PLACES); place; place = place.parentElement?.closest(PLACES) ?? null) {
    const all = controls(place)
    for (const { element, name } of gone) {
      const same = all.find((one) => one.tagName === element.tagName && nameOf(one) === name)
      if (same) return same
    }
    const next = all.find((one) => follows(gap, one)) ?? all.at(-1)
    if (next) return next
    if (place instanceof HTMLElement && place.hasAttribute('tabindex')) return place
  }
  const before = trail.findLast(({ element }) => isUsable(element) && !(isTyping && element.matches(TYPED)))
  return before?.element ?? controls(screens.querySelector('main') ?? screens)[0] ?? null
}

function controls(place: Element): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(CONTROLS)].filter((one) => one.tabIndex >= 0 && isUsable(one) && !(isTyping && one.matches(TYPED)))
}

function follows({ parent, after }: Gap, one: Element): boolean {
  const from = after?.isConnected ? after : parent
  const where = from.compareDocumentPosition(one)
  const inside = (where & Node.DOCUMENT_POSITION_CONTAINED_BY) !== 0
  return from === parent ? inside : !inside && (where & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

/** Climbs from the lost element to what is still there. */
function gapOf(records: MutationRecord[], lost: Element): Gap | null {
  let gap: Gap | null = null
  for (let node: Node = lost; !node.isConnected; ) {
    const record = records.findLast(({ removedNodes }) => [...removedNodes].some((removed) => removed.contains(node)))
    if (!record || !(record.target instanceof Element)) return null
    gap = { parent: record.target, after: record.previousSibling }
    node = record.target
  }
  return gap
}

function isNowhere(): boolean {
  const here = document.activeElement
  return here === null || here === document.body || here === document.documentElement || isOff(here)
}

/** Asked at every change of the page, so nothing that would have to be measured. */
function isOff(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled') || element.closest('[inert], [hidden]') !== null
}

function isUsable(element: Element): boolean {
  if (isOff(element)) return false
  return typeof element.checkVisibility !== 'function' || element.checkVisibility({ visibilityProperty: true })
}

function nameOf(element: HTMLElement): string {
  return (element.getAttribute('aria-label') ?? (element.matches('button, a') ? element.textContent : element.id) ?? '').trim()
}
