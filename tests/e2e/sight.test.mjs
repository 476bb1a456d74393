// The line being written, and whatever else has the keyboard, stays in sight: above the toolbar at the window's lower edge, below what stays
// at the upper one, with the next line after it; at both sizes.
import assert from 'node:assert/strict'
import test from 'node:test'
import { inWindow, SIZES } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { openSample } from './screens.mjs'
import { Key } from './wd.mjs'

/** A line, in pixels: the least that must be seen below the one being written. */
const LINE = 20

test('the line being written and the one below it are never hidden', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    for (const { width, height } of SIZES) {
      await session.resize(width, height)
      await session.until(`a window ${width} wide`, () => session.run('return innerWidth === arguments[0]', width))

      await session.enter('Root Cause, if known')
      await session.chord(Key.control, Key.end)
      for (let line = 0; line < 16; line++) {
        await session.chord(Key.enter)
        await session.type(`Line ${line}`)
        await inSight(session, `line ${line} typed at ${width}`)
      }
      await keepPicture(session, 'sight-typed')
      for (let line = 0; line < 24; line++) {
        await session.chord(Key.up)
        await inSight(session, `${line} lines up at ${width}`)
      }
      await keepPicture(session, 'sight-up')
      await session.run(PASTE, 'A line that was pasted with many others.\\n\\n'.repeat(60))
      await inSight(session, `what was pasted at ${width}`)
      await keepPicture(session, 'sight-pasted')
      await session.chord(Key.control, Key.home)
      await inSight(session, `the beginning again at ${width}`)
      await session.chord(Key.control, 'z')
    }
  }))

test('fields, rows and cells that Tab and the arrows come to are in sight, and so is the line that is typed into the timeline', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    for (const { width, height } of SIZES) {
      await session.resize(width, height)
      await session.until(`a window ${width} wide`, () => session.run('return innerWidth === arguments[0]', width))
      await session.run('document.querySelector(".form input").focus()')
      for (let presses = 0; presses < 70 && (await session.run('return document.activeElement.closest(".form") !== null')); presses++) {
        await inSight(session, `${presses} tabs at ${width}`)
        await session.chord(Key.tab)
      }
      await session.run('document.querySelector(".timeline + .entry input").focus()')
      for (let line = 0; line < 6; line++) {
        await session.type(`2${line}15 one more thing happened`)
        await session.chord(Key.enter)
        await session.reads('one more thing happened')
        await inSight(session, `the entry line after row ${line} at ${width}`)
      }
      await keepPicture(session, 'sight-entry')
      for (let rows = 0; rows < 14; rows++) {
        await session.chord(Key.up)
        await inSight(session, `${rows} rows up at ${width}`)
      }
    }
  }))

const PASTE = `
  const data = new DataTransfer()
  data.setData('text/plain', arguments[0])
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))`

/** Waits until what has the keyboard, or the line of its caret, is covered by nothing, with a line of what follows below it. */
async function inSight(session, what) {
  let seen
  await session.until(`${what} in sight`, async () => (seen = await session.run(SEEN, LINE)).fine, 4000).catch(() => assert.fail(`${what}: ${JSON.stringify(seen)}`))
}

const SEEN = `
  const here = document.activeElement
  const scroller = (() => { let at = here.parentElement; while (at && !/auto|scroll/.test(getComputedStyle(at).overflowY)) at = at.parentElement; return at })()
  if (!scroller || here.closest('.toolbar, .where-am-i')) return { fine: true }
  let box = here.getBoundingClientRect()
  if (here.isContentEditable) {
    const range = document.createRange()
    range.setStart(getSelection().focusNode, getSelection().focusOffset)
    const node = getSelection().focusNode
    box = range.getClientRects()[0] ?? (node.nodeType === 1 ? node : node.parentElement).getBoundingClientRect()
  }
  const frame = scroller.getBoundingClientRect()
  const end = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1
  const [x, top, bottom] = [Math.min(box.left + 3, frame.right - 20), box.top + 2, Math.min(box.bottom - 2, box.top + 40)]
  const over = (y) => document.elementFromPoint(x, y)
  const bar = [over(top), over(bottom)].map((at) => at?.closest('.toolbar, .where-am-i')).find((at) => at && !at.contains(here))
  const tools = scroller.querySelector('.toolbar')?.getBoundingClientRect()
  const lower = tools && here.isContentEditable ? Math.min(frame.bottom, tools.top + 12) : frame.bottom
  const below = here.isContentEditable && tools && tools.bottom < frame.bottom - 2 ? lower - box.bottom + arguments[0] : lower - box.bottom
  const fine = !bar && box.top >= frame.top - 1 && (end || below >= arguments[0])
  return { fine, who: (here.getAttribute('aria-label') ?? here.outerHTML.slice(0, 80)), top: box.top, bottom: box.bottom, frame: [frame.top, frame.bottom], tools: tools?.top, bar: bar?.className, below }`
