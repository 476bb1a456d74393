// `npm run bench`: how long the things take that people wait for, each beside a peer measured in the same run, as a ratio.
// Usage: node scripts/bench.mjs [print | keys | intake | sign | window]...     all of them when none is named. What was printed stays in target/bench.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { chat } from '../tests/bench/chat.mjs'
import { content, MANY, PROSE, ROWS, WIDE } from '../tests/bench/content.mjs'
import { BARE, keys } from '../tests/bench/keys.mjs'
import { windows } from '../tests/bench/window.mjs'
import { cached, pyHankoProgram } from '../tests/validators/judges.mjs'
import { fail, step, top } from './run.mjs'

const ROUNDS = 7
const KEYS = 300
const FOLDER = join(top, 'target', 'bench')
const FONTS = join(top, 'crates', 'paper', 'fonts')
const CLI = join(top, 'target', 'release', 'rapporteur')
const SUBJECTS = { print: printing, keys: keystrokes, intake: importing, sign: signing, window: startOfWindow }

const asked = process.argv.slice(2)
const strange = asked.find((subject) => !(subject in SUBJECTS))
if (strange) fail(`there is nothing to measure called ${strange}; there are: ${Object.keys(SUBJECTS).join(', ')}`)
const subjects = asked.length > 0 ? asked : Object.keys(SUBJECTS)

mkdirSync(FOLDER, { recursive: true })
step('the command line, as released', 'cargo', ['build', '--release', '-p', 'rapporteur-cli'])
const python = subjects.some((subject) => subject === 'print' || subject === 'keys') ? typst() : undefined
writeContent()
console.log(`\n${cpus().length} × ${cpus()[0].model.trim()}, load before: ${loadavg()[0].toFixed(2)}`)
for (const subject of subjects) await SUBJECTS[subject]()

/** A finished PDF/A-3a on disk from data on disk, each time in a fresh process. */
function printing() {
  const ours = [CLI, 'export', 'report.json', '-o', 'rapporteur.pdf']
  const theirs = [python, join(top, 'tests', 'bench', 'typst_once.py'), 'report.typ', 'typst.pdf', FONTS]
  const bare = [python, '-c', 'import typst']
  const taken = inTurn({ ours, theirs, bare }, ROUNDS)
  const [mine, peer, start] = [taken.ours, taken.theirs, taken.bare]
  table(`A report of ${pages('rapporteur.pdf')} pages to PDF/A-3a, cold process (Typst sets the same words on ${pages('typst.pdf')})`, [
    ['', 'Rapporteur', 'Typst', 'ratio'],
    ['time on the clock', ms(mine.wall), ms(peer.wall), ratio(mine.wall, peer.wall)],
    ['  without Python’s start', ms(mine.wall), ms(peer.wall - start.wall), ratio(mine.wall, peer.wall - start.wall)],
    ['processor time', ms(mine.cpu), ms(peer.cpu), ratio(mine.cpu, peer.cpu)],
    ['peak memory', mb(mine.peak), mb(peer.peak), ratio(mine.peak, peer.peak)],
  ])
}

/** From a key to the disk and to the page, in the running application. */
function keystrokes() {
  const ran = run('cargo', ['bench', '-q', '-p', 'journeys', '--bench', 'keystrokes'], { RAPPORTEUR_BENCH_REPORT: join(FOLDER, 'rows.json') })
  const took = JSON.parse(ran.trim().split('\n').at(-1))
  const again = 1000 * Number(run(python, [join(top, 'tests', 'bench', 'typst_again.py'), join(FOLDER, 'rows.typ'), FONTS, '15']))
  table(`A key pressed in a report of ${took.pages} pages and ${ROWS.events} rows, all in one running process`, [
    ['', 'Rapporteur', 'peer', 'ratio', 'the peer'],
    ['to the findings', ms(took.edited), '', '', ''],
    ['to the disk', ms(took.saved), ms(took.sqlite), ratio(took.saved, took.sqlite), 'SQLite alone, the same bytes, WAL, synchronous=FULL'],
    ['to the pages', ms(took.previewed), ms(again), ratio(took.previewed, again), 'Typst compiling again after one letter'],
  ])
}

