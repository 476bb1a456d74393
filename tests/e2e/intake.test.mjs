// A text from elsewhere in the real window: pasted, looked at, put right, kept, and what had no place given one.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { doors, everySize, focused } from './screens.mjs'
import { Key } from './wd.mjs'

const NOTES = `Written down by the night desk, for whoever takes over

DCC Major Incident Summary Report

Date of Incident: 03/11/2026
DCC Incident Reference Number: INC000000812345

Nature of the Major Incident / Short Description
At 08:40 the reading service of the South Region stopped taking new readings.

Region / Location impacted
South Region only.

Resolving actions taken
08:40 - (Automated) disk full on the reading service
08:52 first supplier telephones
Between 09:10 and 09:55 the disk was enlarged
10:05 readings flow again

Root Cause, if known
A log that should have been cut each night had grown for three weeks.
`

test('a pasted text is reviewed on both sides, put right by keyboard, kept, and its tray emptied', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await session.type('3')
    await session.until('the keyboard where one pastes', async () => (await focused(session)) === 'Paste the text here')
    await everySize(session, 'intake-start')
    await paste(session, NOTES)
    await session.reads('Is each piece in the right place?')
    await session.reads('Keep as a report')
    const words = await session.run(`return document.querySelector('.counts').innerText`)
    const [, all, placed, waiting, dropped] = /(\d+) words: (\d+) placed, (\d+) in the tray, (\d+) left out/.exec(words).map(Number)
    assert.equal(all, placed + waiting + dropped, 'every word is somewhere')
    assert.equal(await session.run("return document.querySelector('select[id$=form]').value"), 'sec-h9-summary')
    await everySize(session, 'intake-review')

    const chosen = (side) => session.run(`return document.querySelectorAll('[role=listbox]')[${side}].querySelector('[aria-selected=true] .said')?.innerText`)
    await session.chord(Key.home)
    await session.until('the same piece on both sides', async () => (await chosen(0))?.startsWith('Written down') && (await chosen(1))?.startsWith('Written down'))
    await session.chord(Key.enter)
    await session.type('region')
    await everySize(session, 'intake-chooser')
    await session.chord(Key.enter)
    await session.reads('1 piece moved to Region / Location impacted')
    await session.chord(Key.control, 'z')
    await session.reads('Undone.')
    await session.chord(Key.enter)
    await session.type('tray')
    await session.chord(Key.enter)
    await session.reads('1 piece moved to Tray')

    await session.chord(Key.control, Key.enter)
    await session.until('the keyboard in the tray', async () => (await focused(session)).startsWith('Place it: '))
    await everySize(session, 'intake-tray')
    await session.chord(Key.delete)
    const waits = () => session.run("return document.querySelectorAll('.tray li').length")
    const before = await waits()
    await session.chord(Key.control, 'z')
    await session.until('what was dropped is back', async () => (await waits()) === before + 1)
    assert.equal(await session.run('return arguments[0].value', await session.held('DCC Incident Reference Number')), 'INC000000812345')
    await session.chord(Key.alt, Key.home)
    await session.reads('1 report')
  }))

test('a file from elsewhere is reviewed too, and discarded without a trace; one that is no text is refused with a sentence', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'night.md') }) }, async (session, folder) => {
    const file = join(folder, 'night.md')
    writeFileSync(file, `# Region / Location impacted\n\nSouth Region only.\n`)
    await doors(session)
    await session.chord(Key.control, 'o')
    await session.reads('night.md')
    await session.reads('South Region only.')
    await session.chord(Key.escape)
    await session.reads('Look around')
    writeFileSync(file, Buffer.from([0, 1, 2, 3, 0, 0, 200, 201]))
    await session.chord(Key.control, 'o')
    await session.reads('could not be imported')
    await everySize(session, 'intake-refused')
  }))

