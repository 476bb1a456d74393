// A folder of filed reports dropped on the real window: one line for all of them, the worst first, and a table for a spreadsheet.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inWindow } from './app.mjs'
import { doors, everySize } from './screens.mjs'
import { Key } from './wd.mjs'

const CLI = fileURLToPath(new URL('../../target/debug/rapporteur', import.meta.url))
const drop = (...files) => promisify(execFile)('python3', [fileURLToPath(new URL('drop.py', import.meta.url)), ...files])

test('a folder is verified as a whole, its reasons opened by the keyboard, and saved as a table', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'verified.csv') }) }, async (session, folder) => {
    const filings = filingsIn(folder)
    await doors(session)
    await drop(filings)
    await session.reads('1 of 42 is not sound')
    await everySize(session, 'batch')

    await session.until('the keyboard in the table', async () => {
      await session.run('document.querySelector("tr.file").focus()')
      return session.run('return document.activeElement.matches("tr.file")')
    })
    await session.chord(Key.enter)
    await session.reads('This file was changed after it was signed.')
    await everySize(session, 'batch-reason')
    await session.chord('o')
    await session.reads('This is not what was signed.')
    await session.press('Verified files')
    await session.reads('1 of 42 is not sound')

    await session.chord(Key.control, 's')
    await session.reads('Saved as verified.csv.')
    const [head, ...rows] = readFileSync(join(folder, 'verified.csv'), 'utf8').trimEnd().split('\r\n')
    assert.match(head, /^\uFEFFFile,Bottom line,Signers,/)
    assert.equal(rows.length, 42)
    assert.match(rows[0], /^2026-changed\.pdf,Changed after signing,/)

    await session.chord('/')
    await session.until('the keyboard in the search', () => session.run('return document.activeElement.type === "search"'))
    await session.type('draft')
    await session.until('one row', () => session.run('return document.querySelectorAll("tr.file").length === 1'))
  }))

/** Forty sound files, one of them below a folder; one that was changed, and a draft. */
function filingsIn(folder) {
  const demo = join(folder, 'demo')
  execFileSync(CLI, ['demo', demo], { stdio: 'ignore' })
  const signed = join(demo, 'report.pdf')
  const filings = join(folder, 'Filings 2026')
  mkdirSync(join(filings, 'autumn'), { recursive: true })
  for (let nth = 1; nth < 40; nth += 1) copyFileSync(signed, join(filings, `INC0000007312${String(nth).padStart(2, '0')} summary v1.pdf`))
  copyFileSync(signed, join(filings, 'autumn', 'INC000000728816 summary v1.pdf'))
  const changed = readFileSync(signed)
  changed[changed.indexOf('stream') + 40] ^= 1
  writeFileSync(join(filings, '2026-changed.pdf'), changed)
  execFileSync(CLI, ['export', join(demo, 'report.json'), '--draft', '-o', join(filings, 'draft of November.pdf')], { stdio: 'ignore' })
  return filings
}
