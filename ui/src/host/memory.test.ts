import { expect, test } from 'vitest'
import { memory } from './memory'

test('the sample opens complete, with its form, and nothing blocks it', async () => {
  const { report, view } = await memory().beginSample()
  expect(report.template.short_title).toBe('SEC H9 summary')
  expect(view.findings.filter((f) => f.level === 'blocks')).toEqual([])
  expect(view.outline.answered).toBe(view.outline.required)
  expect(view.readings.restore_time?.words).toMatch(/hours/)
})

test('a new report begins with every heading of its form and says what is missing', async () => {
  const { report, view } = await memory().begin('rfo')
  expect(report.sections.map((s) => s.key)).toEqual(report.template.section.map((s) => s.key))
  expect(view.findings.length).toBeGreaterThan(3)
})

test('what cannot be read in a field blocks and is not counted as an answer', async () => {
  const host = memory()
  const { report } = await host.begin('rfo')
  const put = async (raw: string) => (await host.edit(report.id, { edit: 'answer', key: 'interruption_start', answer: { raw } }, true)).view
  const empty = (await put('')).outline.answered
  for (const raw of ['32/13/2026', '31/02/2026 10:00', 'yesterday', '25:99', '11/03/2026']) {
    const view = await put(raw)
    expect(view.findings.filter(({ check }) => check === 'L65'), raw).toMatchObject([{ level: 'blocks' }])
    expect(view.outline.answered, raw).toBe(empty)
  }
  for (const raw of ['11/03/2026 19:50', '11/3/26 7:50pm', '19:50 11/03/2026', '2026-03-11T19:50']) {
    const view = await put(raw)
    expect(view.findings.filter(({ check }) => check === 'L65'), raw).toEqual([])
    expect(view.readings.interruption_start?.words, raw).toContain('11 March 2026, 19:50')
  }
})

test('an edit can be undone and done again', async () => {
  const host = memory()
  const { report } = await host.begin('rfo')
  await host.edit(report.id, { edit: 'title', title: 'Cooling failure' }, false)
  expect((await host.undo(report.id))?.report?.title).toBe(report.title)
  expect((await host.redo(report.id))?.report?.title).toBe('Cooling failure')
  expect(await host.redo(report.id)).toBeNull()
})

test('a jotted line carries over midnight', async () => {
  const host = memory()
  const { report } = await host.begin('rfo')
  const answer = { raw: '11/03/2026 23:50' }
  await host.edit(report.id, { edit: 'answer', key: 'interruption_start', answer }, false)
  await host.jot(report.id, ['2350 pump trips (Automated)'], null)
  const { report: after } = await host.jot(report.id, ['0015 restarted'], null)
  expect(after?.timeline).toMatchObject([
    { date: '2026-03-11', time: { kind: 'at', at: '23:50:00' }, text: 'pump trips', automated: true },
    { date: '2026-03-12', time: { kind: 'at', at: '00:15:00' }, text: 'restarted' },
  ])
})

test('the pages are a PDF whose cross references are right', async () => {
  const host = memory()
  const { report } = await host.beginSample()
  const preview = await host.preview(report.id, false)
  const bytes = await host.previewBytes(preview!.token)
  const text = String.fromCharCode(...bytes)
  const first = Number(/xref\n0 \d+\n0000000000 65535 f \n(\d{10})/.exec(text)?.[1])
  expect(text.slice(first)).toMatch(/^1 0 obj/)
  expect(preview!.pages).toBeGreaterThan(1)
})
