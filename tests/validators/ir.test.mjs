// The JSON that a DORA report is handed in as, judged by another's validator against our encoding of the format: it takes what we write at
// every stage, and refuses what ours refuses (the same faults are held against our own validator in crates/report/src/outgoing/ir.rs).
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { rapporteur, sampleReport } from './documents.mjs'
import { jsonSchema } from './judges.mjs'

const here = (path) => fileURLToPath(new URL(`../../crates/report/schema/${path}`, import.meta.url))
const SCHEMA = here('ir-1.2.schema.json')
const FAULTS = JSON.parse(readFileSync(here('ir-1.2.faults.json'), 'utf8'))

const folder = mkdtempSync(join(tmpdir(), 'ir-'))
after(() => rmSync(folder, { recursive: true }))

for (const stage of ['dora-initial', 'dora-intermediate', 'dora-final']) {
  test(`${stage}: what is handed in is valid`, () => {
    assert.deepEqual(jsonSchema(SCHEMA, [handedIn(stage)]), [])
  })
}

test('what our own validator refuses is refused', () => {
  const sound = JSON.parse(readFileSync(handedIn('dora-final'), 'utf8'))
  const files = FAULTS.map((fault, at) => file(`fault-${at}.json`, JSON.stringify(withFault(sound, fault))))
  const complaints = jsonSchema(SCHEMA, files)
  const let_through = FAULTS.filter((_, at) => !complaints.some((line) => line.startsWith(files[at])))
  assert.deepEqual(let_through, [])
})

function handedIn(stage) {
  const [report, out] = [file(`${stage}.report.json`, JSON.stringify(sampleReport(stage))), join(folder, `${stage}.json`)]
  rapporteur('export', report, '--as', 'ir-1.2', '-o', out)
  return out
}

/** A copy with the value at a path replaced; without a value, taken out. */
function withFault(sound, { path, value }) {
  const copy = structuredClone(sound)
  const keys = path.split('.')
  const last = keys.pop()
  const inner = keys.reduce((node, key) => node[key], copy)
  if (value === undefined) delete inner[last]
  else inner[last] = value
  return copy
}

function file(name, text) {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
