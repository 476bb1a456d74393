import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Settings from './Settings.svelte'

test('everything is kept as it is typed', async () => {
  const host = memory()
  app.start(host)
  const { container } = render(Settings)
  await screen.findByText(/library.rapporteur/)
  await userEvent.type(screen.getByLabelText('Name'), 'Helen Marsh')
  await waitFor(async () => expect((await host.settings()).name).toBe('Helen Marsh'))
  expect(await screen.findByText('Saved')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'Dark' }))
  await waitFor(() => expect(app.settings).toMatchObject({ name: 'Helen Marsh', theme: 'dark' }))
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
})

test('what was typed last is kept even when the screen is left at once', async () => {
  const host = memory()
  app.start(host)
  const { unmount } = render(Settings)
  await screen.findByText(/library.rapporteur/)
  await userEvent.type(screen.getByLabelText('Role'), 'Lead')
  unmount()
  await waitFor(async () => expect((await host.settings()).role).toBe('Lead'))
})

test('an identity whose file is gone says so', async () => {
  app.start(memory())
  render(Settings)
  expect(await screen.findByText('file not found')).toBeInTheDocument()
  expect(screen.getByText('valid until 31 March 2028')).toBeInTheDocument()
})

test('the folder of the library is shown', async () => {
  const host = memory()
  app.start(host)
  render(Settings)
  await userEvent.click(await screen.findByRole('button', { name: 'Show in folder' }))
  expect(host.revealed).toEqual([(await host.shelf({ text: '', state: null })).path])
})

test('an identity taken out of the list comes back with Ctrl+Z, its file left alone', async () => {
  app.start(memory())
  const stop = actions.listen()
  render(Settings)
  await userEvent.click(await screen.findByRole('button', { name: 'Remove from the list: Helen Marsh' }))
  await waitFor(() => expect(screen.queryByText(/^Helen Marsh,/)).toBeNull())
  await userEvent.click(await screen.findByRole('button', { name: 'Remove from the list: David Okafor' }))
  expect(await screen.findByText(/None yet. Add a certificate file/)).toBeInTheDocument()
  await userEvent.keyboard('{Control>}zz{/Control}')
  expect(await screen.findByText(/^Helen Marsh,/)).toBeInTheDocument()
  expect(await screen.findByText(/^David Okafor,/)).toBeInTheDocument()
  stop()
})

test('the library moves to another folder, or says why not', async () => {
  const host = memory()
  app.start(host)
  const { container } = render(Settings, { at: 'data' })
  const move = await screen.findByRole('button', { name: 'Move to another folder…' })
  await userEvent.click(move)
  expect(await screen.findByText('Moved. The library now lies at /media/disk/reports/library.rapporteur.')).toBeInTheDocument()
  host.fail('moveLibrary', { code: 'library_shared', detail: '', facts: {} })
  await userEvent.click(move)
  expect(await screen.findByRole('alert')).toHaveTextContent('open in another window')
  expect(move).toHaveFocus()
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
})

test('an act from elsewhere leads to its part', async () => {
  app.start(memory())
  render(Settings, { at: 'time' })
  await waitFor(() => expect(screen.getByLabelText('Address')).toHaveFocus())
})
