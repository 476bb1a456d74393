// What is wrong with where words stand in the window: printed over each other, cut off by their own box, or in a part that scrolls sideways.
// Deliberately absent: taste. What ends in an ellipsis says so itself, and a menu or a bar that stays at an edge may lie over what scrolls.

/** One sentence for each fault in the window as it stands, whatever is scrolled out of sight included. */
export function faultsOfBoxes(session) {
  return session.run(PROBE)
}

const PROBE = `
  const SLACK = 2
  const faults = new Set()
  const style = (e) => getComputedStyle(e)
  const name = (text) => '“' + text.replace(/\\s+/g, ' ').trim().slice(0, 50) + '”'
  const where = (e) => {
    const spot = e.closest('[data-spot], [data-part], .panel, .bar, nav, main')
    return (spot?.dataset.spot ?? spot?.dataset.part ?? spot?.className ?? '') + ' ' + e.tagName.toLowerCase() + (e.className && typeof e.className === 'string' ? '.' + e.className.split(' ')[0] : '')
  }

  // Words meant for the ear only, and what lies above the rest on purpose, are judged apart or not at all.
  const layers = new Map()
  const layerOf = (e) => {
    if (layers.has(e)) return layers.get(e)
    const { position, clipPath, visibility } = style(e)
    const own = visibility === 'hidden' || (clipPath !== 'none' && clipPath !== '' && !e.matches('.mark')) ? null
      : position === 'fixed' || position === 'sticky' || (position === 'absolute' && style(e).backgroundColor !== 'rgba(0, 0, 0, 0)') ? e
      : e.parentElement ? layerOf(e.parentElement) : document.body
    const above = e.parentElement ? layerOf(e.parentElement) : document.body
    const layer = above === null ? null : own
    layers.set(e, layer)
    return layer
  }

  /** A box as far as those around it let it be seen; how far it is cut sideways by one that does not scroll. */
  const seen = (box, e) => {
    let { left, top, right, bottom } = box
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = style(at)
      if (overflowX === 'visible' && overflowY === 'visible') continue
      const frame = at.getBoundingClientRect()
      const [scrollsX, scrollsY] = [/auto|scroll/.test(overflowX), /auto|scroll/.test(overflowY)]
      if (!scrollsX) [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)]
      if (!scrollsY) [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)]
      if (scrollsX || scrollsY) return { left, top, right, bottom, scroller: at }
    }
    return { left, top, right, bottom, scroller: document.body }
  }

  const pieces = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!/\\S/.test(node.data) || !parent || parent.closest('script, style, option, textarea, .textLayer, .heard') || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    const layer = layerOf(parent)
    if (layer === null) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue
      const { scroller, ...shown } = seen(box, parent)
      if (shown.right - shown.left < SLACK || shown.bottom - shown.top < SLACK) continue
      // The letters themselves, not the leading around them.
      const letters = Math.min(shown.bottom - shown.top, parseFloat(style(parent).fontSize) * 0.9)
      const middle = (shown.top + shown.bottom) / 2
      pieces.push({ left: shown.left, right: shown.right, top: middle - letters / 2, bottom: middle + letters / 2, layer, scroller, node, parent })
    }
  }
  // Text in fields stands in their boxes.
  for (const field of document.querySelectorAll('input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select')) {
    if (!field.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || layerOf(field) === null) continue
    const box = field.getBoundingClientRect()
    const { scroller, ...shown } = seen(box, field.parentElement)
    if (shown.right - shown.left >= SLACK && shown.bottom - shown.top >= SLACK)
      pieces.push({ left: shown.left + 1, right: shown.right - 1, top: shown.top + 5, bottom: shown.bottom - 5, layer: layerOf(field), scroller, node: field, parent: field, words: field.value || field.placeholder || field.getAttribute('aria-label') || field.id })
  }

  pieces.sort((a, b) => a.top - b.top)
  for (let i = 0; i < pieces.length; i++) {
    const one = pieces[i]
    for (let j = i + 1; j < pieces.length && pieces[j].top < one.bottom - SLACK; j++) {
      const other = pieces[j]
      if (one.layer !== other.layer || one.scroller !== other.scroller || one.node === other.node) continue
      if (one.node.nodeType === 1 && other.node.nodeType === 3 && one.node.contains(other.node)) continue
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      if (across > SLACK && down > SLACK) faults.add(where(one.parent) + ': ' + name(one.words ?? one.node.data) + ' lies over ' + name(other.words ?? other.node.data) + ' in ' + where(other.parent))
    }
  }

  for (const e of document.body.querySelectorAll('*')) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.heard, .textLayer, svg') || layerOf(e) === null) continue
    const { overflowX, overflowY, textOverflow, webkitLineClamp, display } = style(e)
    const tolerated = textOverflow === 'ellipsis' || !['none', ''].includes(webkitLineClamp ?? 'none')
    if (/auto|scroll/.test(overflowX + overflowY) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !e.matches('[data-wide], input, textarea'))
      faults.add(where(e) + ': scrolls sideways, ' + e.scrollWidth + ' in ' + e.clientWidth)
    if (display === 'inline' || tolerated) continue
    const isField = e.matches('textarea, input:not([type=checkbox]):not([type=radio]):not([type=file])')
    if (isField) {
      if (e.matches('textarea') && (e.scrollHeight > e.clientHeight + SLACK)) faults.add(where(e) + ': cuts off ' + name(e.value || e.placeholder))
      if (e.matches('input') && e.value === '' && e.placeholder && wide(e) > e.clientWidth + 1) faults.add(where(e) + ': cuts off its example ' + name(e.placeholder) + ', ' + Math.round(wide(e)) + ' in ' + e.clientWidth)
      continue
    }
    const own = [...e.childNodes].some((child) => child.nodeType === 3 && /\\S/.test(child.data))
    const before = getComputedStyle(e, '::before').content
    if ((own || /[a-z]/i.test(before)) && ((overflowX !== 'visible' && !/auto|scroll/.test(overflowX) && e.scrollWidth > e.clientWidth + 1) || (!/auto|scroll/.test(overflowY) && e.scrollHeight > e.clientHeight + SLACK + 4)))
      faults.add(where(e) + ': its words do not fit, ' + e.scrollWidth + ' × ' + e.scrollHeight + ' in ' + e.clientWidth + ' × ' + e.clientHeight + ': ' + name(e.textContent || before))
    // Words that run out of the side of the box that holds them.
    if (own && overflowX === 'visible' && display !== 'contents' && e.scrollWidth > e.clientWidth + SLACK && e.clientWidth > 0)
      faults.add(where(e) + ': words run out of its side, ' + e.scrollWidth + ' in ' + e.clientWidth + ': ' + name(e.textContent))
  }

  function wide(field) {
    const canvas = (window.__ruler ??= document.createElement('canvas').getContext('2d'))
    canvas.font = style(field).font
    return canvas.measureText(field.placeholder).width + parseFloat(style(field).paddingLeft) + parseFloat(style(field).paddingRight)
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.add('the window scrolls sideways')
  return [...faults]
`
