// Running other programs, for the scripts beside this file: a heading, the program's own output, the time it took.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top folder of the repository; every program runs there. */
export const top = fileURLToPath(new URL('..', import.meta.url))

/** What is passed to cargo everywhere, so that tauri and all above it compile once. */
export const FEATURES = ['--features', 'custom-protocol']

const windows = process.platform === 'win32'

// A fresh rustup has not yet reached the PATH of the shell that npm was called from.
const cargoHome = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin')
if (existsSync(cargoHome)) process.env.PATH = `${process.env.PATH}${delimiter}${cargoHome}`

/** Ends the script with one sentence about what went wrong and what to do. */
export function fail(sentence) {
  console.error(`error: ${sentence}`)
  process.exit(1)
}

export function say(sentence) {
  console.log(`==> ${sentence}`)
}

/** Runs one step of a longer script, its output shown; the script ends with the first step that fails. */
export function step(title, command, args, options = {}) {
  say(title)
  const began = Date.now()
  const code = show(command, args, options)
  if (code !== 0) fail(`${title}: ${[command, ...args].join(' ')} ended with ${code}`)
  done.push(`${((Date.now() - began) / 1000).toFixed(1).padStart(7)} s  ${title}`)
}

const done = []

/** Prints what was run and how long it took: the last lines of a script that went well. */
export function summary(sentence) {
  console.log(['', ...done, sentence].join('\n'))
}

/** Runs a program with its output shown, and returns its exit code. */
export function show(command, args, { env = {}, seconds } = {}) {
  const ran = spawnSync(command, args, {
    cwd: top,
    stdio: 'inherit',
    shell: windows && command === 'npm', // npm is a batch file there
    env: { ...process.env, ...env },
    timeout: seconds === undefined ? undefined : seconds * 1000,
    killSignal: 'SIGKILL',
  })
  if (ran.error?.code === 'ENOENT') return `${command} not found`
  return ran.status ?? `signal ${ran.signal}`
}

/** Runs a program quietly and returns what it printed, or undefined when it cannot be run or fails. */
export function ask(command, args) {
  const ran = spawnSync(command, args, { cwd: top, encoding: 'utf8', shell: windows && command === 'npm' })
  return ran.status === 0 ? ran.stdout : undefined
}
