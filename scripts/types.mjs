// `npm run types`: writes the TypeScript of every Rust type that the window sees into ui/src/host/types (see .cargo/config.toml).
// They are written beside and then exchanged: a type that is gone does not stay behind, and a failure changes nothing.
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, say, step, top } from './run.mjs'

const types = join(top, 'ui', 'src', 'host', 'types')
const written = join(top, 'target', 'types')

rmSync(written, { recursive: true, force: true })
const crates = ['report', 'intake', 'store', 'seal', 'desk'].flatMap((name) => ['-p', name])
step('types', 'cargo', ['test', ...crates, '--lib', 'export_bindings'], { env: { TS_RS_EXPORT_DIR: written } })
if (!existsSync(written)) fail('no crate exports a type')
rmSync(types, { recursive: true, force: true })
renameSync(written, types)
say(`${readdirSync(types).length} files in ui/src/host/types`)
