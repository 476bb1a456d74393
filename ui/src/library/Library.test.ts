import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import Notices from '../editor/Notices.svelte'
import { memory, type Beginning } from '../host/memory'
import { app } from '../state/app.svelte'
import { Session } from '../state/session.svelte'
import { clocks as clockWords } from '../words/clocks'
import Library from './Library.svelte'

async function shown(beginning: Beginning = {}) {
  const host = memory(beginning)
  app.start(host)
  const page = render(Library)
  await screen.findByRole('heading', { level: 1, name: /Library|Incident reports/ })
  return { host, page, user: userEvent.setup() }
}

const titles = () => screen.getAllByRole('row').slice(1).map((row) => row.querySelector('td')?.textContent)
const sound = async (element: Element) =>
  (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)

test('reports stand in the order in which they were changed, and any column turns it round', async () => {
  const { user, page } = await shown()
  expect(titles()[0]).toMatch(/^Prepayment/)
  await user.click(screen.getByRole('button', { name: 'Title' }))
  expect(titles()[0]).toMatch(/^Prepayment/)
  await user.click(screen.getByRole('button', { name: 'Title' }))
  expect(titles()[0]).toMatch(/^Service/)
  expect(await sound(page.container)).toEqual([])
})

test('the keyboard is on the first report; arrows walk, Enter opens', async () => {
  const { user } = await shown()
  const rows = screen.getAllByRole('row').slice(1)
  await waitFor(() => expect(rows[0]).toHaveFocus())
  await user.keyboard('{ArrowDown}')
  expect(rows[1]).toHaveFocus()
  expect(rows[1]).toHaveAttribute('aria-selected', 'true')
  await user.keyboard('{Enter}')
  expect(app.screen).toMatchObject({ kind: 'editor' })
})

test('Delete moves to the bin and says so; Undo brings it back with the keyboard on it', async () => {
  const { user } = await shown()
  await waitFor(() => expect(screen.getAllByRole('row')[1]).toHaveFocus())
  await user.keyboard('{Delete}')
  expect(await screen.findByText(/was moved to the bin/)).toBeInTheDocument()
  expect(titles()).toHaveLength(2)
  await waitFor(() => expect(screen.getAllByRole('row')[1]).toHaveFocus())
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(titles()).toHaveLength(3))
  await waitFor(() => expect(screen.getByRole('row', { name: /Prepayment/ })).toHaveFocus())
})

test('Ctrl+Z brings back several in turn, however fast it is pressed, and Ctrl+Shift+Z removes again', async () => {
  const { user } = await shown()
  const stop = actions.listen()
  const before = titles()
  await waitFor(() => expect(screen.getAllByRole('row')[1]).toHaveFocus())
  await user.keyboard('{Delete}')
  await waitFor(() => expect(titles()).toHaveLength(2))
  await user.keyboard('{Delete}')
  await waitFor(() => expect(titles()).toHaveLength(1))
  await user.keyboard('{Control>}zz{/Control}')
  await waitFor(() => expect(titles()).toEqual(before))
  await user.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}')
  await waitFor(() => expect(titles()).toHaveLength(2))
  stop()
})

test('what is due comes first, the latest of all on top; what has nothing due comes last; a filing says when', async () => {
  const host = memory()
  const shelf = await host.shelf({ text: '', state: null })
  const [one, two, three] = shelf.reports
  const due = (at: string) => ({ what: 'Notification', at, day: null, words: 'by then', verified: true })
  const long = new Date(Date.now() - 274 * 86_400_000).toISOString()
  const soon = new Date(Date.now() + 3 * 86_400_000 + 60_000).toISOString()
  const filed = { what: 'Notification', moment: '14/10/2026', at: '2026-10-14T09:00:00Z', late: 90 }
  vi.spyOn(host, 'shelf').mockResolvedValue({ ...shelf, reports: [{ ...one!, title: 'Neither', filed }, { ...two!, title: 'Soon', due: due(soon) }, { ...three!, title: 'Long ago', due: due(long), sample: false }] })
  app.start(host)
  const page = render(Library)
  await waitFor(() => expect(titles()).toEqual(['Long ago', 'Soon', 'Neither']))
  expect(screen.getByRole('columnheader', { name: 'Due' })).toHaveAttribute('aria-sort', 'ascending')
  const cells = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) }).textContent
  expect(cells('Long ago')).toContain('9\u00a0months late')
  expect(cells('Soon')).toContain('3\u00a0d\u00a00\u00a0h left')
  expect(cells('Neither')).toContain('14 Oct 2026')
  expect(cells('Neither')).toContain('filed late')
  await userEvent.click(screen.getByRole('button', { name: 'Due' }))
  expect(titles()).toEqual(['Soon', 'Long ago', 'Neither'])
  await userEvent.click(screen.getByRole('button', { name: /^Filed \d/ }))
  expect(titles()).toEqual(['Neither'])
  expect(await sound(page.container)).toEqual([])
})

