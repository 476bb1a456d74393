// `npm run verdicts`: signed files, forged in every way we know, judged by us, pyHanko, pdfsig and by what five viewers show; writes VERDICTS.md.
// Usage: node scripts/verdicts.mjs [short | fuzz [MINUTES] | resources]     a few of them; updates made at random; files built to fill the memory
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { cached } from '../tests/validators/judges.mjs'
import { ask, fail, FEATURES, say, step, top } from './run.mjs'

const CLI = join(top, 'target', 'debug', 'rapporteur')
const FOLDER = join(top, 'target', 'verdicts')
const HERE = join(top, 'tests', 'verdicts')
/** Viewers beyond those of the validators, by the Debian package that has them. What is missing is left out, and the page says so. */
const VIEWERS = { gs: 'ghostscript', mutool: 'mupdf-tools' }

/** Of the files built to fill the memory, those that came nearest to it. */
const HUNGRIEST = ['numbers', 'keys', 'nested as deep as may be', 'numbers where the file must be searched', 'small dictionaries, each an object', 'pages', 'signature fields', 'sections of many entries']

const [subject = 'table', minutes = '10'] = process.argv.slice(2)
const missing = Object.keys(VIEWERS).filter((program) => ask(program, program === 'gs' ? ['--version'] : ['-v']) === undefined)
if (missing.length > 0) say(`not installed, so not asked: ${missing.join(', ')} (apt-get install ${missing.map((program) => VIEWERS[program]).join(' ')})`)
const python = cached('verdicts', ['../verdicts/requirements.txt'], (made) => {
  for (const [command, ...args] of [['python3', '-m', 'venv', made], [join(made, 'bin', 'pip'), 'install', '-q', '--disable-pip-version-check', '-r', join(HERE, 'requirements.txt')]]) {
    if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) fail(`${command} failed`)
  }
})
const program = (name, ...args) => step(`${name}, ${args.join(' ')}`, join(python, 'bin', 'python'), [join(HERE, name), ...args])

if (subject === 'resources') {
  step('the command line, as released', 'cargo', ['build', '--release', '-p', 'rapporteur-cli'])
  program('resources.py', join(top, 'target', 'release', 'rapporteur'))
} else {
  step('the command line', 'cargo', ['build', '--workspace', ...FEATURES])
  if (subject === 'short') {
    // A debug build takes some 12 MiB more and is slow.
    program('resources.py', CLI, '--size', '2', '--more', '16', '--seconds', '20', ...HUNGRIEST.flatMap((name) => ['--only', name]))
    program('verdicts.py', CLI, join(FOLDER, 'short'), '--every', '12', '--viewers', 'poppler')
  } else if (subject === 'fuzz') program('fuzz.py', CLI, join(FOLDER, 'found'), '--minutes', minutes)
  else program('verdicts.py', CLI, FOLDER, '--table', join(top, 'VERDICTS.md'))
}
