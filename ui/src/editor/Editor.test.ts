import '@testing-library/jest-dom/vitest'
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { memory, type Memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Editor from './Editor.svelte'

// A whole editor in jsdom takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

let host: Memory
let stop: () => void

beforeEach(() => {
  localStorage.clear()
  host = memory()
  app.start(host)
  stop = actions.listen()
  // jsdom has no geometry, which ProseMirror asks for when it scrolls to the caret.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
})
afterEach(() => stop())

async function shown(title: string) {
  const [first] = (await host.shelf({ text: title, state: null })).reports
  app.show({ kind: 'editor', report: first!.id })
  const rendered = render(Editor, { report: first!.id })
  await screen.findByRole('main')
  return { ...rendered, user: userEvent.setup(), id: first!.id }
}

const blank = async () => {
  const { report } = await host.begin('sec-h9-summary')
  render(Editor, { report: report.id })
  await screen.findByRole('main')
  return { user: userEvent.setup(), id: report.id }
}

test.each(['North Region', 'Bergen'])('the report “%s” has nothing that a screen reader stumbles over', async (title) => {
  const { container } = await shown(title)
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})

test('the outline names every heading in the order of the form, with its state', async () => {
  await shown('North Region')
  const outline = screen.getAllByRole('navigation', { name: 'Outline' })[0]!
  const names = within(outline).getAllByRole('button').map((row) => row.textContent?.replace(/\s+/g, ' ').trim())
  expect(names.slice(0, 3)).toEqual([
    expect.stringMatching(/^Details, complete/),
    expect.stringMatching(/^Nature of the Major Incident \/ Short Description, complete/),
    expect.stringMatching(/^Region \/ Location impacted, complete/),
  ])
  expect(screen.getByText('14 of 14')).toBeInTheDocument()
})

test('a blank report begins in its first field and scolds nobody', async () => {
  await blank()
  expect(screen.getByLabelText('Date of Incident')).toHaveFocus()
  expect(screen.getByText('The day on which the impact began.')).toBeVisible()
  expect(within(screen.getByRole('main')).queryByText(/is empty|must be answered/)).toBeNull()
})

test('a question passed without an answer is pointed at', async () => {
  const { user } = await blank()
  await user.tab()
  expect(within(screen.getByRole('main')).getAllByText(/is empty|must be answered/)).toHaveLength(1)
})

test('“not yet known” asks who answers and by when, and can be taken back', async () => {
  const { user, id } = await blank()
  const field = screen.getByLabelText('DCC Problem Reference Number').closest<HTMLElement>('.field')!
  await user.click(within(field).getByRole('button', { name: 'Not yet known' }))
  expect(within(field).getByLabelText('Owner')).toHaveFocus()
  await user.keyboard('Problem manager')
  await user.type(within(field).getByLabelText('Expected by'), '20/10/2026')
  await waitFor(async () => {
    const { report } = await host.open(id)
    expect(report.fields['problem_reference']?.standing).toEqual({ is: 'not_yet_known', owner: 'Problem manager', due: '20/10/2026' })
  })
  await user.click(within(field).getByRole('radio', { name: 'Known' }))
  await waitFor(() => expect(within(field).getByLabelText('DCC Problem Reference Number')).toHaveFocus())
})

test('a report that is left and opened again at once holds what was typed last', async () => {
  const { user, id, unmount } = await shown('North Region')
  const { edit } = host
  let arrive: (() => void) | undefined
  const late = new Promise<void>((done) => (arrive = done))
  host.edit = async (...asked) => (await late, edit(...asked))
  await user.type(screen.getByLabelText('DCC Problem Reference Number'), 'Q', { initialSelectionStart: 0, initialSelectionEnd: 0 })
  unmount()
  render(Editor, { report: id })
  await new Promise((later) => setTimeout(later, 50))
  arrive?.()
  expect(await screen.findByLabelText('DCC Problem Reference Number')).toHaveValue('QPBI000000146077')
})

test('yes and no are written as the form writes them', async () => {
  const { user, id } = await blank()
  await user.click(screen.getByRole('radio', { name: 'No' }))
  await waitFor(async () => expect((await host.open(id)).report.fields['within_sla']?.raw).toBe('N'))
})

test('undo brings the keyboard back to what it undid', async () => {
  const { user } = await shown('North Region')
  const reference = screen.getByLabelText('DCC Incident Reference Number')
  await user.clear(reference)
  await user.type(screen.getByLabelText('Title of this report'), '!')
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(screen.getByLabelText('Title of this report')).not.toHaveValue(expect.stringMatching(/!$/)))
  while ((reference as HTMLInputElement).value === '') {
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(reference).toHaveFocus())
  }
  expect(reference).toHaveValue('INC000000731204')
})

