// Due times in the real window: recorded by keyboard beside the report, taken back, filed; all of the library on one screen; a calendar file.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { beginForm, everySize, focused, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

test('an event recorded by keyboard starts what is due, undo stops it, and what was filed is kept', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'due.ics') }) }, async (session, folder) => {
    await beginForm(session, /^GDPR/)
    await session.find('.field')
    await session.chord(Key.alt, '5')
    await session.reads('Not started')
    await everySize(session, 'clocks-blank')
    await session.click('.clocks .zone .button')
    await session.reads('Times in UTC.')
    await session.enter(await session.run('return document.querySelector(".clocks .event label").innerText'))
    const typed = moment(-70)
    await session.type(typed)
    await session.until('the time left', async () => /left|Late by/.test(await clocks(session)))
    await everySize(session, 'clocks-running')
    await session.chord(Key.control, 'z')
    await session.until('nothing recorded', async () => !/left|Late by/.test(await clocks(session)))
    await session.chord(Key.control, 'y')
    await session.until('the time left again', async () => /left|Late by/.test(await clocks(session)))

    await session.press('Calendar file…')
    await session.reads('written to')
    const calendar = readFileSync(join(folder, 'due.ics'), 'utf8')
    assert.match(calendar, /^BEGIN:VCALENDAR\r\n/)
    assert.match(calendar, /BEGIN:VEVENT/)

    await session.press('Library')
    await session.press('Due times')
    await session.reads('1 open')
    await everySize(session, 'due-library')
    await session.until('the keyboard in the list', () => session.run('return document.activeElement?.matches("tbody tr")'))
    await session.chord(Key.enter)
    await session.reads('What they count from')

    await session.run('document.querySelector(".clocks [aria-label^=\\"Record that it was filed\\"]").focus()')
    await session.chord(Key.enter)
    await session.until('where the moment is typed', async () => (await focused(session)) === 'Submitted on')
    await session.type('when it was ready')
    await session.chord(Key.enter)
    await session.reads('is not a date and time we can read')
    await everySize(session, 'clocks-refused')
    await session.press('Dismiss')
    await session.fill('Submitted on', moment(-1))
    await session.chord(Key.enter)
    await session.reads('Submitted ')
    await everySize(session, 'clocks-filed')

    await session.press('Library')
    await session.press('Due times')
    await session.reads('Nothing is due')
  }))

test('a form whose rules were not verified says so, and a library without due times says that', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.chord(Key.alt, '5')
    await session.reads('This rule was not read in the instrument itself')
    await everySize(session, 'clocks-unverified')
    await session.press('Library')
    await session.chord(Key.control, 'k')
    await session.type('every due')
    await session.chord(Key.enter)
    await session.reads('No report in the library has a form with due times.')
    await everySize(session, 'due-nothing')
  }))

const clocks = (session) => session.run('return document.querySelector(".clocks").innerText')

/** The day and time that many hours from now, as one types it. */
function moment(hours) {
  const at = new Date(Date.now() + hours * 3_600_000).toISOString()
  return `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)} ${at.slice(11, 16)}`
}
