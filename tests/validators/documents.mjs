// Every kind of PDF that Rapporteur writes, made by its own command line from the samples that ship: the work to be judged.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { certificateOf } from './judges.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(top, 'target', 'validators')
const SAMPLES = join(top, 'crates', 'report', 'templates')
const PHOTOGRAPH = join(top, 'tests', 'fixtures', 'cabinet.jpg')
const PROGRAM = process.env.RAPPORTEUR_CLI ?? join(top, 'target', 'debug', 'rapporteur')

/** One form of each frame (a letter, a table with headings, a review), and the one with most headings: of these, pages of every kind. */
const EVERY_KIND = ['ccadb-3.2', 'post-incident-review', 'rfo', 'sec-h9-summary']

/** How many letters of prose make a report of at least 30 pages, whatever else its form prints. */
const LONG = 120_000

/**
 * Writes them below target/validators and returns for each `{name, path, signatures, headings}`: how many signatures it must
 * have, and the headings its form requires, in their order. `trusted` are the certificates of the signers.
 */
export function makeDocuments() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  cpSync(join(SAMPLES, 'attachments'), join(FOLDER, 'attachments'), { recursive: true })
  const signers = ['Ada Ferrer', 'Bo Lind'].map(identity)
  const documents = samples().flatMap(({ name, report }) => {
    // A form that names nobody to sign has a place for whoever signs it.
    const places = signers.slice(0, Math.max(1, report.signatories?.length ?? 0))
    const made = [
      document(`${name}-draft`, withWaitingWords(report), ['--draft']),
      document(`${name}-signed`, report, [], places.slice(0, 1)),
      ...(places.length > 1 ? [document(`${name}-signed-twice`, report, [], places)] : []),
    ]
    return EVERY_KIND.includes(name) ? [...made, ...otherKinds(name, report, places.slice(0, 1))] : made
  })
  return { documents, trusted: signers.map(({ certificate }) => certificate) }
}

function otherKinds(name, report, signer) {
  const prose = lettersOf(report.sections.map(({ body }) => body))
  const long = { ...report, sections: report.sections.map((section) => ({ ...section, body: repeated(section.body, prose) })) }
  return [
    document(`${name}-unsigned`, report, []),
    document(`${name}-letter-paper`, report, ['--paper', 'letter'], signer),
    document(`${name}-figures`, withFigures(report), [], signer),
    document(`${name}-long`, long, [], signer),
  ]
}

/** Runs the command line and returns what it printed; a failure is thrown with its own words. */
export function rapporteur(...args) {
  const ran = spawnSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (ran.error) throw new Error(`${PROGRAM} cannot be run: ${ran.error.message}`)
  if (ran.status !== 0) throw Object.assign(new Error(`rapporteur ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.trim()}`), ran)
  return ran.stdout
}

/** One sample with its form. */
export function sampleReport(name) {
  return samples().find((sample) => sample.name === name).report
}

/** The samples, each with the form it fills as this build ships it. */
function samples() {
  const forms = JSON.parse(rapporteur('templates', '--json'))
  const names = readdirSync(SAMPLES).filter((name) => name.endsWith('.sample.json')).map((name) => name.replace('.sample.json', '')).sort()
  if (names.length === 0) throw new Error(`no samples in ${SAMPLES}`)
  return names.map((name) => {
    const template = forms.find(({ id }) => id === name)
    if (!template) throw new Error(`the command line knows no form ${name}`)
    return { name, report: { ...JSON.parse(readFileSync(join(SAMPLES, `${name}.sample.json`), 'utf8')), template } }
  })
}

function document(name, report, options, signers = []) {
  const [json, path] = [join(FOLDER, `${name}.json`), join(FOLDER, `${name}.pdf`)]
  writeFileSync(json, JSON.stringify(report))
  const signing = signers.flatMap(({ identity, passphrase }) => ['--sign', identity, '--passphrase-file', passphrase])
  rapporteur('export', json, '-o', path, ...options, ...signing)
  const headings = report.template.section.filter((rule) => rule.required && !rule.silent).map((rule) => rule.heading)
  return { name, path, signatures: signers.length, headings }
}

function repeated(body, prose) {
  return prose === 0 ? body : Array.from({ length: Math.ceil(LONG / prose) }, () => body).flat()
}

/** How many letters stand in rich text, or in a list of it. */
function lettersOf(content) {
  return content.reduce((sum, node) => sum + (Array.isArray(node) ? lettersOf(node) : (node.text?.length ?? 0) + lettersOf(node.content ?? [])), 0)
}

/** With words that still wait to be placed, which a draft prints at its end. */
function withWaitingWords(report) {
  const texts = ['A lone line', 'Cell\tby\tcell', 'First line\nSecond line', 'A long text that goes on. '.repeat(300)]
  const unplaced = texts.map((text, at) => ({ id: `0199e8f5-1580-7000-8000-0000000e000${at}`, text, source: at < 2 ? 'under “Notes”' : 'before the first heading' }))
  return { ...report, unplaced }
}

/** A photograph (JPEG) and three drawings (PNG: colours, grey, transparent) in the first section that has words. */
function withFigures(report) {
  const pictures = [
    { name: 'cabinet.jpg', type: 'image/jpeg', bytes: readFileSync(PHOTOGRAPH), alt: 'An open cabinet with two red lamps' },
    ...[['colours', 2, 3], ['grey', 0, 1], ['transparent', 6, 4]].map(([kind, colour, components]) => ({
      name: `${kind}.png`, type: 'image/png', bytes: png(48, 32, colour, components), alt: `A drawing in ${kind}`,
    })),
  ]
  const attachments = pictures.map(({ name, type, bytes }, at) => {
    writeFileSync(join(FOLDER, 'attachments', name), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { id: `0199e8f5-1580-7000-8000-0000000f000${at}`, name, media_type: type, size: bytes.length, sha256, caption: '', evidence: false }
  })
  const figures = pictures.map(({ alt }, at) => ({
    type: 'figure', attrs: { attachment: attachments[at].id, alt }, content: [{ type: 'text', text: `Picture ${at + 1} as found` }],
  }))
  const first = report.sections.findIndex(({ body }) => body.length > 0)
  const sections = report.sections.map((section, at) => (at === first ? { ...section, body: [...section.body, ...figures] } : section))
  return { ...report, sections, attachments: [...(report.attachments ?? []), ...attachments] }
}

/** A PNG with a slope of light, eight bits a component (PNG 3rd edition, 11.2). */
function png(width, height, colour, components) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colour, 0, 0, 0], 8)
  const row = (y) => [0, ...Array.from({ length: width * components }, (_, x) => (x * 5 + y * 3) & 255)]
  const rows = Buffer.from(Array.from({ length: height }, (_, y) => row(y)).flat())
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** CRC-32 as PNG asks for it; zlib.crc32 is newer than the oldest Node we run on. */
function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function identity(name) {
  const file = (ending) => join(FOLDER, `${name.replace(' ', '-').toLowerCase()}.${ending}`)
  const [identity, passphrase] = [file('p12'), file('passphrase')]
  writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 })
  rapporteur('identity', 'new', '--name', name, '--organisation', 'Northwind Exchange', '-o', identity, '--passphrase-file', passphrase)
  return { identity, passphrase, certificate: certificateOf(identity, passphrase, file('pem')) }
}
