// Trusted time in the real window: a real authority (`openssl ts`) behind a real socket, and one that does not answer.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { beginAuthority } from './authority.mjs'
import { doors, everySize, openSample, prepareToSign, sign } from './screens.mjs'

test('a signature is dated by the authority of the settings, and by this machine where that keeps silent', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    const authority = await beginAuthority(join(folder, 'authority'))
    try {
      await doors(session)
      await session.press('Settings')
      await session.fill('Address', 'time.example.org')
      await session.reads('The address must begin with')
      await session.fill('Address', authority.url)
      await session.until('the settings saved', async () => /(^|\n)Saved/.test(await session.allText()))
      await everySize(session, 'settings-authority')
      await session.press('Library')
      await openSample(session)
      await prepareToSign(session)
      await session.reads(`A fingerprint of the signature is sent to ${authority.url}`)
      await everySize(session, 'sign-trusted-time')
      await sign(session)
      await session.reads('read back and verified')
      assert.ok(!(await session.allText()).includes('The time-stamp authority could not be used'))
      await session.press('Verify it')
      await session.reads('Unchanged; signer unknown')
      await session.reads('PAdES B-T')
      assert.equal(authority.asked(), 1)

      authority.close()
      await session.press('Editor')
      await session.press('Sign and export')
      await session.fill('Passphrase', 'correct horse battery staple')
      await sign(session)
      await session.reads('The time-stamp authority could not be used', 60_000)
      await everySize(session, 'signed-without-trusted-time')
    } finally {
      authority.close()
    }
  }))
