// Trusted time in the real window: a real authority (`openssl ts`) behind a real socket, and one that does not answer.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { doors, everySize, openSample, prepareToSign, sign } from './screens.mjs'

test('a signature is dated by the authority of the settings, and by this machine where that keeps silent', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    const authority = await begin(join(folder, 'authority'))
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

const CONFIGURATION = `[tsa]
default_tsa=t
[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
signer_key=./tsa.key
default_policy=1.2.3.4.1
signer_digest=sha256
digests=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
[req]
distinguished_name=dn
[dn]
[x]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
`

/** An authority in that folder that answers over HTTP, as RFC 3161 section 3.4 has it. */
async function begin(folder) {
  mkdirSync(folder)
  writeFileSync(join(folder, 'tsa.cnf'), CONFIGURATION)
  writeFileSync(join(folder, 'serial'), '01\n')
  const openssl = (line) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Specimen-Time -config tsa.cnf -extensions x -keyout tsa.key -out tsa.pem')
  let asked = 0
  const server = createServer(async (request, answer) => {
    const parts = []
    for await (const part of request) parts.push(part)
    asked += 1
    writeFileSync(join(folder, 'request'), Buffer.concat(parts))
    openssl('ts -reply -config tsa.cnf -section t -queryfile request -out reply')
    answer.writeHead(200, { 'content-type': 'application/timestamp-reply', connection: 'close' }).end(readFileSync(join(folder, 'reply')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${server.address().port}/`, asked: () => asked, close: () => server.close() }
}
