// `npm run validate`: other people's validators on every kind of PDF we write. The PDFs stay in target/validators.
import { FEATURES, step } from './run.mjs'

step('what the validators need', 'node', ['scripts/setup.mjs', 'test'])
step('the command line', 'cargo', ['build', '--workspace', ...FEATURES])
step('the due times, for a second reckoning', 'cargo', ['build', '--workspace', ...FEATURES, '--example', 'due_times'])
step('the judges, and what they say', 'node', ['--test', 'tests/validators/judges.test.mjs', 'tests/validators/ir.test.mjs', 'tests/validators/clocks.test.mjs', 'tests/validators/documents.test.mjs', 'tests/validators/lasting.test.mjs'])
step('forged files, some of them', 'node', ['scripts/verdicts.mjs', 'short'])