test('the sample’s due time is told in the words of its due times, and counts for nobody', async () => {
  const host = memory()
  const shelf = await host.shelf({ text: '', state: null })
  const [one, two] = shelf.reports
  const at = new Date(Date.now() - 396 * 86_400_000).toISOString()
  const due = { what: 'Summary', at, day: null, words: 'by then', verified: false }
  vi.spyOn(host, 'shelf').mockResolvedValue({ ...shelf, reports: [{ ...one!, title: 'Mine', due: null, filed: null, sample: false }, { ...two!, title: 'Tour', due, filed: null, sample: true }] })
  app.start(host)
  render(Library)
  await waitFor(() => expect(titles()).toHaveLength(2))
  const said = clockWords.state({ is: 'unverified', late: 396 * 24 * 60 }, null)
  expect(screen.getByRole('row', { name: /^Tour/ }).textContent).toContain(said)
  expect(screen.getByRole('button', { name: /^Due 0/ })).toBeInTheDocument()
})

test('news of a text kept apart that was read beside the text is not told again in the library', async () => {
  const host = memory()
  app.start(host)
  const id = (await host.shelf({ text: '', state: null })).reports[0]!.id
  app.partings = [{ news: 'kept_both', sitting: 'mine', report: 'other', copy: id, why: 'overtaken', name: 'Mine', version: '1.0', number: 1, at: '2026-10-14T12:00:00Z' }]
  const session = await Session.open(host, id, (thrown) => app.report(thrown))
  const beside = render(Notices, { session })
  expect(await screen.findByRole('alert')).toHaveTextContent('Nothing is lost')
  beside.unmount()
  render(Library)
  await waitFor(() => expect(titles().length).toBeGreaterThan(0))
  expect(screen.queryByText(/Another window changed/)).toBeNull()
})

test('a report left without a title is asked for one, with one proposed', async () => {
  const host = memory()
  app.start(host)
  const { report } = await host.begin('rfo')
  await host.edit(report.id, { edit: 'title', title: '' }, false)
  app.untitled = { report: report.id, proposed: 'Reason for outage letter, 14 October 2026' }
  const page = render(Library)
  const field = await screen.findByRole('textbox', { name: 'What shall this report be called?' })
  await waitFor(() => expect(field).toHaveFocus())
  expect(field).toHaveValue('Reason for outage letter, 14 October 2026')
  expect(await sound(page.container)).toEqual([])
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('row', { name: /^Reason for outage letter, 14/ })).toHaveFocus())
  expect((await host.open(report.id)).report.title).toBe('Reason for outage letter, 14 October 2026')
})

test('a search that finds nothing says so, and Escape ends it', async () => {
  const { user } = await shown()
  const search = screen.getByRole('searchbox')
  await user.type(search, 'zebra')
  expect(await screen.findByText(/No report matches “zebra”/)).toBeInTheDocument()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(titles()).toHaveLength(3))
})

test('a search cleared by its link leaves the keyboard in the search', async () => {
  const { user } = await shown()
  const search = screen.getByRole('searchbox')
  await user.type(search, 'zebra')
  await user.click(await screen.findByRole('button', { name: 'Clear search' }))
  await waitFor(() => expect(titles()).toHaveLength(3))
  expect(search).toHaveFocus()
  expect(search).toHaveValue('')
})

test('words in the text are found too, and the arrow leads from the search into the list', async () => {
  const { user } = await shown()
  await user.type(screen.getByRole('searchbox'), 'sea water')
  await waitFor(() => expect(titles()).toHaveLength(1))
  await user.keyboard('{ArrowDown}')
  expect(screen.getAllByRole('row')[1]).toHaveFocus()
})

test('chips show one state with its count', async () => {
  const { user } = await shown()
  await user.click(screen.getByRole('button', { name: 'Signed 1' }))
  await waitFor(() => expect(titles()).toHaveLength(1))
  expect(screen.getByRole('button', { name: 'Signed 1' })).toHaveAttribute('aria-pressed', 'true')
})

test('another window on the same library is told of', async () => {
  await shown({ elsewhere: true })
  expect(screen.getByText(/open in another window too/)).toBeInTheDocument()
})

test('an empty library is three doors that say where reports are kept', async () => {
  const { page } = await shown({ shelf: 'empty' })
  const doors = ['Look around in a finished report', 'Begin a report', 'Open or paste']
  for (const door of doors) expect(screen.getByRole('button', { name: new RegExp(door) })).toBeInTheDocument()
  expect(await screen.findByText(/SEC H9 summary, Reason for outage letter/)).toBeInTheDocument()
  expect(screen.getByText(/Reports are kept on this computer, in .*rapporteur/)).toBeInTheDocument()
  expect(screen.getByText(/No account/)).toBeInTheDocument()
  expect(await sound(page.container)).toEqual([])
})

test('a library that cannot be opened says why and what to do, and can be tried again', async () => {
  const host = memory()
  host.fail('shelf', { code: 'library_newer', detail: '', facts: { found: '3', known: '1' } })
  app.start(host)
  render(Library)
  expect(await screen.findByText('The library could not be opened')).toBeInTheDocument()
  expect(screen.getByRole('alert')).toHaveTextContent('newer version')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }))
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('grid')).toBeInTheDocument()
})
