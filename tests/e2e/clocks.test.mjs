// Due times in the real window: recorded by keyboard beside the report, taken back, filed; all of the library on one screen; a calendar file.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { beginForm, everySize, focused, openSample, prepareToSign, sign } from './screens.mjs'
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
    await session.until('the time left', async () => /left|late/.test(await clocks(session)))
    await everySize(session, 'clocks-running')
    await session.chord(Key.control, 'z')
    await session.until('nothing recorded', async () => !/left|late/.test(await clocks(session)))
    await session.chord(Key.control, 'y')
    await session.until('the time left again', async () => /left|late/.test(await clocks(session)))

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
    await session.reads('What they are counted from')

    await session.run('document.querySelector(".clocks [aria-label^=\\"Record that it was filed\\"]").focus()')
    await session.chord(Key.enter)
    await session.until('where the moment is typed', async () => (await focused(session)) === 'Submitted on')
    for (const typed of ['31/02/2026', '25:00', 'when it was ready']) {
      await session.fill('Submitted on', typed)
      await session.chord(Key.enter)
      await session.reads(`“${typed}” is not a day and time. Write it as 31/10/2026 14:05.`)
      assert.equal(await focused(session), 'Submitted on')
      assert.equal(await session.run('return document.activeElement.value'), typed, 'what was typed stays')
    }
    assert.ok(!(await session.run('return document.querySelector(".banner")')), 'it is said beside the field and nowhere else')
    await everySize(session, 'clocks-refused')
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
    await session.reads('This rule has not been checked against the legal text')
    await everySize(session, 'clocks-unverified')
    await session.press('Library')
    await session.chord(Key.control, 'k')
    await session.type('every due')
    await session.chord(Key.enter)
    await session.reads('No report in the library has a form with due times.')
    await everySize(session, 'due-nothing')
  }))

test('an event that cannot be read says so beside its field once the keyboard has left, and names what is missing until then', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^GDPR/)
    await session.find('.field')
    await session.chord(Key.alt, '5')
    await session.click('.clocks .zone .button')
    await session.reads('Starts once “Controller became aware of the breach” is recorded')
    for (const typed of ['31/02/2026 10:00', '03/11/2026 25:00', 'some time on Monday']) {
      await session.enter('Controller became aware of the breach')
      await session.chord(Key.control, 'a')
      await session.type(typed)
      await pause(session)
      assert.ok(!(await clocks(session)).includes('is not a day and time'), 'half a moment is not scolded')
      await session.chord(Key.tab)
      await session.until(`${typed} refused`, async () => (await clocks(session)).includes(`“${typed}” is not a day and time. Write it as 31/10/2026 14:05.`))
      assert.equal(await session.run('return document.querySelector(".clocks .event input").value'), typed)
    }
    await everySize(session, 'clocks-unread')
  }))

test('what is late asks for its reasons, before and after it is filed', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^GDPR/)
    await session.find('.field')
    await session.chord(Key.alt, '5')
    await session.click('.clocks .zone .button')
    const record = async (hours) => {
      await session.enter('Controller became aware of the breach')
      await session.chord(Key.control, 'a')
      await session.type(moment(-hours))
    }
    await record(10)
    await session.until('the time left', async () => /2\sd\s1\d\sh left/.test(await clocks(session)))
    await everySize(session, 'clocks-state-running')
    await record(70)
    await session.until('due soon', async () => (await clocks(session)).includes('Due soon'))
    await everySize(session, 'clocks-state-soon')
    await record(100)
    await session.until('late', async () => (await clocks(session)).includes(' late'))
    await session.reads('The rule asks for the reasons for the delay (Art. 33(1)).')
    await session.press('Write them in the form')
    await session.until('the keyboard at the reasons', () => session.run('return /delay/i.test(document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.innerText ?? "")'))
    await everySize(session, 'clocks-state-late')

    await session.press('Record that it was filed: Notification to the supervisory authority')
    await session.fill('Submitted on', moment(-1))
    await session.chord(Key.enter)
    await session.until('filed late', async () => /Filed, .* late/.test(await clocks(session)))
    await session.chord(Key.alt, '1')
    await session.reads('was filed 27')
    await session.chord(Key.alt, '5')
    await session.fill('Why it was late', 'The log that proves it was found on the fourth day.')
    await everySize(session, 'clocks-state-filed-late')
    await session.chord(Key.alt, '1')
    await session.until('the question answered', async () => !(await session.allText()).includes('was filed 27'))
    await session.chord(Key.control, 'z') // the visit to the field is one step
    await session.until('nothing typed', async () => (await session.run('return arguments[0].value', await session.held('Why it was late'))) === '')
    await session.chord(Key.alt, '1') // undo shows what it changed
    await session.reads('was filed 27')
  }))

