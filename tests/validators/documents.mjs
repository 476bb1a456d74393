// Every kind of PDF that Rapporteur writes, made by its own command line from the samples that ship: the work to be judged.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { certificateOf } from './judges.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(top, 'target', 'validators')
const SAMPLES = join(top, 'crates', 'report', 'templates')
const PROGRAM = process.env.RAPPORTEUR_CLI ?? join(top, 'target', 'debug', 'rapporteur')

/** How often the prose of a sample is repeated to make a report of at least 30 pages. */
const LONG = 60

/**
 * Writes them below target/validators and returns for each `{name, path, signatures, headings}`: how many signatures it must
 * have, and the headings its form requires, in their order. `trusted` are the certificates of the signers.
 */
export function makeDocuments() {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const signers = ['Ada Ferrer', 'Bo Lind'].map(identity)
  const documents = samples().flatMap(({ name, report }) => {
    const long = { ...report, sections: report.sections.map((section) => ({ ...section, body: repeated(section.body) })) }
    return [
      document(`${name}-draft`, report, ['--draft']),
      document(`${name}-unsigned`, report, []),
      document(`${name}-signed`, report, [], signers.slice(0, 1)),
      document(`${name}-signed-twice`, report, [], signers),
      document(`${name}-long`, long, [], signers.slice(0, 1)),
    ]
  })
  return { documents, trusted: signers.map(({ certificate }) => certificate) }
}

/** Runs the command line and returns what it printed; a failure is thrown with its own words. */
export function rapporteur(...args) {
  const ran = spawnSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (ran.error) throw new Error(`${PROGRAM} cannot be run: ${ran.error.message}`)
  if (ran.status !== 0) throw Object.assign(new Error(`rapporteur ${args.join(' ')} ended with ${ran.status}: ${ran.stderr.trim()}`), ran)
  return ran.stdout
}

function samples() {
  const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.sample.json')).sort()
  if (files.length === 0) throw new Error(`no samples in ${SAMPLES}`)
  return files.map((file) => ({ name: file.replace('.sample.json', ''), report: JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')) }))
}

function document(name, report, options, signers = []) {
  const [json, path] = [join(FOLDER, `${name}.json`), join(FOLDER, `${name}.pdf`)]
  writeFileSync(json, JSON.stringify(report))
  const signing = signers.flatMap(({ identity, passphrase }) => ['--sign', identity, '--passphrase-file', passphrase])
  rapporteur('export', json, '-o', path, ...options, ...signing)
  const headings = report.template.section.filter((rule) => rule.required && !rule.silent).map((rule) => rule.heading)
  return { name, path, signatures: signers.length, headings }
}

function repeated(body) {
  return Array.from({ length: LONG }, () => body).flat()
}

function identity(name) {
  const file = (ending) => join(FOLDER, `${name.replace(' ', '-').toLowerCase()}.${ending}`)
  const [identity, passphrase] = [file('p12'), file('passphrase')]
  writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 })
  rapporteur('identity', 'new', '--name', name, '--organisation', 'Northwind Exchange', '-o', identity, '--passphrase-file', passphrase)
  return { identity, passphrase, certificate: certificateOf(identity, passphrase, file('pem')) }
}
