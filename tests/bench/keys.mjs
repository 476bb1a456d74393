// How long the real window takes from a key to the frame that shows it, in a text and in a field of a report of thirty pages, beside a page
// that holds the same words in one editable element and does nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inWindow } from '../e2e/app.mjs'
import { Key, openSession } from '../e2e/wd.mjs'
import { sentence, sequence } from './content.mjs'
import { miniBrowser, released, underXvfb } from './window.mjs'

/** The name of the peer among what was measured. */
export const BARE = 'a bare editable page'
/** The name of what was typed first. */
export const FIRST = 'the first keys of a window'
/** A person types some eight letters a second. */
const BETWEEN = 120
/** So many keys the web view takes to compile the code that they run through. They are told of by themselves. */
const COLD = 40

/**
 * Of each of `count` keys, in milliseconds: `busy`, how long the window's thread worked for it (what the key set off, and the frame that
 * shows it, without the wait for that frame, which is up to 17 ms on any page); `free`, from the key until the page can take the next one;
 * `second`, until the second frame after it, where the eye has certainly seen it. `reports`: paths of `report.json`, by name.
 */
export async function keys(count, reports) {
  if (!process.env.DISPLAY) return underXvfb(import.meta.url, 'keys', [count, reports])
  const took = {}
  for (const [name, path] of Object.entries(reports)) {
    await inWindow({ env: () => ({ RAPPORTEUR_TEST_PATH_OPEN: path }) }, async (session) => {
      await session.reads('Look around')
      await session.chord(Key.control, 'o')
      await session.find('main.form .prose')
      await settled(session)
      await session.run(WATCH)
      const text = await typed(session, COLD + count, 'const text = document.querySelectorAll(".prose")[3]; text.scrollIntoView({ block: "center" }); text.focus()')
      took[FIRST] ??= text.slice(0, COLD)
      took[`${name}, in a text`] = text.slice(COLD)
      took[`${name}, in a field`] = await typed(session, count, 'const field = document.querySelector(".field input.mono"); field.scrollIntoView({ block: "center" }); field.focus()')
    })
  }
  took[BARE] = await bare(count)
  return { took, built: released() }
}

async function bare(count) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-bench-'))
  const random = sequence(2026)
  const paragraphs = Array.from({ length: 200 }, () => `<p>${Array.from({ length: 4 }, () => sentence(random)).join(' ')}</p>`)
  const page = join(folder, 'page.html')
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><div contenteditable class="prose">${paragraphs.join('')}</div>`)
  const env = { ...process.env, GDK_BACKEND: 'x11', HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), XDG_DATA_HOME: join(folder, 'data') }
  delete env.WAYLAND_DISPLAY
  const session = await openSession({ binary: miniBrowser(), args: ['--automation'], env, log: join(folder, 'log') })
  try {
    await session.call('POST', '/url', { url: `file://${page}` })
    await session.find('.prose')
    await session.run(WATCH)
    return (await typed(session, COLD + count, 'document.querySelector(".prose").focus()')).slice(COLD)
  } finally {
    await session.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

async function typed(session, count, focus) {
  await session.run(`${focus}; window.taken = []`)
  const random = sequence(7)
  const letters = Array.from({ length: 40 }, () => sentence(random)).join(' ').slice(0, count)
  const pause = { type: 'pause', duration: BETWEEN }
  await session.keys([...letters].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }, pause]))
  await session.until('the frames after the last key', () => session.run('return window.taken.length === arguments[0]', letters.length))
  await settled(session)
  return session.run('return window.taken')
}

/** What the window still does of itself is over. */
function settled(session) {
  return session.until('a window at rest', () => session.runAsync(`
    for (let calm = 0; calm < 5; calm++) {
      const began = performance.now()
      await new Promise((later) => setTimeout(later, 50))
      if (performance.now() - began > 75) return false
    }
    return (document.querySelector('[data-save]')?.dataset.save ?? 'saved') === 'saved'`))
}

const WATCH = `
  addEventListener('keydown', (event) => {
    if (event.key.length !== 1) return
    const at = event.timeStamp
    const came = performance.now()
    const one = { waited: came - at }
    window.key = { one, at }
    requestAnimationFrame(() => {
      const frame = performance.now()
      setTimeout(() => {
        one.free = performance.now() - at
        one.drawn = performance.now() - frame
      })
      requestAnimationFrame(() => setTimeout(() => window.taken.push({ ...one, busy: one.heard + one.drawn, second: performance.now() - at })))
    })
  }, true)
  addEventListener('input', () => {
    const { one, at } = window.key
    // A task behind all that the key set off. Not a message port's: WebKit hands its messages through another process and back.
    setTimeout(() => (one.heard = performance.now() - at))
  }, true)`
