// The whole main job by the keyboard alone. The driver presses keys and reads; it never points, and never moves the focus itself.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { doors, everySize, forms, focused, openSample, PASSPHRASE } from './screens.mjs'
import { Key } from './wd.mjs'

test('a regulator’s form is begun, filled, mended, signed and verified without a pointer', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    await doors(session)
    await session.chord(Key.control, 'n')
    await forms(session)
    await session.chord(Key.enter)
    await session.reads('0 of 14')
    for (const [label, text] of [
      ['Date of Incident', '03/11/2026'],
      ['DCC Incident Reference Number', 'INC000000812345'],
      ['DCC Problem Reference Number', 'PBI000000150001'],
      ['Service Impacted', 'Meter readings from the South Region arrived late.'],
      ['Date/ Time Incident reported', '03/11/2026 08:40'],
      ['Date &time incident resolved', '02/11/2026 10:05'],
    ]) {
      await tabTo(session, label)
      await session.type(text)
    }
    await session.reads('is before')
    await session.chord('\uE038') // F8: a finding
    await command(session, 'Date &time incident resolved')
    await session.chord(Key.control, 'a')
    await session.type('03/11/2026 10:05')
    await session.reads('1\u00a0h\u00a025\u00a0min')
    await tabTo(session, 'Yes')
    await session.chord(' ')

    for (const [heading, text] of [
      ['Nature of the Major', 'At 08:40 the reading service of the South Region stopped taking new readings.'],
      ['Region / Location', 'South Region only.'],
      ['Summary of impact', 'An estimated 9,000 readings arrived up to 85 minutes late; none was lost. No future impact is expected.'],
      ['Resolving actions', 'The full disk of the reading service was enlarged and the service restarted.'],
      ['Root Cause', 'A log that should have been cut each night had grown for three weeks.'],
    ]) {
      await command(session, heading)
      await session.type(text)
      await session.reads(text)
    }
    await command(session, 'Linked')
    await tabTo(session, 'Answer “None”')
    await session.chord(Key.enter)
    await command(session, 'timeline')
    for (const line of ['0840 (Automated) disk full on the reading service', '0852 first supplier telephones', '0910-0955 disk enlarged', '1005 readings flow again']) {
      await session.type(line)
      await session.chord(Key.enter)
      await session.reads(line.replace(/^\S+ (\(Automated\) )?/, ''))
    }
    await session.reads('14 of 14')
    await session.reads('All 6 headings of SEC H9 summary are present and in order')

    await session.chord(Key.control, Key.shift, 's')
    await session.reads('All 6 of SEC H9 summary, in order')
    await tabTo(session, 'Make an identity on this computer')
    await session.chord(Key.enter)
    await tabTo(session, 'Name')
    await session.type('Robin Ash')
    for (const label of ['Passphrase', 'Repeat it']) {
      await tabTo(session, label)
      await session.type(PASSPHRASE)
    }
    await tabTo(session, 'Make identity')
    await session.chord(Key.enter)
    await session.until('the keyboard on the button that signs', async () => (await focused(session)) === 'Sign and export')
    await session.chord(Key.enter)
    await session.reads('Signed and exported', 60_000)
    assert.ok(existsSync(join(folder, 'report.pdf')))
    await session.until('the keyboard on the way on', async () => (await focused(session)) === 'Verify it')
    await session.chord(Key.enter)
    await session.reads('Unchanged; signer unknown')
    await session.reads('Robin Ash')
    await session.chord(Key.escape)
    await session.reads('14 of 14')
    await session.chord(Key.alt, Key.home)
    await session.reads('1 report')
  }))