/** A night's chat becomes a report on disk: read, put into a form, its rows dated, all of it checked. */
function importing() {
  const ours = [CLI, 'import', 'chat.txt', '-o', 'imported.json']
  const theirs = ['python3', join(top, 'tests', 'bench', 'chat.py'), 'chat.txt', 'split.json']
  const taken = inTurn({ ours, theirs }, ROUNDS)
  const rows = JSON.parse(readFileSync(join(FOLDER, 'imported.json'), 'utf8')).timeline.length
  table(`A chat of 10,000 lines (${rows} rows), cold process`, [
    ['', 'Rapporteur', 'Python', 'ratio', 'the peer'],
    ['time on the clock', ms(taken.ours.wall), ms(taken.theirs.wall), ratio(taken.ours.wall, taken.theirs.wall), 'the same lines split by `re` and written as JSON, unread'],
    ['processor time', ms(taken.ours.cpu), ms(taken.theirs.cpu), ratio(taken.ours.cpu, taken.theirs.cpu), ''],
    ['peak memory', mb(taken.ours.peak), mb(taken.theirs.peak), ratio(taken.ours.peak, taken.theirs.peak), ''],
  ])
}

/** A signature in a running process; a signed file of five megabytes judged by a fresh one; a hundred files judged by one. */
function signing() {
  const secret = 'correct horse'
  writeFileSync(join(FOLDER, 'pass'), `${secret}\n`)
  rmSync(join(FOLDER, 'ada.p12'), { force: true })
  run(CLI, ['identity', 'new', '--name', 'Ada', '-o', 'ada.p12', '--passphrase-file', 'pass'])
  run(CLI, ['export', 'report.json', '-o', 'unsigned.pdf', '--force'])
  const given = { RAPPORTEUR_BENCH_PDF: join(FOLDER, 'unsigned.pdf'), RAPPORTEUR_BENCH_IDENTITY: join(FOLDER, 'ada.p12'), RAPPORTEUR_BENCH_PASSPHRASE: secret }
  const took = JSON.parse(run('cargo', ['bench', '-q', '-p', 'seal', '--bench', 'signing'], given).trim().split('\n').at(-1))
  const script = join(top, 'tests', 'bench', 'pyhanko_sign.py')
  const peer = 1000 * Number(run(join(dirname(pyHankoProgram()), 'python'), [script, 'unsigned.pdf', 'ada.p12', secret, '15']))
  table(`A report of ${pages('unsigned.pdf')} pages signed (P-256, PAdES B-B) in one running process; and judged`, [
    ['', 'Rapporteur', 'pyHanko', 'ratio'],
    ['signed', ms(took.signed), ms(peer), ratio(took.signed, peer)],
    ['judged', ms(took.judged), '', ''],
  ])

  const sign = ['--sign', 'ada.p12', '--passphrase-file', 'pass', '--force']
  run(CLI, ['export', 'wide.json', '-o', 'wide.pdf', ...sign])
  const { ours, theirs } = inTurn({ ours: [CLI, 'verify', 'wide.pdf'], theirs: ['pdfsig', '-nocert', 'wide.pdf'] }, ROUNDS)
  table(`A signed file of ${mb(statSync(join(FOLDER, 'wide.pdf')).size)} judged, cold process`, [
    ['', 'Rapporteur', 'pdfsig', 'ratio'],
    ['time on the clock', ms(ours.wall), ms(theirs.wall), ratio(ours.wall, theirs.wall)],
    ['processor time', ms(ours.cpu), ms(theirs.cpu), ratio(ours.cpu, theirs.cpu)],
    ['peak memory', mb(ours.peak), mb(theirs.peak), ratio(ours.peak, theirs.peak)],
  ])

  run(CLI, ['export', 'report.json', '-o', 'signed.pdf', ...sign])
  const many = Array.from({ length: 100 }, (_, nth) => `many-${nth}.pdf`)
  many.forEach((name) => copyFileSync(join(FOLDER, 'signed.pdf'), join(FOLDER, name)))
  const { all } = inTurn({ all: [CLI, 'verify', '--json', ...many] }, ROUNDS)
  table(`A hundred signed files of ${pages('signed.pdf')} pages judged, cold process`, [
    ['', 'Rapporteur'],
    ['time on the clock', ms(all.wall)],
    ['processor time', ms(all.cpu)],
    ['peak memory', mb(all.peak)],
  ])
  many.forEach((name) => rmSync(join(FOLDER, name)))
}

