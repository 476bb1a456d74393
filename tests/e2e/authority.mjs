// A time-stamp authority of the tests' own: `openssl ts` behind a real socket.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'

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
export async function beginAuthority(folder) {
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
