// Findings walked, mended and explained by key, grouped by place; and a fact of the report put into its text.
import assert from 'node:assert/strict'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { beginForm, everySize, focused, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

const F8 = '\uE038'

test('a finding is walked to and mended by key', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.fill('DCC Incident Reference Number', 'INC00000731204')
    await session.fill('Date &time incident resolved', '14/10/2025 20:41')
    await session.reads('with 11 digits and with 12')
    await session.reads('is before')
    for (let steps = 0; steps < 8; steps++) {
      await session.chord(F8)
      if ((await current(session)).includes('with 11 digits')) break
    }
    await everySize(session, 'findings-current')
    assert.match(await current(session), /with 11 digits/)
    await session.chord(Key.control, '.')
    await session.until('the repair', async () => !(await session.allText()).includes('with 11 digits'))
  }))

test('a long list is grouped by place, and narrowed to one weight', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^SEC H9/)
    await session.press('Show all that is missing')
    await session.press('Group by place')
    await session.until('the details first', () => session.run('return document.querySelector(".findings h3").innerText.startsWith("Details")'))
    await everySize(session, 'findings-by-place')
    const all = await count(session)
    await session.run('[...document.querySelectorAll(".findings .chip")].at(-1).click()')
    await session.until('fewer', async () => (await count(session)) < all)
  }))

test('a fact is put into the text by key and prints its value', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.enter('Region / Location impacted')
    await session.chord(Key.control, Key.end)
    await session.type(' Restored after ')
    await session.chord(Key.control, Key.shift, 'f')
    await session.reads('Time to restore')
    await everySize(session, 'facts')
    for (let steps = 0; steps < 30 && !(await focused(session)).startsWith('Time to restore'); steps++) await session.chord(Key.down)
    await session.chord(Key.enter)
    await session.until('the fact in the text', () => session.run('return [...document.querySelectorAll(".prose .fact")].some((one) => one.innerText.replace(/\\s/g, " ") === "4 h 49 min")'))
  }))

const count = (session) => session.run('return document.querySelectorAll(".findings .finding").length')
const current = (session) => session.run('return document.querySelector(".finding.current")?.innerText ?? ""')