/** From a double click to a window that can be used. */
async function startOfWindow() {
  const { ours, theirs, alone, built } = await windows(ROUNDS)
  table(`From the start of the process to a painted window that answers (${built})`, [
    ['', 'Rapporteur', 'MiniBrowser, one line of text', 'ratio'],
    ['time on the clock', ms(median(ours)), ms(median(theirs)), ratio(median(ours), median(theirs))],
    ['  of our process alone, to the painted list', ms(median(alone)), '', ''],
  ])
  const { took } = await keys(KEYS, { '30 pages': join(FOLDER, 'report.json'), '30 pages and 3,000 rows': join(FOLDER, 'many.json') })
  const peer = took[BARE]
  const rows = Object.entries(took).map(([where, list]) => [
    where, ...['busy', 'free', 'second'].flatMap((what) => [ms(at(list, what, 0.5)), ms(at(list, what, 0.95)), ratio(at(list, what, 0.5), at(peer, what, 0.5))]),
  ])
  table(`The window's thread at work for a key; from the key to the page that can take the next one, and to the second frame (${built}; ${KEYS} keys each)`, [
    ['', 'at work: median', '95 %', 'ratio', 'free: median', '95 %', 'ratio', 'frame: median', '95 %', 'ratio'],
    ...rows,
  ])
}

/** The value that this share of all keys stays below. */
function at(list, what, share) {
  const values = list.map((one) => one[what]).toSorted((a, b) => a - b)
  return values[Math.min(values.length - 1, Math.floor(values.length * share))]
}

/** Runs each command once to warm the disk's cache, then all of them in turn; gives the medians in milliseconds and bytes. */
function inTurn(commands, rounds) {
  const taken = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const { wall, cpu, peak } = JSON.parse(run('python3', [join(top, 'tests', 'bench', 'measure.py'), ...command]))
      if (round > 0) taken[name].push({ wall: wall * 1000, cpu: cpu * 1000, peak })
    }
  }
  const middle = (runs, key) => median(runs.map((one) => one[key]))
  return Object.fromEntries(Object.entries(taken).map(([name, runs]) => [name, { wall: middle(runs, 'wall'), cpu: middle(runs, 'cpu'), peak: middle(runs, 'peak') }]))
}

function writeContent() {
  run(CLI, ['new', 'sec-h9-summary', '-o', 'blank.json'])
  const blank = JSON.parse(readFileSync(join(FOLDER, 'blank.json'), 'utf8'))
  for (const [name, size] of Object.entries({ report: PROSE, rows: ROWS, many: MANY, wide: WIDE })) {
    const { report, typst } = content(blank, size)
    writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(report))
    writeFileSync(join(FOLDER, `${name}.typ`), typst)
  }
  writeFileSync(join(FOLDER, 'chat.txt'), chat())
}

/** The Python of an environment that has Typst, made once. */
function typst() {
  const folder = cached('typst', ['../bench/requirements.txt'], (made) => {
    run('python3', ['-m', 'venv', made])
    run(join(made, 'bin', 'pip'), ['install', '-q', '--disable-pip-version-check', '-r', join(top, 'tests', 'bench', 'requirements.txt')])
  })
  return join(folder, 'bin', 'python')
}

function pages(name) {
  return Number(run('pdfinfo', [name]).match(/^Pages: +(\d+)/m)?.[1])
}

function run(command, args, env = {}) {
  const ran = spawnSync(command, args, { cwd: command === 'cargo' ? top : FOLDER, encoding: 'utf8', env: { ...process.env, ...env } })
  if (ran.error) fail(`${command}: ${ran.error.message}`)
  if (ran.status !== 0) fail(`${[command, ...args].join(' ')} ended with ${ran.status}: ${ran.stderr.trim()}`)
  return ran.stdout
}

function table(title, rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  console.log(`\n${title}\n`)
  for (const row of rows) console.log(`  ${row.map((cell, column) => (column === 0 || column > 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('   ').trimEnd()}`)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function ms(value) {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
}

function mb(bytes) {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}

function ratio(mine, theirs) {
  return (mine / theirs).toFixed(2)
}
