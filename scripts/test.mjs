// `npm test`: everything that can tell whether the product works, from a fresh clone on. The first failure ends it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pyHankoProgram } from '../tests/validators/judges.mjs'
import { ask, fail, FEATURES, say, step, summary, top } from './run.mjs'

const TYPES = 'ui/src/host/types'

step('what the tests need', 'node', ['scripts/setup.mjs', 'test'])
step('the tools themselves', 'node', ['--test', 'scripts/arrows.test.mjs', 'tests/e2e/picture.test.mjs'])
step('the window without a window', 'npm', ['run', '--silent', 'ui:test'])
step('the window, built', 'npm', ['run', '--silent', 'ui:build'])
say('pyHanko, which the crates ask for a second opinion')
step('the crates and the journeys', 'cargo', ['test', '--workspace', ...FEATURES], { env: { RAPPORTEUR_PYHANKO: pyHankoProgram() } })
typesAreCommitted()
step('the programs', 'cargo', ['build', '--workspace', ...FEATURES])
step('other people\'s validators on our PDFs', 'npm', ['run', '--silent', 'validate'])
step('the real window', 'npm', ['run', '--silent', 'e2e'])
summary('All tests passed.')

/** The run above has written the shapes anew: what differs from the commit was forgotten. */
function typesAreCommitted() {
  if (!existsSync(join(top, '.git'))) return say('no git here: the generated types are not compared with the committed ones')
  const changed = ask('git', ['status', '--porcelain', '--', TYPES])
  if (changed === undefined) fail('git cannot say whether the generated types are committed')
  if (changed) fail(`the types generated from Rust are not those committed: npm run types, look at them, commit them\n${changed}`)
}
