// The letter in the real window, from a blank page to a signed file that its reader finds sound.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { assertAccessible } from './axe.mjs'
import { keepPicture } from './picture.mjs'
import { beginForm, focused } from './screens.mjs'
import { Key } from './wd.mjs'

const PASSPHRASE = 'correct horse battery staple'

const FRAME = [
  ['Our reference', 'FLC-2026-0311'],
  ['Interruption began', '11/03/2026 23:37'],
  ['Interruption ended', '12/03/2026 00:51'],
  ['Sender', 'Fallowbridge Lines'],
  ['To', 'All customers of the Quay site'],
  ['Place', 'Fallowbridge'],
  ['Date', '14/03/2026'],
]

const PROSE = {
  Lead: 'On 11 March 2026 at 23:37 the Quay site lost power for 1 h 14 min. No data was lost.',
  Background: 'The Quay site has one feed and a battery that lasts ten minutes.',
  Conclusions: 'A second feed will be in use by the end of June. We are sorry for the trouble this gave you.',
}

test('a letter is written over midnight, signed and verified; an altered, cut-off or foreign file is told from it', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'letter.pdf'), RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'letter.pdf') }) }, async (session, folder) => {
    const file = join(folder, 'letter.pdf')
    await beginForm(session, /^Reason for outage/)
    await session.reads('0 of 7')
    for (const [label, text] of FRAME) await session.fill(label, text)
    await session.reads('1\u00a0h\u00a014\u00a0min')
    for (const [heading, text] of Object.entries(PROSE)) {
      await session.enter(heading)
      await session.type(text)
    }
    for (const line of ['2337 (Automated) feed lost', '2346 battery empty', '0051 power back']) {
      await session.enter('New entry')
      await session.type(line)
      await session.chord(Key.enter)
      await session.reads(line.replace(/^\S+ (\(Automated\) )?/, ''))
    }
    await session.reads('Thursday 12 March 2026')
    await session.reads('7 of 7')
    await session.press('Use this zone')
    await session.until('the question of the zone answered', async () => !(await session.allText()).includes('does not say which time zone'))
    await session.press('Show all that is missing')
    await session.press('Give a reason')
    await session.until('where the reason is typed', async () => (await focused(session)) === 'Reason for leaving it as it is')
    await session.type('The operator signs as a whole')
    await session.chord(Key.enter)
    await session.reads('1 finding set aside with a reason')
    await session.reads('Nothing stands in the way of filing this report')
    await assertAccessible(session, 'letter-filled')
    await session.press('Preview')
    await session.find('.panel canvas')
    await keepPicture(session, 'letter-preview')

    await session.press('Sign and export')
    await session.press('Make an identity on this computer')
    for (const [label, text] of [['Name', 'Robin Ash'], ['Passphrase', PASSPHRASE], ['Repeat it', PASSPHRASE]]) await session.fill(label, text)
    await session.press('Make identity')
    await session.until('the identity made', async () => !(await session.allText()).includes('Repeat it'))
    await session.click('.sheet > footer .button-primary')
    await session.reads('read back and verified')
    assert.ok(existsSync(file))
    await session.press('Verify it')
    await session.reads('Unchanged; signer unknown')
    await keepPicture(session, 'letter-verified')

    await session.press('Editor')
    await session.press('Library')
    const signed = readFileSync(file)
    const altered = Buffer.from(signed)
    altered[signed.indexOf('stream') + 40] ^= 1
    await judged(altered, 'This file was changed after it was signed')
    await judged(signed.subarray(0, signed.length / 2), 'it was cut off or is damaged')
    await judged(Buffer.from('Dear customer,'), 'is not a PDF')

    /** The file lies where the open dialog answers; the library opens it. */
    async function judged(bytes, verdict) {
      writeFileSync(file, bytes)
      await session.press('Open a file…')
      await session.reads(verdict)
      await session.press('Library')
    }
  }))
