import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import App from './App.svelte'
import { memory, type Beginning } from './host/memory'
import { app } from './state/app.svelte'

vi.mock('./preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))

async function opened(beginning: Beginning = {}) {
  const host = memory(beginning)
  app.start(host)
  const page = render(App)
  await screen.findByRole('heading', { level: 1, name: /Library|Incident/ })
  return { host, page, user: userEvent.setup() }
}

test('the window opens with one heading and nothing that a screen reader stumbles over', async () => {
  const { page } = await opened()
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
  // jsdom paints nothing, so contrast is for style/contrast.test.ts and the real window.
  const { violations } = await axe.run(page.container, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map((v) => v.id)).toEqual([])
})

test('the keys 1, 2 and 3 open the doors', async () => {
  const { user } = await opened({ shelf: 'empty' })
  await user.keyboard('2')
  expect(await screen.findByRole('heading', { name: 'New report' })).toBeInTheDocument()
  await user.keyboard('{Escape}')
  await screen.findByRole('heading', { name: /Incident reports/ })
  await user.keyboard('3')
  await waitFor(() => expect(app.screen).toEqual({ kind: 'intake' }))
})

test('the palette opens over any screen, goes to another, and the way back is the way one came', async () => {
  const { user } = await opened()
  await user.keyboard('{Control>}k{/Control}')
  await user.type(screen.getByRole('combobox'), 'settings')
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeInTheDocument()
  expect(screen.queryByRole('combobox')).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Library' }))
  expect(await screen.findByRole('heading', { name: 'Library' })).toBeInTheDocument()
})

test('a file dropped on the library is opened for what it is, and one that is refused says so', async () => {
  const { host } = await opened()
  host.drop(['/home/author/report.json'])
  await waitFor(() => expect(app.screen).toMatchObject({ kind: 'editor' }))
  app.show({ kind: 'library' })
  host.fail('openNextVersion', { code: 'not_a_report', detail: '', facts: { reason: 'it has no headings' } })
  host.drop(['/home/author/other.json'])
  expect(await screen.findByRole('alert')).toHaveTextContent('This file is not a Rapporteur report: it has no headings.')
  host.drop(['/home/author/notes.md'])
  expect(await screen.findByRole('listbox', { name: 'The text' })).toBeInTheDocument()
  host.drop(['/home/author/filed.PDF'])
  await waitFor(() => expect(app.screen).toEqual({ kind: 'verify', path: '/home/author/filed.PDF' }))
})

test('the colours follow the settings', async () => {
  const { user } = await opened()
  await user.keyboard('{Control>}k{/Control}')
  await user.type(screen.getByRole('combobox'), 'dark')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
})
