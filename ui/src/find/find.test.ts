import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import { Session } from '../state/session.svelte'
import FindPanel from './FindPanel.svelte'
import { Searching } from './searching.svelte'

async function shown() {
  const host = memory()
  app.start(host)
  const [report] = (await host.shelf({ text: 'North Region', state: null })).reports
  const session = await Session.open(host, report!.id, (thrown) => app.report(thrown))
  session.edit({ edit: 'title', title: 'Zebra, zebras' })
  await session.flush()
  const searching = new Searching(host, session)
  const onclose = vi.fn()
  const { container } = render(FindPanel, { session, searching, onclose })
  const user = userEvent.setup()
  await user.type(screen.getByLabelText('Find'), 'zebra')
  await screen.findByText('1 of 2')
  return { session, searching, onclose, user, container }
}

test('hits are listed where they stand, narrowed by case and whole words', async () => {
  const { user, container } = await shown()
  expect(screen.getAllByRole('button', { name: /^Title: / })).toHaveLength(2)
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  await user.click(screen.getByLabelText('Whole words'))
  expect(await screen.findByText('1 of 1')).toBeInTheDocument()
  await user.click(screen.getByLabelText('Match case'))
  expect(await screen.findByText('No text in this report contains “zebra”.')).toBeInTheDocument()
})

test('one is replaced, then all, each a step of undo', async () => {
  const { user, session } = await shown()
  await user.type(screen.getByLabelText('Replace with'), 'gnu')
  await user.click(screen.getByRole('button', { name: 'Replace' }))
  await waitFor(() => expect(session.report.title).toBe('gnu, zebras'))
  await user.click(screen.getByRole('button', { name: 'Replace all' }))
  await waitFor(() => expect(session.report.title).toBe('gnu, gnus'))
  await waitFor(() => expect(screen.getByLabelText('Find')).toHaveFocus())
  await session.undo()
  expect(session.report.title).toBe('gnu, zebras')
  await session.undo()
  expect(session.report.title).toBe('Zebra, zebras')
})

test('the arrow keys walk through the list, and Escape leaves from anywhere', async () => {
  const { user, onclose } = await shown()
  screen.getByLabelText('Find').focus()
  await user.keyboard('{ArrowDown}{ArrowDown}')
  await waitFor(() => expect(screen.getAllByRole('button', { name: /^Title: / })[1]).toHaveFocus())
  await user.keyboard('{Escape}')
  expect(onclose).toHaveBeenCalledOnce()
})
