// Due times, reckoned a second time in Python with other people's calendars and clocks, and calendar files read by another's library.
// A long run: RAPPORTEUR_MOMENTS=10000 node --test tests/validators/clocks.test.mjs
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { rapporteur, sampleReport } from './documents.mjs'
import { calendarFaults, secondReckoning } from './judges.mjs'

const folder = mkdtempSync(join(tmpdir(), 'clocks-'))
after(() => rmSync(folder, { recursive: true }))

test('every due time is the one that another reckoning gives', () => {
  assert.deepEqual(secondReckoning(Number(process.env.RAPPORTEUR_MOMENTS ?? 2_000), Number(process.env.RAPPORTEUR_SEED ?? 1)), [])
})

test('calendar files are calendars to others, with a title of any shape and with nothing due', () => {
  const forms = ['gdpr-33', 'dora-initial', 'nis2-final', 'sec-8k-105', 'ccadb-3.2', 'sec-h9-summary', 'rfo']
  const open = forms.map((form) => ({ ...sampleReport(form), filings: [] }))
  const hostile = { ...sampleReport('gdpr-33'), filings: [], title: 'line\r\nbreak \u0007bell; comma, “quoted” \\ and a very long title '.repeat(4) }
  const files = [...open, hostile].map((report, at) => {
    const [path, out] = [join(folder, `${at}.json`), join(folder, `${at}.ics`)]
    writeFileSync(path, JSON.stringify(report))
    rapporteur('clocks', path, '--ics', out)
    return out
  })
  assert.deepEqual(calendarFaults(files), [])
})