test('a row of linked incidents is added with Enter and taken away with Ctrl Delete', async () => {
  const { user, id } = await shown('North Region')
  const before = (await host.open(id)).report.linked.length
  await user.click(screen.getByLabelText(`Nature of link, row ${before}`))
  await user.keyboard('{Enter}')
  const added = await screen.findByLabelText(`Linked incident, row ${before + 1}`)
  await waitFor(() => expect(added).toHaveFocus())
  await user.keyboard('INC42')
  await waitFor(async () => expect((await host.open(id)).report.linked.at(-1)).toMatchObject({ incident: 'INC000000731204', linked: 'INC42' }))
  await user.keyboard('{Control>}{Delete}{/Control}')
  await waitFor(async () => expect((await host.open(id)).report.linked).toHaveLength(before))
})

test('“None” is an answer to the table of linked incidents', async () => {
  const { user, id } = await blank()
  await user.click(screen.getByRole('button', { name: 'Answer “None”' }))
  await waitFor(async () => {
    const section = (await host.open(id)).report.sections.find(({ key }) => key === 'linked_incidents')
    expect(JSON.stringify(section?.body)).toContain('"None"')
  })
})

test('an own heading comes last, is named, moved and removed', async () => {
  const { user, id } = await shown('North Region')
  await user.click(screen.getByRole('button', { name: 'Add a heading of your own' }))
  const heading = await screen.findByLabelText('Heading')
  await waitFor(() => expect(heading).toHaveFocus())
  await user.keyboard('Thanks')
  await user.click(screen.getByRole('button', { name: 'Move up' }))
  await waitFor(async () => expect((await host.open(id)).report.sections.at(-2)?.heading).toBe('Thanks'))
  await user.click(screen.getByRole('button', { name: 'Remove the heading “Thanks”' }))
  await waitFor(async () => expect((await host.open(id)).report.sections.map((section) => section.heading)).not.toContain('Thanks'))
})

test('an annex is left out and printed again', async () => {
  const { user, id } = await shown('North Region')
  await user.click(screen.getByRole('button', { name: 'Leave it out: the timeline' }))
  await waitFor(async () => expect((await host.open(id)).report.annexes.timeline).toBe(false))
  await user.click(screen.getByRole('button', { name: 'Print it: the timeline' }))
  await waitFor(async () => expect((await host.open(id)).report.annexes.timeline).toBe(true))
})

test('a file dropped on the window becomes evidence', async () => {
  const { id } = await shown('North Region')
  vi.spyOn(host, 'fileBytes').mockResolvedValue(new Uint8Array([1, 2, 3]))
  host.drop(['/home/author/trace.log'])
  await waitFor(async () => expect((await host.open(id)).report.attachments.at(-1)).toMatchObject({ name: 'trace.log', evidence: true }))
  expect(screen.getByRole('tab', { name: /^Evidence/ })).toHaveAttribute('aria-selected', 'true')
})

test('a picture dropped while a text is being written goes into that text, another file beside it becomes evidence', async () => {
  const { id } = await shown('North Region')
  vi.spyOn(host, 'fileBytes').mockResolvedValue(new Uint8Array([1, 2, 3]))
  const attach = vi.spyOn(host, 'attach')
  screen.getAllByRole('textbox', { name: /^Nature of the Major Incident/ })[0]!.focus()
  host.drop(['C:\\Pictures\\Rack.PNG', '/home/author/trace.log'])
  await waitFor(() => expect(attach.mock.calls.map(([, name, , evidence]) => [name, evidence])).toEqual(expect.arrayContaining([['Rack.PNG', false], ['trace.log', true]])))
  await waitFor(async () => expect(JSON.stringify((await host.open(id)).report.sections)).toContain('"type":"figure"'))
})

