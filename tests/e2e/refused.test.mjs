// What cannot be done is said in plain words, beside what was asked for; nothing is written, nothing typed is lost, and it can be tried again.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inNewFolder, inWindow } from './app.mjs'
import { everySize, openSample, PASSPHRASE, prepareToSign, sign } from './screens.mjs'

test('an expired certificate and a file that is none are refused, and nothing is written', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf'), RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'ash.p12') }) }, async (session, folder) => {
    const identity = join(folder, 'ash.p12')
    expiredIdentity(identity, folder)
    await openSample(session)
    await session.press('Sign and export')
    await session.press('Add a certificate file…')
    await session.fill('Passphrase', PASSPHRASE)
    await sign(session)
    await session.reads('The certificate is not valid today: it expired on')
    await session.reads('Expired on') // beside its name from now on
    await everySize(session, 'sign-expired')

    writeFileSync(identity, 'Dear customer,')
    await sign(session)
    await session.reads('This file cannot be used to sign')
    await everySize(session, 'sign-unreadable')

    rmSync(identity)
    await sign(session)
    await session.reads('ash.p12 is not there any more')
    assert.ok(!existsSync(join(folder, 'report.pdf')))
  }))

test('a folder that is gone is named; once it is there again the same press files the report', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'outbox', 'report.pdf') }) }, async (session, folder) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads(`${join(folder, 'outbox')} is not there any more`)
    await everySize(session, 'sign-folder-gone')
    mkdirSync(join(folder, 'outbox'))
    await sign(session)
    await session.reads('read back and verified')
    assert.deepEqual(readdirSync(join(folder, 'outbox')), ['report.pdf'])
  }))

test('a place where one may not write is named', () =>
  // Not even root may put a file there.
  inWindow({ env: () => ({ RAPPORTEUR_TEST_PATH_SAVE: '/sys/report.pdf' }) }, async (session) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('Rapporteur is not allowed to read or write /sys')
    await everySize(session, 'sign-no-permission')
  }))

test('a cancelled export writes nothing, and the next press files the report', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    await openSample(session)
    await manyEntries(session, 1500)
    await prepareToSign(session)
    await sign(session)
    await session.reads('Laying out pages')
    await session.press('Cancel')
    await session.reads('Cancelled. Nothing was written.', 60_000)
    assert.ok(!existsSync(join(folder, 'report.pdf')))
    await everySize(session, 'sign-cancelled')
    await sign(session)
    await session.reads('read back and verified', 60_000)
    assert.ok(existsSync(join(folder, 'report.pdf')))
  }))

test('a library of a newer version is left as it is and said so; files can be verified all the same', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, (session) => session.reads('Look around'))
    const file = join(folder, 'library', 'library.rapporteur')
    schema(file, 99)
    const newer = readFileSync(file)
    const letter = join(folder, 'letter.pdf')
    writeFileSync(letter, 'Dear customer,')
    await inWindow({ folder, env: () => ({ RAPPORTEUR_TEST_PATH_OPEN: letter }) }, async (session) => {
      await session.reads('The library was made by a newer version of Rapporteur')
      await everySize(session, 'library-newer')
      await session.press('Verify a file…')
      await session.reads('letter.pdf is not a PDF')
      assert.ok(readFileSync(file).equals(newer), 'the file is as it was')
      await session.press('Library')
      schema(file, 1)
      await session.press('Try again')
      await session.reads('Look around')
    })
  }))

/** Writes another schema number into the library, and its log into the file, as a version that was closed in peace would have. */
function schema(file, number) {
  const script = 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute("pragma user_version = " + sys.argv[2]); db.execute("pragma wal_checkpoint(truncate)"); db.close()'
  execFileSync('python3', ['-c', script, file, String(number)])
}

/** An identity whose certificate was valid for no longer than the moment it was made. */
function expiredIdentity(path, folder) {
  const [key, request, certificate] = ['key.pem', 'request.pem', 'certificate.pem'].map((name) => join(folder, name))
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=Robin Ash', '-keyout', key, '-out', request)
  openssl('x509', '-req', '-in', request, '-signkey', key, '-days', '0', '-out', certificate)
  openssl('pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', `pass:${PASSPHRASE}`, '-out', path)
}

/** Lines pasted into the entry line, so that there is something to wait for. */
async function manyEntries(session, count) {
  await session.enter('New entry')
  const lines = Array.from({ length: count }, (_, n) => `${String(3 + Math.floor(n / 60) % 20).padStart(2, '0')}${String(n % 60).padStart(2, '0')} step ${n + 1} of the drill`)
  await session.run(
    `const data = new DataTransfer()
     data.setData('text/plain', arguments[0])
     document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))`,
    lines.join('\n'),
  )
  await session.until('the entries', () => session.run('return document.querySelector("[role=grid][aria-rowcount]")?.getAttribute("aria-rowcount") > arguments[0]', count))
  await session.until('the text saved', () => session.run("return document.querySelector('.save')?.dataset.save === 'saved'"), 60_000)
}
