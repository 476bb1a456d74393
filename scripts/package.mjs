// `npm run package`: the Debian package of the release build, and its fingerprint.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, step, top } from './run.mjs'

if (process.platform !== 'linux') fail('packages are made on Linux so far; here `npm run tauri build` makes the bundle of this system, untried')

step('what the machine needs', 'node', ['scripts/setup.mjs', 'window'])
step('the release build and its package', 'npm', ['run', '--silent', 'tauri', '--', 'build', '--bundles', 'deb'])

const folder = join(top, 'target', 'release', 'bundle', 'deb')
for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
  const path = join(folder, name)
  console.log(`${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${path}`)
}
