// `npm run package`: the Debian package of the release build, with window and command line, and its fingerprint.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, step, top } from './run.mjs'

if (process.platform !== 'linux') fail('packages are made on Linux so far; here `npm run tauri build` makes the bundle of this system, untried')

step('what the machine needs', 'node', ['scripts/setup.mjs', 'window'])
step('the command line', 'cargo', ['build', '--release', '-p', 'rapporteur-cli'])
const files = { '/usr/bin/rapporteur': '../target/release/rapporteur' } // added to those of tauri.conf.json
const config = JSON.stringify({ bundle: { linux: { deb: { files } } } })
step('the window and the package', 'npm', ['run', '--silent', 'tauri', '--', 'build', '--bundles', 'deb', '--config', config])

const folder = join(top, 'target', 'release', 'bundle', 'deb')
for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
  const path = join(folder, name)
  console.log(`${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${path}`)
}
