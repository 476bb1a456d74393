// `npm run check`: what can be said about the sources without running them.
import { ask, FEATURES, say, step, summary } from './run.mjs'

step('what the tools need', 'node', ['scripts/setup.mjs', 'window'])
step('Rust is formatted', 'cargo', ['fmt', '--all', '--check'])
step('the window: types, lints, arrows', 'npm', ['run', '--silent', 'ui:check'])
step('the window, built', 'npm', ['run', '--silent', 'ui:build']) // the desktop crate embeds it
step('Rust: lints', 'cargo', ['clippy', '--workspace', '--all-targets', ...FEATURES, '--', '-D', 'warnings'])
dependencies()
summary('Nothing to complain about.')

/** Licences, bans and sources need no network; the database of advisories does, and a machine without it may still check the rest. */
function dependencies() {
  if (!ask('cargo', ['deny', '--version'])) return say('cargo-deny is not installed, so dependencies were not judged: cargo install cargo-deny --locked --debug')
  step('dependencies: licences, bans, sources', 'cargo', ['deny', 'check', 'licenses', 'bans', 'sources'])
  if (ask('cargo', ['deny', 'fetch', 'db']) === undefined) return say('the database of advisories cannot be fetched here, so advisories were not looked up')
  step('dependencies: advisories', 'cargo', ['deny', 'check', 'advisories'])
}
