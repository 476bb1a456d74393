import '@testing-library/jest-dom/vitest'
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import Editor from '../editor/Editor.svelte'
import { memory, type Memory } from '../host/memory'
import type { DueTime } from '../host/types/DueTime'
import type { LibraryDue } from '../host/types/LibraryDue'
import { app } from '../state/app.svelte'
import { clocks as words } from '../words/clocks'
import { lengthLeft, roughLength } from '../words/lengths'
import { Session } from '../state/session.svelte'
import { Clocks, minutesLeft } from './clocks.svelte'
import DueScreen from './DueScreen.svelte'

vi.setConfig({ testTimeout: 30_000 })

let host: Memory
let stop: () => void
beforeEach(() => {
  localStorage.clear()
  host = memory()
  app.start(host)
  stop = actions.listen()
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
})
afterEach(() => stop())

const sound = async (container: HTMLElement) =>
  (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)

async function panel() {
  const { report } = await host.begin('sec-h9-summary')
  const page = render(Editor, { report: report.id, at: { in: 'clocks' } })
  await screen.findByRole('tab', { name: 'Clock', selected: true })
  await screen.findByText('Summary report')
  return { page, user: userEvent.setup(), id: report.id }
}

const now = async (id: string) => (await host.open(id)).report

test('an event is recorded by typing, as the form’s answer where the form asks for it; it starts what it starts, and undo takes it back', async () => {
  const { page, user, id } = await panel()
  expect(screen.getAllByText('Not started')).toHaveLength(2)
  expect(await sound(page.container)).toEqual([])
  await user.type(screen.getByLabelText('Services restored'), '03/11/2026 10:05')
  await waitFor(async () => expect((await now(id)).fields['resolved_at']?.raw).toBe('03/11/2026 10:05'))
  expect(await screen.findAllByText('Rule not verified')).toHaveLength(2)
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(screen.getByLabelText('Services restored')).not.toHaveValue('03/11/2026 10:05'))
})

test('what was filed is recorded by keyboard, and the record can be taken back', async () => {
  const { user, id } = await panel()
  await user.click(screen.getByRole('button', { name: 'Record that it was filed: Summary report' }))
  expect(screen.getByLabelText('Submitted on')).toHaveFocus()
  await user.keyboard('05/11/2026 09:00{Enter}')
  expect(await screen.findByText('Submitted 05/11/2026 09:00')).toBeInTheDocument()
  expect((await now(id)).filings).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Remove this record: Summary report' }))
  await waitFor(async () => expect((await now(id)).filings).toHaveLength(0))
})

test('a moment that cannot be read is refused beside its field, keeps what was typed and says what to write', async () => {
  const { user } = await panel()
  await user.click(screen.getByRole('button', { name: 'Record that it was filed: Summary report' }))
  const field = screen.getByLabelText('Submitted on')
  for (const typed of ['soon', '31/02/2026', '25:00']) {
    host.fail('recordFiling', { code: 'refused', detail: '', facts: { reason: '', field: 'moment' } })
    await user.clear(field)
    await user.type(field, `${typed}{Enter}`)
    expect(await screen.findByText(`“${typed}” is not a day and time. Write it as 31/10/2026 14:05.`)).toBeInTheDocument()
    expect(field).toHaveValue(typed)
    expect(field).toBeInvalid()
    expect(field).toHaveAccessibleDescription(/Write it as/)
    expect(field).toHaveFocus()
  }
  expect(app.faults).toHaveLength(0)
  await user.type(field, '!')
  expect(field).not.toBeInvalid()
  await user.keyboard('{Escape}')
  expect(screen.getByRole('button', { name: 'Record that it was filed: Summary report' })).toHaveFocus()
})

test('what was signed stays signed when it is filed', async () => {
  const [signed] = (await host.shelf({ text: '', state: 'signed' })).reports
  const session = await Session.open(host, signed!.id, vi.fn())
  expect(await new Clocks(host, session).file({ clock: 'summary', moment: '05/11/2026 09:00', reasons: '', last_file: false })).toBe('filed')
  expect(session.state).toBe('signed')
})

