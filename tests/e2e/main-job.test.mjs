// The main job in the real window: a blank form filled, its timeline typed, its findings mended, the report signed and verified.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { doors, everySize, forms, openSample, sign } from './screens.mjs'
import { Key } from './wd.mjs'

const DETAILS = [
  ['Date of Incident', '03/11/2026'],
  ['DCC Incident Reference Number', 'INC000000812345'],
  ['DCC Problem Reference Number', 'PBI000000150001'],
  ['Service Impacted', 'Meter readings from the South Region arrived late.'],
  ['Date/ Time Incident reported', '03/11/2026 08:40'],
  ['Date &time incident resolved', '03/11/2026 10:05'],
]

const PROSE = {
  'Nature of the Major Incident / Short Description': 'At 08:40 the reading service of the South Region stopped taking new readings.',
  'Region / Location impacted': 'South Region only.',
  'Summary of impact / Likely future impact of the Major incident': 'An estimated 9,000 readings arrived up to 85 minutes late; none was lost. No future impact is expected.',
  'Resolving actions taken': 'The full disk of the reading service was enlarged and the service restarted.',
  'Root Cause, if known': 'A log that should have been cut each night had grown for three weeks.',
}

const TIMELINE = ['0840 (Automated) disk full on the reading service', '0852 first supplier telephones', '0910-0955 disk enlarged', '1005 readings flow again']

test('a regulator’s form is filled, checked, signed and verified', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    await doors(session)
    await everySize(session, 'first-launch')
    await session.type('2')
    await forms(session)
    await everySize(session, 'templates')
    await session.chord(Key.enter)
    await session.reads('0 of 14')
    await everySize(session, 'editor-blank')

    for (const [label, text] of DETAILS) await session.fill(label, text)
    await choose(session, 'Resolution within SLA (Y/N) [SEC 9.14(b)]', 'Yes')
    await session.reads('1\u00a0h\u00a025\u00a0min')
    for (const [heading, text] of Object.entries(PROSE)) await write(session, heading, text)
    await session.press('Answer “None”')
    for (const line of TIMELINE) await jot(session, line)
    await session.reads('14 of 14')
    await session.reads('All 6 headings of SEC H9 summary are present and in order')
    await everySize(session, 'editor-filled')

    await session.press('Sign and export')
    await session.reads('All 6 of SEC H9 summary, in order')
    await session.press('Make an identity on this computer')
    await session.fill('Name', 'Robin Ash')
    await session.fill('Organisation', 'Specimen Metering')
    await session.fill('Passphrase', 'correct horse battery staple')
    await session.fill('Repeat it', 'correct horse battery staple')
    await session.press('Make identity')
    await session.labelled('Passphrase')
    await everySize(session, 'sign')

    await session.fill('Passphrase', 'not the passphrase')
    await sign(session)
    await session.reads('passphrase')
    assert.ok(!existsSync(join(folder, 'report.pdf')), 'a wrong passphrase writes nothing')
    await session.fill('Passphrase', 'correct horse battery staple')
    await sign(session)
    await session.reads('Signed and exported')
    assert.ok(existsSync(join(folder, 'report.pdf')))
    await everySize(session, 'signed')

    await session.press('Verify it')
    await session.reads('Unchanged; signer unknown')
    await session.reads('Robin Ash')
    await everySize(session, 'verify')
  }))

for (const theme of ['light', 'dark']) {
  test(`the finished sample is looked at from every side in the ${theme} theme`, () =>
    inWindow({ theme }, async (session) => {
      await openSample(session)
      await everySize(session, `editor-${theme}`)
      await session.press('Preview')
      await session.find('.panel canvas')
      await everySize(session, `editor-preview-${theme}`)
      await session.chord(Key.control, 'k')
      await session.type('time')
      await everySize(session, `palette-${theme}`)
      await session.chord(Key.escape)
      await session.press('Library')
      await session.reads('1 report')
      await everySize(session, `library-${theme}`)
    }))
}

test('a finding shows its two sides, its repair mends it, and undo brings both back', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.fill('DCC Incident Reference Number', 'INC00000731204')
    await session.fill('Date &time incident resolved', '14/10/2025 20:41')
    await session.reads('is before')
    await session.reads('with 11 digits and with 12')
    await everySize(session, 'editor-findings-light')
    await session.press('Use INC000000731204 in both')
    await session.until('the repair', async () => !(await session.allText()).includes('with 11 digits'))
    await session.chord(Key.control, 'z')
    await session.reads('with 11 digits')
    await session.chord(Key.control, 'z')
    await session.until('the time as it was', async () => !(await session.allText()).includes('is before'))
  }))

async function choose(session, group, option) {
  const found = await session.run(
    `const [group, option] = arguments
     const said = (e) => (e.getAttribute('aria-label') ?? document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.innerText ?? '').replace(/\\s+/g, ' ').trim()
     const radios = [...document.querySelectorAll('[role=radiogroup]')].find((e) => said(e) === group)
     const label = [...(radios?.querySelectorAll('label') ?? [])].find((e) => e.innerText.trim() === option)
     label?.click()
     return Boolean(label)`,
    group,
    option,
  )
  assert.ok(found, `no choice “${option}” in “${group}”`)
}

/** Puts the caret into the text under a heading and types. */
async function write(session, heading, text) {
  await session.enter(heading)
  await session.type(text)
  await session.reads(text)
}

async function jot(session, line) {
  await session.enter('New entry')
  await session.type(line)
  await session.chord(Key.enter)
  await session.reads(line.replace(/^\S+ (\(Automated\) )?/, ''))
}