test('a file whose bytes leave its letters open is read in the encoding that is chosen, and one key takes the choice back', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'night.txt') }) }, async (session, folder) => {
    // "Az előfizetők hívása nem működött." in windows-1250, where Western European has other letters.
    const words = Buffer.from('Region / Location impacted\nBudapest.\n\nRoot Cause, if known\nAz el\xF5fizet\xF5k h\xEDv\xE1sa nem m\xFBk\xF6d\xF6tt.\n', 'latin1')
    writeFileSync(join(folder, 'night.txt'), words)
    await doors(session)
    await session.chord(Key.control, 'o')
    await session.labelled('Text encoding')
    const taken = await session.run('return arguments[0].value', await session.held('Text encoding'))
    const other = taken === 'windows-1250' ? 'windows-1252' : 'windows-1250'
    const line = { 'windows-1250': 'Az előfizetők hívása nem működött.', 'windows-1252': 'Az elõfizetõk hívása nem mûködött.' }
    await session.reads(line[taken])
    const options = await session.run('return [...arguments[0].options].map((one) => one.text)', await session.held('Text encoding'))
    assert.ok(options.some((one) => one.includes(line[other])), `each choice shows the line it changes: ${options.join('; ')}`)
    await everySize(session, 'intake-encoding')
    await session.enter('Text encoding')
    await session.until('the other choice', async () => (await session.run('arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event("change", { bubbles: true }))', await session.held('Text encoding'), other), true))
    await session.until('the text in other letters', () => session.run('return document.querySelector("[role=listbox]").innerText.includes(arguments[0])', line[other]))
    await session.run('document.querySelector("[role=listbox]").focus()')
    await session.chord(Key.control, 'z')
    await session.until('the first letters again', () => session.run('return document.querySelector("[role=listbox]").innerText.includes(arguments[0])', line[taken]))
    await session.press('Text encoding: That is right')
    await session.until('nothing open', async () => !(await session.run('return document.querySelector("[aria-label^=\\"Text encoding:\\"]")')))
    await session.chord(Key.control, Key.enter)
    await session.reads(line[taken])
  }))

const CHAT = `Message gateway down, notes of the night desk

DCC Major Incident Summary Report

INC000000912044 / PBI000000151002
Date of Incident: 11/03/2026
Service Impacted: readings from meters in the Central region
Region: Central
Linked: INC000000911002, INC000000911015 (duplicate)

IMPACT
Forty-one suppliers could not send for forty-two minutes.

WHY NOBODY WAS CALLED
The alarm rang in an empty room.

ROOT CAUSE
The certificate of the gateway had run out.

Kim Reed  4:58 PM
the gateway refuses every message

Ola Berg  5:03 PM
On it, looking at the certificate

Kim Reed  5:40 PM
it takes messages again

| Time | Event |
| 18:05 | suppliers told |
| 18:20 | call closed |
`

test('a heading is put elsewhere with what stands under it; all rows get a day by one key, said as an assumption until it is settled', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await session.type('3')
    await session.until('the keyboard where one pastes', async () => (await focused(session)) === 'Paste the text here')
    await paste(session, CHAT)
    await session.reads('Rows without a day')
    assert.equal(await session.run("return document.querySelector('select[id$=form]').value"), 'sec-h9-summary')
    await everySize(session, 'intake-notes')

    const group = (name) =>
      session.run(
        `const found = [...document.querySelectorAll('[role=listbox]')[1].querySelectorAll('[role=group]')].find((one) => one.innerText.startsWith(arguments[0]))
         return found?.innerText ?? ''`,
        name,
      )
    await session.run('document.querySelector("[role=listbox]").focus()')
    await session.chord(Key.home)
    const on = () => session.run('return document.querySelector("[role=listbox] [aria-selected=true] .said")?.innerText')
    for (let step = 0; step < 40 && (await on()) !== 'WHY NOBODY WAS CALLED'; step += 1) await session.chord(Key.down)
    assert.equal(await on(), 'WHY NOBODY WAS CALLED')
    await session.chord(Key.enter)
    await session.type('root')
    await session.chord(Key.enter)
    await session.reads('2 pieces moved to Root Cause, if known')
    await session.until('the text under its heading', async () => (await group('Root Cause, if known')).includes('The alarm rang in an empty room.'))
    await session.chord(Key.control, 'z')
    await session.until('both back', async () => (await group('WHY NOBODY WAS CALLED')).includes('The alarm rang in an empty room.'))

    await session.chord(Key.control, 'd')
    await session.reads('5 rows state no day; they are taken to be on 11 March 2026 (Date of Incident).')
    await session.reads('All on 11 March 2026, as an assumption.')
    await everySize(session, 'intake-day')
    await session.chord(Key.control, Key.enter)
    await session.reads('This prints with the timeline until you say that it is right.')
    await everySize(session, 'intake-day-kept')
    await session.run("const button = [...document.querySelectorAll('.assumed button')][0]; button.scrollIntoView({ block: 'center' }); button.focus()")
    await session.chord(Key.enter)
    await session.until('it is settled', async () => !(await session.allText()).includes('they are taken to be on 11 March 2026'))
    assert.equal(await focused(session), 'New entry')
    await session.chord(Key.control, 'z')
    await session.reads('they are taken to be on 11 March 2026')
  }))

async function paste(session, text) {
  await session.run(
    `const data = new DataTransfer()
     data.setData('text/plain', arguments[0])
     document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))`,
    text,
  )
}
