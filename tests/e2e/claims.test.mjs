// What the text claims and the record contradicts is underlined where it is written; a blank report shows its progress and scolds nobody.
import assert from 'node:assert/strict'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { beginForm, everySize, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

test('a false claim is underlined in the text, and pressing it shows its finding', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.enter('Region / Location impacted')
    await session.chord(Key.control, Key.end)
    await session.type(' The service was down for two and a half hours.')
    await session.until('the claim underlined', async () => (await underlined(session)).includes('two and a half hours'))
    await session.click('.prose .meant')
    await session.until('its finding in the list', async () => /two and a half hours.*4\s?h\s?18\s?min/s.test(await current(session)))
    await everySize(session, 'claim-underlined')
    await session.enter('Region / Location impacted')
    await session.chord(Key.control, Key.end)
    await session.type(`${Key.backspace.repeat('two and a half hours.'.length)}4 h 18 min.`)
    await session.until('nothing underlined', async () => (await underlined(session)).length === 0)
  }))

test('a false claim in a row is underlined in its words', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.enter('New entry')
    await session.type(`05:40 Closed after the service was down for two and a half hours.${Key.enter}`)
    await session.until('the claim underlined in the row', async () => (await meantIn(session, '.timeline [role=row] .words')).includes('two and a half hours'))
    await everySize(session, 'claim-in-row')
  }))

test('a blank report shows what is still to answer, and a field left empty its finding', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^SEC H9/)
    await session.reads('Still to answer')
    await session.reads('0 of 14 required answers given.')
    assert.equal(await count(session, '.findings .finding'), 0)
    assert.equal(await count(session, '.form .finding-inline'), 0)
    assert.doesNotMatch(await session.allText(), /must be answered|Nothing stands in the way/)
    await everySize(session, 'blank-progress')
    await session.enter('Date of Incident')
    await session.chord(Key.tab)
    await session.until('one finding, beside the field that was left', async () => (await count(session, '.form .finding-inline')) === 1)
    assert.equal(await count(session, '.findings .finding'), 1)
    await session.press('Show all that is missing')
    await session.until('all that is missing', async () => (await count(session, '.findings .finding')) > 10)
    assert.equal(await count(session, '.later'), 0)
  }))

const underlined = (session) => session.run('return [...document.querySelectorAll(".prose .meant")].map((one) => one.innerText)')
const meantIn = (session, where) => session.run('return [...document.querySelectorAll(arguments[0] + " .meant")].map((one) => one.innerText)', where)
const current = (session) => session.run('return document.querySelector(".finding.current")?.innerText ?? ""')
const count = (session, what) => session.run('return document.querySelectorAll(arguments[0]).length', what)
