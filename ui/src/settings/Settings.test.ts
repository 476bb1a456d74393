import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test } from 'vitest'
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
  expect(await screen.findByText('its file is not there now')).toBeInTheDocument()
  expect(screen.getByText('valid until 31 March 2028')).toBeInTheDocument()
})

test('the folder of the library is shown', async () => {
  const host = memory()
  app.start(host)
  render(Settings)
  await userEvent.click(await screen.findByRole('button', { name: 'Show in folder' }))
  expect(host.revealed).toEqual([(await host.shelf({ text: '', state: null })).path])
})
