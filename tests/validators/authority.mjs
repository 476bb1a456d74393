// An authority of certificates, of time and of answers, as OpenSSL makes it, behind a socket on this machine. Run as a program of its own, because
// whoever asks waits for the answer: `node authority.mjs FOLDER NAME…` makes the keys in the folder, prints its address and answers until its
// standard input ends.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [folder, ...signers] = process.argv.slice(2)
const openssl = (line, ...more) => execFileSync('openssl', [...line.split(' '), ...more], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const held = (name) => readFileSync(join(folder, name))

const settings = (here) => `[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
signer_key=./tsa.key
certs=./root.pem
default_policy=1.2.3.4.1
signer_digest=sha256
digests=sha256,sha384,sha512
ess_cert_id_alg=sha256
[req]
distinguished_name=dn
[dn]
[root]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[issuing]
basicConstraints=critical,CA:true,pathlen:0
keyUsage=critical,digitalSignature,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityInfoAccess=caIssuers;URI:${here}/root.der
crlDistributionPoints=URI:${here}/root.crl
[leaf]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,nonRepudiation
authorityInfoAccess=OCSP;URI:${here}/ocsp,caIssuers;URI:${here}/issuing.der
[tsa]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
crlDistributionPoints=URI:${here}/root.crl
[ca]
database=index
certificate=root.pem
private_key=root.key
default_md=sha256
`

function issue(name, section, by) {
  openssl('req -config authority.cnf -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256', '-subj', `/CN=${name} Specimen/O=Specimen`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
  const issuer = by ? ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial'] : ['-signkey', `${name}.key`]
  openssl(`x509 -req -sha256 -days 2 -extfile authority.cnf -extensions ${section}`, '-in', `${name}.csr`, '-out', `${name}.pem`, ...issuer)
}

const serial = (name) => openssl('x509 -noout -serial -in', `${name}.pem`).trim().replace('serial=', '')
const index = (names) => names.map((name) => `V\t491231235959Z\t\t${serial(name)}\tunknown\t/CN=${name}\n`).join('')

/** RFC 3161 section 3.4, RFC 6960 appendix A, RFC 5280 sections 4.2.1.13 and 4.2.2.1. */
const answers = {
  '/time': () => {
    openssl('ts -reply -config authority.cnf -section t -queryfile request -out answer')
    return ['application/timestamp-reply', held('answer')]
  },
  '/ocsp': () => {
    openssl('ocsp -index issuing.index -CA issuing.pem -rsigner issuing.pem -rkey issuing.key -ndays 7 -reqin request -respout answer')
    return ['application/ocsp-response', held('answer')]
  },
  '/root.crl': () => {
    openssl('ca -config authority.cnf -name ca -gencrl -crldays 7 -out root.crl')
    openssl('crl -in root.crl -outform DER -out answer')
    return ['application/pkix-crl', held('answer')]
  },
  '/root.der': () => ['application/pkix-cert', held('root.der')],
  '/issuing.der': () => ['application/pkix-cert', held('issuing.der')],
}

mkdirSync(folder, { recursive: true })
const server = createServer(async (request, answer) => {
  const parts = []
  for await (const part of request) parts.push(part)
  writeFileSync(join(folder, 'request'), Buffer.concat(parts))
  const made = answers[request.url]?.()
  if (made) answer.writeHead(200, { 'content-type': made[0], connection: 'close' }).end(made[1])
  else answer.writeHead(404, { connection: 'close' }).end()
})
server.listen(0, '127.0.0.1', () => {
  const here = `http://127.0.0.1:${server.address().port}`
  writeFileSync(join(folder, 'authority.cnf'), settings(here))
  writeFileSync(join(folder, 'serial'), '01\n')
  issue('root', 'root')
  issue('issuing', 'issuing', 'root')
  issue('tsa', 'tsa', 'root')
  for (const name of signers) {
    issue(name, 'leaf', 'issuing')
    openssl('pkcs12 -export -passout', 'pass:a passphrase', '-inkey', `${name}.key`, '-in', `${name}.pem`, '-out', `${name}.p12`)
  }
  for (const name of ['root', 'issuing']) openssl('x509 -outform DER', '-in', `${name}.pem`, '-out', `${name}.der`)
  writeFileSync(join(folder, 'index'), index(['issuing', 'tsa']))
  writeFileSync(join(folder, 'issuing.index'), index(signers))
  writeFileSync(join(folder, 'secret'), 'a passphrase\n', { mode: 0o600 })
  console.log(here)
})
process.stdin.resume().on('end', () => process.exit())
