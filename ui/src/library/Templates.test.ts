import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Templates from './Templates.svelte'

test('each form says for whom it is, what it asks and what of it was not verified; Enter begins', async () => {
  app.start(memory())
  const { container } = render(Templates)
  const [first, second] = await screen.findAllByRole('button', { name: /required answers?/ })
  await waitFor(() => expect(first).toHaveFocus())
  expect(first).toHaveTextContent(/Reader: Smart Energy Code Panel/)
  expect(first).toHaveTextContent(/Root Cause, if known/)
  expect(first).toHaveTextContent(/Not verified: When the summary and the review are due/)
  expect(container).not.toHaveTextContent('{zone}')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  await userEvent.keyboard('{ArrowDown}')
  expect(second).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(app.screen).toMatchObject({ kind: 'editor' }))
  if (app.screen.kind === 'editor') expect((await app.host.open(app.screen.report)).report.template.id).toBe('rfo')
})

test('a template file of one’s own is added, or refused with each fault and its line', async () => {
  app.start(memory({ pick: '/forms/wrong.toml' }))
  const first = render(Templates)
  await userEvent.click(await screen.findByRole('button', { name: 'Open a template file…' }))
  const refused = await screen.findByRole('alert')
  expect(refused).toHaveTextContent('wrong.toml was not added')
  expect(refused).toHaveTextContent('Line 4: “label” is missing')
  expect(refused).toHaveTextContent('Line 9: there is no field “b”')
  first.unmount()
  app.start(memory({ pick: '/forms/own.toml' }))
  render(Templates)
  await userEvent.click(await screen.findByRole('button', { name: 'Open a template file…' }))
  expect(await screen.findByText('“Our own form” was added.')).toBeInTheDocument()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('a form of one’s own is taken out of the list and brought back, and a shipped one cannot be', async () => {
  app.start(memory({ pick: '/forms/own.toml' }))
  const { container } = render(Templates)
  await userEvent.click(await screen.findByRole('button', { name: 'Open a template file…' }))
  const own = () => screen.queryByRole('button', { name: /^Our own form/ })
  await waitFor(() => expect(own()).toHaveFocus())
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  expect(screen.getAllByRole('button', { name: /^Remove from the list: / })).toHaveLength(1)
  await userEvent.keyboard('{Delete}')
  await waitFor(() => expect(own()).toBeNull())
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(own()).toHaveFocus())
  await userEvent.keyboard('{ArrowUp}{Delete}')
  expect(own()).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
})

test('several forms taken out come back in turn with Ctrl+Z', async () => {
  const host = memory({ pick: '/forms/b.toml' })
  app.start(host)
  await host.addTemplate('/forms/a.toml')
  await host.addTemplate('/forms/b.toml')
  const stop = actions.listen()
  render(Templates)
  const own = () => screen.queryAllByRole('button', { name: /^Remove from the list: / })
  await waitFor(() => expect(own()).toHaveLength(2))
  await userEvent.click(own()[0]!)
  await waitFor(() => expect(own()).toHaveLength(1))
  await userEvent.click(own()[0]!)
  await waitFor(() => expect(own()).toHaveLength(0))
  await userEvent.keyboard('{Control>}zz{/Control}')
  await waitFor(() => expect(own()).toHaveLength(2))
  stop()
})
