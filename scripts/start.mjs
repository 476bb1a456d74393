// `npm start`: from a fresh clone to the open window. Without a display: to a finished sample, filled, checked, signed and verified.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, FEATURES, say, show, step, top } from './run.mjs'

const program = (name) => join(top, 'target', 'debug', process.platform === 'win32' ? `${name}.exe` : name)
const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY

if (display) openWindow()
else withoutWindow()

function openWindow() {
  step('what the machine needs', 'node', ['scripts/setup.mjs', 'window'])
  step('the window', 'npm', ['run', '--silent', 'ui:build'])
  step('the application (the first time takes some minutes)', 'cargo', ['build', '-p', 'rapporteur-desktop', ...FEATURES])
  say('Rapporteur opens; this command ends when its window is closed')
  const code = show(program('rapporteur-desktop'), process.argv.slice(2))
  if (code !== 0) fail(`the application ended with ${code}`)
}

function withoutWindow() {
  say('there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open: making the sample without one')
  step('what the machine needs', 'node', ['scripts/setup.mjs', 'command-line'])
  step('the command line (the first time takes some minutes)', 'cargo', ['build', '-p', 'rapporteur-cli'])
  const folder = join(top, 'target', 'demo')
  rmSync(folder, { recursive: true, force: true })
  const code = show(program('rapporteur'), ['demo', folder])
  if (code !== 0 || !existsSync(folder)) fail(`rapporteur demo ended with ${code} and left ${existsSync(folder) ? 'an unfinished sample' : 'nothing'}`)
  for (const name of readdirSync(folder).sort()) console.log(join(folder, name))
}
