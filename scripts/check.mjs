// `npm run check`: what can be said about the sources without running them.
import { ask, FEATURES, say, step, summary } from './run.mjs'

step('what the tools need', 'node', ['scripts/setup.mjs', 'window'])
step('Rust is formatted', 'cargo', ['fmt', '--all', '--check'])
step('the window: types, lints, arrows', 'npm', ['run', '--silent', 'ui:check'])
step('the window, built', 'npm', ['run', '--silent', 'ui:build']) // the desktop crate embeds it
step('Rust: lints', 'cargo', ['clippy', '--workspace', '--all-targets', ...FEATURES, '--', '-D', 'warnings'])
step('licences of all that is built in', 'node', ['scripts/licences.mjs'])
if (ask('cargo', ['deny', '--version'])) step('cargo-deny: advisories, bans, sources', 'cargo', ['deny', 'check'])
else say('cargo-deny is not installed, so advisories were not looked up: cargo install cargo-deny --locked')
summary('Nothing to complain about.')
