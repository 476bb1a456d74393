// What was exported stands in the record with its fingerprint, and a file that was made here is known again.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { everySize, openSample, prepareToSign, sign } from './screens.mjs'
import { Key } from './wd.mjs'

test('a signed file is known again, and recorded with who signed, for whom and its fingerprint', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    const made = join(folder, 'report.pdf')
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('read back and verified')
    const digest = createHash('sha256').update(readFileSync(made)).digest('hex')
    await session.press('Verify it')
    await session.reads('In your library')
    await session.reads('Made here, ')
    await everySize(session, 'verify-known')
    await session.press('Editor')
    await session.reads('14 of 14')
    await session.enter('Region / Location impacted')
    await session.chord(Key.control, 'k')
    await session.type('exported and filed')
    await session.reads('Show what was exported and filed of this report')
    await session.chord(Key.enter)
    await session.reads('Exported and filed: ')
    await session.reads(`${digest.slice(0, 8)}…${digest.slice(-4)}`)
    await everySize(session, 'records')
    assert.ok(await session.run('return document.querySelector(".listing").getBoundingClientRect().right <= innerWidth'), 'a long title pushes nothing out of the window')
    await session.chord(Key.control, 's')
    await session.reads('Saved as report.pdf.') // the one answer that this test gives to every dialog
    const [head, row] = readFileSync(made, 'utf8').split('\r\n')
    assert.match(head, /^\uFEFFWhen,What,Report,/)
    assert.ok(row.includes(digest) && row.includes('Robin Ash') && row.includes('an authority'), row)
  }))
