// Signatures that can be judged years later: at each level, with one, two and three signers, our files stay archival and accessible, and pyHanko
// finds in them all that AdES asks for.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import test, { after, before } from 'node:test'
import { rapporteur, sampleReport } from './documents.mjs'
import { pdfSig, pyHankoLasting, qpdf, veraPdf } from './judges.mjs'

const SIGNERS = ['ada', 'bo', 'cy']
const folder = mkdtempSync(join(tmpdir(), 'rapporteur-lasting-'))
const file = (name) => join(folder, name)
/** By how many signers, with which time. All six with `RAPPORTEUR_LASTING=whole`; else those that differ most. */
const all = [1, 2, 3].flatMap((count) => [{ count, stamped: false }, { count, stamped: true }])
const cases = process.env.RAPPORTEUR_LASTING === 'whole' ? all : [all.at(0), all.at(-1)]
const made = new Map()
let further

// All are made first, and judged when the authority is gone: what is not in the file by then cannot be had.
before(async () => {
  const authority = spawn(process.execPath, [fileURLToPath(new URL('authority.mjs', import.meta.url)), file('authority'), ...SIGNERS], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [address] = await once(createInterface(authority.stdout), 'line')
  const time = ['--timestamp', `${address}/time`]
  for (const one of cases) made.set(one, levelsOf(signedBy(SIGNERS.slice(0, one.count), one.stamped ? time : []), time))
  further = furtherOf(signedBy(['ada'], time, 3), time)
  authority.stdin.end()
  await once(authority, 'exit')
})

after(() => rmSync(folder, { recursive: true, force: true }))

for (const one of cases) {
  const { count, stamped } = one
  test(`${count} signed ${stamped ? 'with trusted time' : 'by the clock'}: every level is reached and passes every judge`, () => {
    const { signed, t, lt, lta, renewed } = made.get(one)
    judge(signed, count, stamped ? 'B-T' : 'B-B')
    judge(t, count, 'B-T')
    judge(lt, count, 'B-LT')
    judge(lta, count, 'B-LTA')
    judge(renewed, count, 'B-LTA')
    assert.deepEqual(veraPdf([signed, t, lt, lta, renewed]), [])
  })
}

test('each further signature on one file passes every judge', () => {
  const { signed, lta } = further
  signed.forEach((pdf, nth) => judge(pdf, nth + 1, 'B-T'))
  judge(lta, SIGNERS.length, 'B-LTA')
  assert.deepEqual(veraPdf([...signed, lta]), [])
})

function levelsOf(signed, time) {
  const [t, lta] = [extended(signed, 't', time), extended(signed, 'lta', time)]
  return { signed, t, lt: extended(t, 'lt', time), lta, renewed: extended(lta, 'lta', time) }
}

/** The same file with one signature more each time. */
function furtherOf(first, time) {
  const signed = [first]
  for (const name of SIGNERS.slice(1)) {
    const more = file(`further-${name}.pdf`)
    rapporteur('sign', signed.at(-1), '-o', more, '--sign', file(`authority/${name}.p12`), '--passphrase-file', file('authority/secret'), ...time)
    signed.push(more)
  }
  return { signed, lta: extended(signed.at(-1), 'lta', time) }
}

/** A report with as many places as it needs, signed by these. */
function signedBy(names, options, places = names.length) {
  const report = sampleReport('rfo')
  const [person] = report.signatories
  const signatories = SIGNERS.slice(0, places).map((name, at) => ({ ...person, id: `0199e8f5-1580-7000-8000-0000000d000${at}`, person: { ...person.person, name: `${name} Specimen` } }))
  const [json, pdf] = [file('report.json'), file(`${names.join('-')}-${options.length}-${places}.pdf`)]
  writeFileSync(json, JSON.stringify({ ...report, signatories }))
  rapporteur('export', json, '-o', pdf, ...names.flatMap((name) => ['--sign', file(`authority/${name}.p12`), '--passphrase-file', file('authority/secret')]), ...options)
  return pdf
}

function extended(pdf, level, options) {
  const more = pdf.replace(/\.pdf$/, `-${level}.pdf`)
  rapporteur('extend', pdf, '-o', more, '--level', level, ...options)
  return more
}

function judge(pdf, people, level) {
  const { bottom_line: bottomLine, signatures } = JSON.parse(rapporteur('verify', pdf, '--trust', file('authority/root.pem'), '--trust', file('authority/issuing.pem'), '--json'))
  assert.equal(bottomLine, 'sound')
  assert.deepEqual(signatures.map((one) => one.level).filter((one) => one !== 'timestamp'), Array(people).fill(level))
  assert.ok(signatures.every(({ trusted }) => trusted === 'trusted'))
  assert.deepEqual(qpdf(pdf), [])
  // Proofs come after the last signature, and no signature covers them until the document is stamped anew.
  const uncovered = level === 'B-LT' ? ['no signature covers the whole file'] : []
  assert.deepEqual(pdfSig(pdf, people, signatures.length - people), uncovered)
  const lasting = pyHankoLasting(pdf, file('authority/root.pem'), people)
  if (level.startsWith('B-L')) assert.deepEqual(lasting, [])
  else assert.notDeepEqual(lasting, [], 'no proof travels yet')
}
