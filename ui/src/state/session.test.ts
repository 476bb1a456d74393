import { expect, test, vi } from 'vitest'
import { memory, type Memory } from '../host/memory'
import type { Edited } from '../host/types/Edited'
import { nameOf } from './name'
import { Session } from './session.svelte'

async function opened(host: Memory = memory()) {
  const [first] = (await host.shelf({ text: 'North Region', state: null })).reports
  const failed = vi.fn()
  const session = await Session.open(host, first!.id, failed)
  return { host, session, failed }
}

const answer = (raw: string) => ({ edit: 'answer', key: 'incident_reference', answer: { raw } }) as const
const raw = (session: Session) => session.report.fields['incident_reference']?.raw

test('an edit is shown before the core has heard of it', async () => {
  const { host, session } = await opened()
  const edit = vi.spyOn(host, 'edit')
  session.edit(answer('INC1'))
  expect(raw(session)).toBe('INC1')
  expect(session.save.state).toBe('pending')
  expect(edit).not.toHaveBeenCalled()
  await session.flush()
  expect(edit).toHaveBeenCalledOnce()
})

test('typing is gathered, and what stands apart is told in order', async () => {
  const { host, session } = await opened()
  const edit = vi.spyOn(host, 'edit')
  for (const typed of ['I', 'IN', 'INC']) session.edit(answer(typed))
  session.edit({ edit: 'title', title: 'Another' })
  session.edit(answer('INC2'))
  await session.flush()
  expect(edit.mock.calls.map(([, made]) => (made.edit === 'answer' ? made.answer?.raw : made.edit))).toEqual(['INC', 'title', 'INC2'])
})

test('what is typed while the core answers stays on the screen', async () => {
  const { host, session } = await opened()
  const edit = host.edit.bind(host)
  vi.spyOn(host, 'edit').mockImplementationOnce(async (report, made) => {
    const edited: Edited = await edit(report, made, true)
    session.edit(answer('INC12'))
    return edited
  })
  session.edit(answer('INC1'), true)
  await session.flush()
  expect(raw(session)).toBe('INC12')
  await session.flush()
  expect((await host.open(session.id)).report.fields['incident_reference']?.raw).toBe('INC12')
})

test('undo and redo bring the text back, after what was still waiting', async () => {
  const { session } = await opened()
  const before = raw(session)
  session.edit(answer('INC3'))
  await session.undo()
  expect(raw(session)).toBe(before)
  await session.redo()
  expect(raw(session)).toBe('INC3')
})

test('undo leads to the place it changed', async () => {
  const { session } = await opened()
  const element = document.createElement('div')
  const focus = vi.fn()
  session.spots.add({ in: 'field', key: 'incident_reference' }, { element, focus })
  session.edit(answer('INC3'))
  await session.undo()
  expect(focus).toHaveBeenCalled()
  expect(session.here).toEqual({ in: 'field', key: 'incident_reference' })
})

test('a refused edit leaves the screen with what the core holds, and says so', async () => {
  const { host, session, failed } = await opened()
  const before = raw(session)
  host.fail('edit', { code: 'refused', detail: 'no', facts: {} })
  session.edit(answer('INC4'))
  await session.flush()
  expect(raw(session)).toBe(before)
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ code: 'refused' }))
})

test('saved is said only when nothing is waiting', async () => {
  const { host, session } = await opened()
  session.edit(answer('INC5'))
  host.news({ news: 'saved', sitting: session.sitting, number: session.number, at: '2026-10-14T12:00:00Z' })
  expect(session.save.state).toBe('pending')
  await session.flush()
  await vi.waitFor(() => expect(session.save.state).toBe('saved'))
})

test('a failed save keeps the text and says why', async () => {
  const { host, session } = await opened()
  session.edit(answer('INC6'))
  await session.flush()
  host.news({ news: 'failed', sitting: session.sitting, fault: { code: 'disk_full', detail: 'full', facts: {} } })
  expect(session.save).toMatchObject({ state: 'failed', fault: { code: 'disk_full' } })
  expect(raw(session)).toBe('INC6')
  host.news({ news: 'saved', sitting: session.sitting, number: 99, at: '2026-10-14T12:00:00Z' })
  expect(session.save).toEqual({ state: 'saved', at: '2026-10-14T12:00:00Z' })
})