test('the panel is hidden, comes back, and its width is set with the arrow keys', async () => {
  const { user } = await shown('North Region')
  const edge = screen.getByRole('separator', { name: 'Width of the panel' })
  edge.focus()
  await user.keyboard('{ArrowLeft}')
  expect(edge).toHaveAttribute('aria-valuenow', '380')
  await user.click(screen.getByRole('button', { name: 'Hide the panel' }))
  expect(screen.queryByRole('tablist')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Show the panel' }))
  expect(screen.getByRole('separator', { name: 'Width of the panel' })).toHaveAttribute('aria-valuenow', '380')
})

test('a save that fails is said at once and in words', async () => {
  const { id } = await shown('North Region')
  host.news({ news: 'failed', sitting: (await host.open(id)).sitting, fault: { code: 'disk_full', detail: 'full', facts: {} } })
  expect(await screen.findByRole('alert')).toHaveTextContent('Not saved: The disk is full.')
})

test('a text that another window was faster with goes on in place, and the other text is one press away', async () => {
  const { user, id } = await shown('North Region')
  const [other] = (await host.shelf({ text: '', state: null })).reports.filter((row) => row.id !== id)
  const { sitting } = await host.open(id)
  const field = screen.getByLabelText('Title of this report')
  host.news({
    news: 'kept_both', sitting, report: id, copy: 'copy', why: 'overtaken', name: 'Mine (copy kept 14:20)', version: '1.0', number: 0, at: '2026-10-14T12:00:00Z',
  })
  expect(await screen.findByRole('alert')).toHaveTextContent('continues here as “Mine (copy kept 14:20)”')
  expect(screen.getByLabelText('Title of this report')).toBe(field)
  await user.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(screen.queryByRole('alert')).toBeNull()
  expect(other).toBeDefined()
})

test('one key in a signed report asks, Enter begins the next version with it, and Escape leaves what was signed', async () => {
  const { user, id } = await shown('Bergen')
  const title = screen.getByLabelText<HTMLInputElement>('Title of this report')
  const before = title.value
  await user.type(title, '!?')
  expect(await screen.findByRole('alert')).toHaveTextContent('Begin version')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(title).toHaveValue(before))
  expect(screen.queryByRole('alert')).toBeNull()
  await user.type(title, '!?')
  await screen.findByRole('alert')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.querySelector('.bar .state')).toHaveTextContent('Draft'))
  expect(title).toHaveValue(`${before}!?`)
  expect((await host.open(id)).report.title).toBe(before)
})

test('signing waits until the core has heard everything', async () => {
  const { user, id } = await shown('North Region')
  const calls: string[] = []
  const edit = host.edit.bind(host)
  vi.spyOn(host, 'edit').mockImplementation(async (...given) => {
    const edited = await edit(...given)
    calls.push('edit')
    return edited
  })
  const show = vi.spyOn(app, 'show').mockImplementation(() => void calls.push('show'))
  await user.type(screen.getByLabelText('Title of this report'), '!')
  await user.click(screen.getByRole('button', { name: 'Sign and export' }))
  await waitFor(() => expect(show).toHaveBeenCalledWith({ kind: 'sign', report: id, sitting: expect.any(String) as unknown }))
  expect(calls.at(-1)).toBe('show')
  show.mockRestore()
})

test('the review stays behind a report only until something is written in it, or it is left', async () => {
  const { report } = await host.begin('sec-h9-summary')
  app.reviewed = report.id
  const page = render(Editor, { report: report.id })
  await screen.findByRole('main')
  expect(app.reviewed).toBe(report.id)
  page.unmount()
  expect(app.reviewed).toBeNull()
  app.reviewed = report.id
  render(Editor, { report: report.id })
  await screen.findByRole('main')
  await userEvent.setup().type(screen.getByLabelText('DCC Incident Reference Number'), 'INC1')
  await waitFor(() => expect(app.reviewed).toBeNull())
})