test('linked incidents, actions, downtime, a phase and the zone are entered by keyboard', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await session.chord(Key.control, 'n')
    await forms(session)
    await session.chord(Key.enter)
    await session.reads('0 of 14')
    await session.type('03/11/2026')

    await command(session, 'Linked')
    await tabTo(session, 'Add a linked incident')
    await session.chord(Key.enter)
    await typeCells(session, [['Incident, row 1', 'INC000000812345'], ['Linked incident, row 1', 'INC000000812399'], ['Nature of link, row 1', 'The same disk']])

    await command(session, 'timeline')
    for (const line of ['0840 disk full', '1005 readings flow again']) {
      await session.type(line)
      await session.chord(Key.enter)
      await session.reads(line.slice(5))
    }
    await session.chord(Key.up) // from the empty line to the last row
    await session.type('p')
    await session.until('the name of the phase asked', async () => (await focused(session)) === 'Name of the phase')
    await session.type('Recovery')
    await session.chord(Key.enter)
    await session.reads('Recovery')
    await session.chord(Key.down) // past the phase, to the row
    await session.type('r')
    await session.reads('Partly restored')
    await session.type('rest')
    await session.chord(Key.enter)
    await tabTo(session, 'Change')
    await session.chord(Key.enter)
    await tabTo(session, 'Which time zone are these times in?')
    await session.type('UTC')
    await tabTo(session, 'Use this zone')
    await session.chord(Key.enter)
    await session.reads('All times are in UTC')

    await command(session, 'Downtime')
    await session.until('the keyboard on the button that adds', async () => (await focused(session)) === 'Add a period')
    await session.chord(Key.enter)
    await typeCells(session, [['Service, row 1', 'Meter readings']])
    await session.reads('1\u00a0h\u00a025\u00a0min')

    await command(session, 'Actions')
    await session.until('the keyboard on the button that adds', async () => (await focused(session)) === 'Add an action')
    await session.chord(Key.enter)
    await typeCells(session, [['What, row 1', 'Cut the log each night'], ['Owner, row 1', 'Owen Lister'], ['Due, row 1', '30/11/2026']])
    await session.chord(Key.enter)
    await session.until('a second action', async () => (await focused(session)) === 'What, row 2')
    await everySize(session, 'papers-by-keyboard')
  }))

test('a length typed beside the computed one is questioned, and one key puts it right', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await command(session, 'Time taken to restore')
    await tabTo(session, 'Enter it yourself')
    await session.chord(Key.enter)
    await session.type('2 hours')
    await session.reads('but')
    await session.chord(Key.enter)
    await session.until('the finding', () => session.run("return [...document.querySelectorAll('.panel button')].some((e) => /^Use /.test(e.innerText))"))
    await keepPicture(session, 'editor-length')
    await tabTo(session, /^Use /)
    await session.chord(Key.enter)
    await session.until('the length mended', async () => !(await session.run("return [...document.querySelectorAll('.panel button')].some((e) => /^Use /.test(e.innerText))")))
    await session.chord(Key.control, 'z')
    await session.until('the finding again', () => session.run("return [...document.querySelectorAll('.panel button')].some((e) => /^Use /.test(e.innerText))"))
  }))

test('a very long title breaks no screen', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.chord('\uE032') // F2: rename
    await session.chord(Key.control, 'a')
    const title = 'Requests refused at the message gateway of the North Region after a certificate expired, '.repeat(4) + 'Überlastungsschutzvorrichtungsprüfungsprotokollnummernverzeichnis'.repeat(2)
    await session.type(title)
    await session.chord(Key.enter)
    await fits(session, 'editor')
    await everySize(session, 'title-long-editor')
    await session.chord(Key.control, 'k')
    await session.reads('Do')
    await session.type('requests refused')
    await everySize(session, 'title-long-palette')
    await session.chord(Key.escape)
    await session.press('Sign and export')
    await session.reads('All 6 of SEC H9 summary, in order')
    await fits(session, 'sign sheet')
    await everySize(session, 'title-long-sign')
    await session.chord(Key.escape)
    await session.press('Library')
    await session.reads('1 report')
    await fits(session, 'library')
    await everySize(session, 'title-long-library')
  }))

/** Nothing is wider than the window. */
async function fits(session, screen) {
  const over = await session.run('return document.documentElement.scrollWidth - innerWidth')
  assert.ok(over <= 0, `the ${screen} is ${over} pixels too wide`)
}

/** Presses Tab until what is called `name` has the keyboard; backwards when it was not found that way. */
async function tabTo(session, name, most = 60) {
  const is = async () => {
    const here = await focused(session)
    return name instanceof RegExp ? name.test(here) : here === name
  }
  const passed = []
  for (let presses = 0; presses < most; presses++) {
    if (await is()) return
    passed.push(await focused(session))
    await session.chord(Key.tab)
  }
  assert.fail(`Tab did not come to ${name}; it passed ${passed.join(' | ')}`)
}

/** Runs what the palette finds first for `words`. */
async function command(session, words) {
  await session.chord(Key.control, 'k')
  await session.find('.palette .ask')
  await session.type(words)
  await session.find('.palette [role=option][aria-selected=true]')
  await session.chord(Key.enter)
  await session.until('the palette closed', () => session.run("return document.querySelector('.palette') === null"))
}

/** Types into one cell after another, each reached by Tab. */
async function typeCells(session, cells) {
  for (const [label, text] of cells) {
    await session.until('a cell with the keyboard', async () => /, row \d/.test(await focused(session)))
    await tabTo(session, label, 8)
    await session.chord(Key.control, 'a')
    await session.type(text)
  }
}