test('what else keeps a filing from being recorded is told like any fault', async () => {
  const { user } = await panel()
  await user.click(screen.getByRole('button', { name: 'Record that it was filed: Summary report' }))
  host.fail('recordFiling', { code: 'disk_full', detail: '', facts: { path: '/library' } })
  await user.keyboard('05/11/2026{Enter}')
  await waitFor(() => expect(app.faults).toHaveLength(1))
  expect(screen.getByLabelText('Submitted on')).toHaveValue('05/11/2026')
})

test('a calendar file says how many due times are in it', async () => {
  const { user } = await panel()
  await user.click(screen.getByRole('button', { name: 'Calendar file…' }))
  expect(await screen.findByText('2 due times written to /home/author/Documents/Due times.ics.')).toBeInTheDocument()
})

const due = (more: Partial<DueTime>): DueTime => ({
  key: 'k', due: 'Notification', rule: '72 hours', clause: 'Art. 33(1)', source: '', verified: true, state: { is: 'running' },
  at: null, day: null, utc: '', words: '', how: '', waits_for: [], asks: [], calendar: '', reasons: '', filing: null, ...more,
})

test('every due time of the library stands in one list; Enter opens its report there', async () => {
  const rows: LibraryDue[] = [
    { report: 'a', name: 'Mail relay', template: 'GDPR', due: due({ state: { is: 'late', minutes: 200 }, words: 'by 3 May 2026, 10:00 UTC', at: '2026-05-03T10:00:00Z' }) },
    { report: 'b', name: '', template: 'NIS2', due: due({ due: 'Final report', state: { is: 'filed', late: null } }) },
  ]
  host.allDue = async () => rows
  app.show({ kind: 'due' })
  const { container } = render(DueScreen)
  const [, first, second] = await screen.findAllByRole('row')
  await waitFor(() => expect(first).toHaveFocus())
  expect(first).toHaveTextContent('by 3 May 2026, 10:00 UTC')
  expect(first).toHaveTextContent('3 h 20 min late')
  expect(screen.getByText('1 open')).toBeInTheDocument()
  expect(await sound(container)).toEqual([])
  await userEvent.keyboard('{ArrowDown}')
  expect(second).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(app.screen).toEqual({ kind: 'editor', report: 'b', at: { in: 'clocks' } })
})

test('a library without due times says so', async () => {
  host.allDue = async () => []
  render(DueScreen)
  expect(await screen.findByText('No report in the library has a form with due times.')).toBeInTheDocument()
})

test('the time left counts down and never below nothing', () => {
  const at = '2026-05-03T10:00:00Z'
  const moment = Date.parse(at)
  expect(minutesLeft(due({ at }), moment - 90_000)).toBe(1)
  expect(minutesLeft(due({ at }), moment + 1)).toBeNull()
  expect(minutesLeft(due({}), moment)).toBeNull()
  expect(lengthLeft(62 * 60 + 5)).toBe('2\u00a0d\u00a014\u00a0h')
  expect(lengthLeft(20 * 24 * 60)).toBe('3\u00a0weeks')
  expect(roughLength(4 * 60 + 8)).toBe('4\u00a0h\u00a008\u00a0min')
  expect(roughLength(28 * 60)).toBe('28\u00a0h')
  expect(roughLength(3 * 24 * 60 + 200)).toBe('3\u00a0days')
  expect(roughLength(20 * 24 * 60 + 60)).toBe('3\u00a0weeks')
  expect(roughLength(274 * 24 * 60)).toBe('9\u00a0months')
  expect(roughLength(800 * 24 * 60)).toBe('2\u00a0years')
  expect(words.state({ is: 'late', minutes: 274 * 24 * 60 }, null)).toBe('9\u00a0months late')
  expect(words.state({ is: 'unverified', late: 274 * 24 * 60 }, null)).toBe('9\u00a0months late, if the rule holds')
  expect(words.state({ is: 'due_soon' }, 30)).toBe('Due soon: 30\u00a0min left')
  expect(words.state({ is: 'filed', late: 61 }, null)).toBe('Filed, 1\u00a0h\u00a001\u00a0min late')
})
