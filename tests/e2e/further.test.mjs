// A signed file in the real window: signed by a second person, then given a trusted time by a real authority (`openssl ts`).
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { inWindow } from './app.mjs'
import { beginAuthority } from './authority.mjs'
import { doors, everySize, PASSPHRASE } from './screens.mjs'

const CLI = fileURLToPath(new URL('../../target/debug/rapporteur', import.meta.url))

test('a second person sees what changed, signs in the place kept for them, and makes the file last', () => {
  const answers = (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'demo', 'report.pdf'), RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'new.pdf') })
  return inWindow({ env: answers }, async (session, folder) => {
    execFileSync(CLI, ['demo', join(folder, 'demo')], { stdio: 'ignore' })
    const before = readFileSync(join(folder, 'demo', 'report.pdf'))
    await doors(session)
    await session.chord('\uE009', 'k')
    await session.type('verify a pdf')
    await session.chord('\uE007')
    await session.reads('Unchanged; signer unknown')
    await session.press('Sign this file too…')
    await session.reads('Since the last signature')
    await session.press('Make an identity on this computer')
    for (const [label, text] of [['Name', 'David Okafor'], ['Passphrase', PASSPHRASE], ['Repeat it', PASSPHRASE]]) await session.fill(label, text)
    await session.press('Make identity')
    await session.until('the identity made', async () => !(await session.allText()).includes('Repeat it'))
    await session.find('.ring')
    await everySize(session, 'sign-further')
    await session.click('.sheet > footer .button-primary')
    await session.reads('Signed by David Okafor, then read back and verified.')
    await everySize(session, 'signed-further')
    assert.ok(before.equals(readFileSync(join(folder, 'demo', 'report.pdf'))), 'the opened file stays as it is')
    await session.press('Verify it')
    await session.reads('Both signatures are valid')
  })
})

test('nobody is asked before it is said, and what came back is told', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'demo', 'report.pdf'), RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'lasting.pdf') }) }, async (session, folder) => {
    execFileSync(CLI, ['demo', join(folder, 'demo')], { stdio: 'ignore' })
    const authority = await beginAuthority(join(folder, 'authority'))
    try {
      await doors(session)
      await session.press('Settings')
      await session.fill('Address', authority.url)
      await session.until('the settings saved', async () => /(^|\n)Saved/.test(await session.allText()))
      await session.chord('\uE009', 'k')
      await session.type('verify a pdf')
      await session.chord('\uE007')
      await session.press('Add trusted time…')
      await session.reads(`is sent to ${authority.url}, and nothing else`)
      await everySize(session, 'lasting')
      assert.equal(authority.asked(), 0)
      await session.press('Ask them and save…')
      await session.reads('As far as you wanted.')
      await everySize(session, 'lasting-done')
      assert.ok(authority.asked() === 1 && existsSync(join(folder, 'lasting.pdf')))
      await session.press('Verify the new file')
      await session.reads('PAdES B-T')
      await session.press('Make it last…')
      await session.press('Ask them and save…')
      await session.reads('is the file that was opened')
      await everySize(session, 'lasting-refused')
    } finally {
      authority.close()
    }
  }))