test('a text that was kept apart goes on where it is, and news of another sitting is not for this one', async () => {
  const { host, session } = await opened()
  const { id, sitting } = session
  const kept = { news: 'kept_both', report: id, copy: 'copy', why: 'overtaken', name: 'Copy', version: '1.0', number: 7, at: '2026-10-14T12:00:00Z' } as const
  host.news({ ...kept, sitting: 'another' })
  expect(session.id).toBe(id)
  session.edit(answer('INC9'))
  vi.spyOn(host, 'open').mockImplementation(async () => {
    const { report, view } = session
    return { sitting, view, saved_at: '', elsewhere: true, state: 'draft', report: { ...report, id: 'copy', title: 'Copy', fields: {} } }
  })
  host.news({ ...kept, sitting })
  expect(session.id).toBe('copy')
  session.edit(answer('INC99'))
  await session.flush()
  expect(session.report).toMatchObject({ id: 'copy', title: 'Copy' })
  expect(raw(session)).toBe('INC99')
})

test('a text that was kept apart is said to be saved, as it is', async () => {
  const { host, session } = await opened()
  const { id, sitting, report, view } = session
  vi.spyOn(host, 'open').mockImplementation(async () => ({ sitting, view, report, saved_at: '', elsewhere: true, state: 'draft' }))
  host.news({ news: 'pending', sitting })
  expect(session.save.state).toBe('pending')
  host.news({ news: 'kept_both', report: id, copy: 'copy', why: 'removed', name: 'Copy', version: '1.0', number: 99, at: '2026-10-14T12:00:00Z', sitting })
  await session.flush()
  expect(session.save).toMatchObject({ state: 'saved', at: '2026-10-14T12:00:00Z' })
})

test('after a refusal the screen shows what the core holds, and the report stays open', async () => {
  const { host, session, failed } = await opened()
  const before = raw(session)
  const [open, close] = [vi.spyOn(host, 'open'), vi.spyOn(host, 'close')]
  host.fail('edit', { code: 'refused', detail: 'no', facts: {} })
  session.edit(answer('INC4'))
  await session.flush()
  expect(raw(session)).toBe(before)
  expect(failed).toHaveBeenCalledOnce()
  expect(close.mock.calls.length).toBe(open.mock.calls.length)
})

async function signed() {
  const host = memory()
  const [first] = (await host.shelf({ text: '', state: 'signed' })).reports
  const session = await Session.open(host, first!.id, vi.fn())
  return { host, session, before: session.report }
}

test('a signed report is changed by nothing before its next version was begun, and then by everything that was typed', async () => {
  const { host, session, before } = await signed()
  const edit = vi.spyOn(host, 'edit')
  session.edit({ edit: 'title', title: 'C' })
  void session.flush()
  await vi.waitFor(() => expect(session.asked).toEqual({ signed: before.version, next: '1.1' }))
  session.edit({ edit: 'title', title: 'Ch' })
  expect(session.report.title).toBe('Ch')
  expect(session.state).toBe('signed')
  expect(edit).not.toHaveBeenCalled()
  session.answer(true)
  await session.flush()
  expect(session).toMatchObject({ state: 'draft', asked: null })
  expect(session.report).toMatchObject({ title: 'Ch', version: '1.1' })
  expect(session.id).not.toBe(before.id)
  expect((await host.open(before.id)).report).toEqual(before)
})

test('who says no sees the report as it is signed, and who leaves has said yes', async () => {
  const { host, session, before } = await signed()
  session.edit({ edit: 'title', title: 'C' })
  void session.flush()
  await vi.waitFor(() => expect(session.asked).not.toBeNull())
  session.answer(false)
  await session.flush()
  expect(session.report).toEqual(before)
  session.edit({ edit: 'title', title: 'Ch' })
  void session.flush()
  await vi.waitFor(() => expect(session.asked).not.toBeNull())
  await session.close()
  expect((await host.open(session.id)).report.title).toBe('Ch')
})

