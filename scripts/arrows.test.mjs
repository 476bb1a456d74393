// The lint of imports can fail: each wrong arrow is put into a small tree and must be named.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { wrongArrows } from './arrows.mjs'

test('an import that points down is left in peace', () =>
  check({ 'state/desk.ts': "import { host } from '../host'", 'host/index.ts': '', 'App.svelte': script("import './editor/Editor.svelte'") }, []))

test('the host may not look up', () =>
  check({ 'host/tauri.ts': "import { desk } from '../state/desk'" }, ['host/tauri.ts: host may not import state']))

test('a part knows no domain, not even as a type', () =>
  check({ 'parts/Button.svelte': script("import type { Report } from '../host/types/Report'") }, ['parts/Button.svelte: parts may not import host']))

test('only the host knows Tauri, and a dynamic import is an import', () =>
  check({ 'library/open.ts': "await import('@tauri-apps/plugin-dialog')" }, ['library/open.ts: @tauri-apps/plugin-dialog may be imported only in host']))

test('a re-export is an import', () =>
  check({ 'words/index.ts': "export { desk } from '../state/desk'" }, ['words/index.ts: words may not import state']))

test('nobody imports the roof', () =>
  check({ 'editor/back.ts': "import App from '../App.svelte'" }, ['editor/back.ts: editor may not import ../App.svelte']))

test('a folder without a line in the table is refused', () =>
  check({ 'misc/a.ts': "import 'svelte'" }, ['misc/a.ts: the folder misc has no line in scripts/arrows.mjs']))

function check(files, expected) {
  const root = mkdtempSync(join(tmpdir(), 'arrows-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    assert.deepEqual(wrongArrows(root), expected)
  } finally {
    rmSync(root, { recursive: true })
  }
}

function script(text) {
  return `<script lang="ts">\n  ${text}\n</script>\n<p>x</p>\n`
}
