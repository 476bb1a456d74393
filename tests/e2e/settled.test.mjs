// What was set once stays set: paper, colours and names, in the pages and after a new start. And a filed report goes on as its next version.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'
import { pyHankoProgram } from '../validators/judges.mjs'
import { inNewFolder, inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { doors, everySize, openSample, prepareToSign, sign } from './screens.mjs'
import { Key } from './wd.mjs'

const FORMS = fileURLToPath(new URL('../../crates/report/templates', import.meta.url))

test('letter paper, dark colours and a name are kept, and the pages are set on that paper', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, async (session) => {
      await doors(session)
      assert.equal((await shape(session)).toFixed(2), '1.41', 'A4 until something else is chosen')
      await session.press('Library')
      await session.press('Settings')
      await session.fill('Name', 'Robin Ash')
      await pick(session, 'US Letter')
      await pick(session, 'Dark')
      await session.until('the settings saved', async () => /(^|\n)Saved/.test(await session.allText()))
      await everySize(session, 'settings')
    })
    await inWindow({ folder }, async (session) => {
      await session.reads('1 report')
      assert.equal(await session.run('return document.documentElement.dataset.theme'), 'dark')
      assert.equal((await shape(session)).toFixed(2), '1.29', '11 by 8½ inches')
      await keepPicture(session, 'preview-letter-paper')
      await session.press('Library')
      await session.press('Settings')
      assert.equal(await session.run('return arguments[0].value', await session.held('Name')), 'Robin Ash')
    })
  }))

test('a filed report goes on as its next version', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf'), RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.pdf') }) }, async (session) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('read back and verified')
    await session.press('Back to the report')
    await session.press('Library')
    await session.press('Open a file…')
    await session.reads('Unchanged; signer unknown')
    await session.press('Open as next version')
    await session.reads('14 of 14')
    assert.equal(await session.run('return arguments[0].value', await session.held('Version')), '1.1')
    await session.press('Library')
    await session.reads('2 reports')
  }))

test('a report that lacks a heading is not filed, and its draft says which', () =>
  inNewFolder(async (folder) => {
    const [report, draft] = [join(folder, 'report.json'), join(folder, 'draft.pdf')]
    const whole = JSON.parse(readFileSync(join(FORMS, 'sec-h9-summary.sample.json'), 'utf8'))
    const template = parse(readFileSync(join(FORMS, 'sec-h9-summary.toml'), 'utf8'))
    const sections = whole.sections.filter(({ key }) => key !== 'root_cause')
    assert.equal(sections.length, whole.sections.length - 1)
    writeFileSync(report, JSON.stringify({ ...whole, template, sections, attachments: [] }))
    await inWindow({ folder, env: () => ({ RAPPORTEUR_TEST_PATH_SAVE: draft, RAPPORTEUR_TEST_PATH_OPEN: report }) }, async (session) => {
      await doors(session)
      await session.chord(Key.control, 'o')
      await session.reads('required answers')
      await session.press('Sign and export')
      await session.reads('5 of 6 of SEC H9 summary')
      await session.reads('blocks filing')
      await everySize(session, 'sign-heading-missing')
      await session.press('Export draft')
      await session.reads('Draft exported')
    })
    await inWindow({ folder, env: () => ({ RAPPORTEUR_TEST_PATH_OPEN: draft }) }, async (session) => {
      await session.press('Open a file…')
      await session.reads('This is a draft; it has not been signed')
      await session.reads('missing: “Root Cause, if known”')
    })
    const signed = signedElsewhere(draft, join(folder, 'signed.pdf'))
    await inWindow({ folder, env: () => ({ RAPPORTEUR_TEST_PATH_OPEN: signed }) }, async (session) => {
      await session.press('Open a file…')
      await session.reads('Signed, but a required heading is missing')
      await session.reads('It has no heading “Root Cause, if known”')
      await everySize(session, 'verify-heading-missing')
    })
  }))

/** Rapporteur signs no such file; another program does, and a reader must be told all the same. */
function signedElsewhere(pdf, out) {
  const file = (ending) => `${out}.${ending}`
  const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=Robin Ash', '-keyout', file('key'), '-out', file('pem'))
  run(pyHankoProgram(), 'sign', 'addsig', '--field', 'Signature1', 'pemder', '--key', file('key'), '--cert', file('pem'), '--no-pass', pdf, out)
  return out
}

/** How much higher than wide the first page of the only report is in its preview. */
async function shape(session) {
  if (await session.run('return document.querySelector("tbody tr") !== null')) {
    await session.run("document.querySelector('tbody tr').focus()")
    await session.chord(Key.enter)
    await session.reads('14 of 14')
  } else await openSample(session)
  await session.press('Preview')
  await session.find('.panel canvas')
  return session.run('const { width, height } = document.querySelector(".panel canvas").getBoundingClientRect(); return height / width')
}

async function pick(session, option) {
  const found = await session.run(
    `const label = [...document.querySelectorAll('[role=radiogroup] label')].find((e) => e.innerText.trim() === arguments[0])
     label?.click()
     return Boolean(label)`,
    option,
  )
  assert.ok(found, `no choice “${option}”`)
}