test('what a due time depends on is answered by mouse and by key, and can be answered otherwise', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^DORA.*initial/i)
    await session.find('.field')
    await session.chord(Key.alt, '5')
    await session.click('.clocks .zone .button')
    const events = await session.run('return [...document.querySelectorAll(".clocks .event label")].map((one) => one.innerText)')
    const [aware, classified] = [/aware/i, /classif/i].map((name) => events.find((one) => name.test(one)))
    // Good Friday: TARGET is closed then, at the weekend and on the Monday after it.
    for (const [label, at] of [[aware, '02/04/2026 20:00'], [classified, '03/04/2026 10:00']]) {
      await session.enter(label)
      await session.type(at)
    }
    const due = (words) => session.until(words, async () => (await clocks(session)).replace(/\s+/g, ' ').includes(words))
    await due('by 3 April 2026, 14:00')
    const [first, second] = await session.run('return [...document.querySelector(".clocks .due").querySelectorAll("[role=radiogroup]")].map((one) => one.getAttribute("aria-label"))')
    assert.ok(first && second, 'both questions are asked')
    await session.click(`.clocks .due [aria-label="${first}"] input[value=no]`)
    await due('by 3 April 2026, 14:00')
    await session.run('document.querySelector(`.clocks .due [aria-label="${arguments[0]}"] input:checked`).focus()', second)
    await session.chord(Key.left)
    await due('by 7 April 2026, 12:00')
    assert.equal(await session.run('return document.activeElement.value'), 'no', 'the keyboard stays at the question')
    await everySize(session, 'clocks-circumstances')
    await session.chord(Key.left)
    await due('by 3 April 2026, 14:00')
    await session.chord(Key.control, 'z')
    await due('by 7 April 2026, 12:00')
    await session.click(`.clocks .due [aria-label="${first}"] input[value=yes]`)
    await due('by 3 April 2026, 14:00')
  }))

test('what was filed names the file that was signed, and its hash', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'summary.pdf') }) }, async (session, folder) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('read back and verified')
    await session.press('Editor')
    await session.find('main.form')
    await session.chord(Key.alt, '5')
    await session.named('Record that it was filed: Summary report')
    await session.run('document.querySelector(".clocks [aria-label^=\\"Record that it was filed: Summary\\"]").focus()')
    await session.chord(Key.enter)
    await session.reads('The file submitted was summary.pdf')
    await session.type('17/10/2025 09:00')
    await session.chord(Key.enter)
    await session.until('the file and its hash', async () => {
      const said = await clocks(session)
      return said.includes('summary.pdf') && said.includes(createHash('sha256').update(readFileSync(join(folder, 'summary.pdf'))).digest('hex'))
    })
    assert.match(await session.text('.bar .state'), /Signed/, 'what is filed stays signed')
    await everySize(session, 'clocks-state-filed')
  }))

/** Long enough for the core to have answered what was typed. */
const pause = (session) => session.until('the edit saved', () => session.run('return document.querySelector("[data-save]").dataset.save === "saved"'))

const clocks = (session) => session.run('return document.querySelector(".clocks").innerText')

/** The day and time that many hours from now, as one types it. */
function moment(hours) {
  const at = new Date(Date.now() + hours * 3_600_000).toISOString()
  return `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)} ${at.slice(11, 16)}`
}
