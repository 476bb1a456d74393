// `npm run types`: writes the TypeScript of every Rust type that the window sees into ui/src/host/types (see .cargo/config.toml).
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { step, top } from './run.mjs'

rmSync(join(top, 'ui/src/host/types'), { recursive: true, force: true }) // a type that is gone must not stay behind
step('types', 'cargo', ['test', '-p', 'report', '-p', 'store', '-p', 'seal', '-p', 'desk', '--lib', 'export_bindings'])
