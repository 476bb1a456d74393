// `npm run e2e [FILE...]`: the tests of the real window, on screens that nobody sees. Pictures are left in target/e2e.
// Each window has a screen of its own, so that none takes the keyboard from another; as many run at once as there are cores, up to four.
// A test waits for what it needs, never for a time: it passes beside others as it does alone.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fail, say, top } from './run.mjs'

const MINUTES = 90
const MOST = 4

const given = process.argv.slice(2)
const folder = join(top, 'tests', 'e2e')
const files = given.length > 0 ? given : readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => join('tests', 'e2e', name))
if (files.length === 0) fail(`no tests in ${folder}`)

// The long ones first, so that the last to end is a short one; how long a test is written tells about how long it takes.
const waiting = files.toSorted((a, b) => statSync(join(top, b)).size - statSync(join(top, a)).size)
const failed = []
const late = AbortSignal.timeout(MINUTES * 60_000)

say('the real window under Xvfb')
await Promise.all(Array.from({ length: Math.min(MOST, files.length, availableParallelism()) }, onScreen))
if (failed.length > 0) fail(`these did not pass: ${failed.join(', ')}`)

/** Opens a screen and runs one file after another on it while any waits. */
async function onScreen() {
  // Without -noreset the screen starts anew whenever the last window closes, and refuses one that opens just then.
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-noreset', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  screen.on('error', (cause) => fail(`no screen can be made: ${cause.message}; on Debian and Ubuntu apt-get install xvfb`))
  const [number] = await once(screen.stdio[3], 'data')
  try {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) if (!(await passes(file, `:${String(number).trim()}`))) failed.push(file)
  } finally {
    screen.kill()
  }
}

/** Runs one file; what it prints is shown when it has ended, in one piece. */
async function passes(file, display) {
  const began = Date.now()
  const test = spawn(process.execPath, ['--test', '--test-reporter=spec', file], { cwd: top, env: { ...process.env, DISPLAY: display }, signal: late, killSignal: 'SIGKILL' })
  test.on('error', () => undefined) // aborted: its exit says so
  const said = []
  for (const pipe of [test.stdout, test.stderr]) pipe.on('data', (part) => said.push(part))
  const [code] = await once(test, 'close')
  process.stdout.write(Buffer.concat(said))
  say(`${file}: ${code === 0 ? 'passed' : late.aborted ? `not over after ${MINUTES} minutes` : 'FAILED'} (${((Date.now() - began) / 1000).toFixed(0)} s)`)
  return code === 0
}
