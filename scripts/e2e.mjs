// `npm run e2e`: the tests of the real window, on a screen that nobody sees. Pictures are left in target/e2e.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, step, top } from './run.mjs'

const MINUTES = 90

const given = process.argv.slice(2)
const folder = join(top, 'tests', 'e2e')
const files = given.length > 0 ? given : readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => join('tests', 'e2e', name))
if (files.length === 0) fail(`no tests in ${folder}`)

// One window at a time: two would fight for the two cores and make every wait a guess.
step('the real window under Xvfb', 'timeout', [
  '-k', '10', String(MINUTES * 60),
  // Without -noreset the screen starts anew whenever the last window closes, and refuses one that opens just then.
  'xvfb-run', '-a', '-s', '-screen 0 1400x1000x24 -noreset',
  'node', '--test', '--test-concurrency=1', ...files,
])