test('a report without a title is called by its reference, and without one by its form', async () => {
  const { session } = await opened()
  const { report } = session
  expect(nameOf(report)).toBe(report.title)
  expect(nameOf({ ...report, title: ' ' })).toBe(raw(session))
  expect(nameOf({ ...report, title: '', fields: {} })).toBe('SEC H9 summary')
})

test('closing tells the core everything first', async () => {
  const { host, session } = await opened()
  const calls: string[] = []
  vi.spyOn(host, 'edit').mockImplementation(async () => {
    calls.push('edit')
    return { number: 1, report: null, place: { in: 'report' }, view: session.view, state: 'draft' }
  })
  vi.spyOn(host, 'close').mockImplementation(async () => void calls.push('close'))
  session.edit(answer('INC7'))
  await session.close()
  await session.close()
  expect(calls).toEqual(['edit', 'close'])
})

test('what an edit does not touch stays the same object, through the core and back', async () => {
  const { session } = await opened()
  const { timeline, sections } = session.report
  session.edit(answer('INC8'), true)
  await session.flush()
  expect(session.report.timeline).toBe(timeline)
  expect(session.report.sections).toBe(sections)
})

test('a jotted line becomes a row', async () => {
  const { session } = await opened()
  const before = session.report.timeline.length
  await session.jot(['1655 failover ok'], null)
  expect(session.report.timeline).toHaveLength(before + 1)
})

const words = (text: string) => [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }]

test('a text being written is spelled out when the core is told of it, and before anything else is done', async () => {
  const { host, session } = await opened()
  const edit = vi.spyOn(host, 'edit')
  const { id } = session.report.sections[0]!
  const spelt = vi.fn((text: string) => words(text))
  for (const text of ['a', 'ab', 'abc']) session.write(id, () => spelt(text))
  expect(session.save.state).toBe('pending')
  expect(spelt).not.toHaveBeenCalled()
  session.edit({ edit: 'title', title: 'Another' })
  expect(session.report.sections[0]!.body).toEqual(words('abc'))
  session.write(id, () => spelt('abcd'))
  await session.close()
  expect(spelt.mock.calls).toEqual([['abc'], ['abcd']])
  expect(edit.mock.calls.map(([, made]) => made.edit)).toEqual(['body', 'title', 'body'])
  expect((await host.open(session.id)).report.sections[0]!.body).toEqual(words('abcd'))
})

test('a text written while the core answers with the whole report is kept over it', async () => {
  const { host, session } = await opened()
  const { id } = session.report.sections[0]!
  const edit = host.edit.bind(host)
  vi.spyOn(host, 'edit').mockImplementationOnce(async (report, made) => {
    const edited = await edit(report, made, true)
    session.write(id, () => words('written meanwhile'))
    return edited
  })
  session.edit(answer('INC1'), true)
  await session.flush()
  expect(session.report.sections[0]!.body).toEqual(words('written meanwhile'))
  expect((await host.open(session.id)).report.sections[0]!.body).toEqual(words('written meanwhile'))
})

test('what the core found is shown when the keys rest, not between them', async () => {
  const { host, session } = await opened()
  const edit = vi.spyOn(host, 'edit')
  const { number } = session
  session.edit(answer('INC9'))
  session.edit(answer('INC99'))
  expect(session.number).toBe(number)
  await vi.waitFor(() => expect(session.number).toBeGreaterThan(number), { timeout: 60_000 })
  expect(edit).toHaveBeenCalled()
})

test('nothing that the core found moves a button while it is being pressed', async () => {
  const { session } = await opened()
  const { number } = session
  session.edit(answer('INC9'))
  window.dispatchEvent(new Event('pointerdown'))
  await vi.waitFor(() => expect(session.save.state).toBe('saved'), { timeout: 60_000 })
  await new Promise((later) => setTimeout(later, 300))
  expect(session.number).toBe(number)
  window.dispatchEvent(new Event('pointerup'))
  await vi.waitFor(() => expect(session.number).toBeGreaterThan(number), { timeout: 60_000 })
})
