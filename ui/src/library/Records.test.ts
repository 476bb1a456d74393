import { render, screen, within } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Records from './Records.svelte'

vi.setConfig({ testTimeout: 30_000 })

async function shown(shelf: 'typical' | 'empty' = 'typical') {
  const host = memory({ shelf })
  app.start(host)
  app.show({ kind: 'records' })
  const page = render(Records, {})
  await screen.findByText(shelf === 'empty' ? /Nothing was exported/ : /entr(y|ies)$/, {}, { timeout: 10_000 })
  return { host, page }
}

test('what was signed stands there with who, for whom and its fingerprint, and Enter opens its report', async () => {
  const { page } = await shown()
  const row = screen.getAllByRole('row').find((one) => within(one).queryByText('Signed'))
  expect(row).toHaveTextContent(/Helen Marsh.*c3c3c3c3…c3c3/)
  expect((await axe.run(page.container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  row?.focus()
  await userEvent.keyboard('{Enter}')
  expect(app.screen).toMatchObject({ kind: 'editor' })
})

test('a search narrows the entries, and they are saved as a table and as JSON', async () => {
  const stop = actions.listen()
  const { host } = await shown()
  const json = vi.spyOn(host, 'exportRecords')
  await userEvent.type(screen.getByRole('searchbox'), 'helen')
  expect(screen.getAllByRole('row')).toHaveLength(2)
  await userEvent.keyboard('{Control>}s{/Control}')
  expect(await screen.findByText('Saved as exported and filed.csv.')).toBeInTheDocument()
  expect(host.tables[0]).toHaveLength(2)
  expect(host.tables[0]?.[1]).toContain('c3'.repeat(32))
  await userEvent.click(screen.getByRole('button', { name: 'Save as JSON…' }))
  expect(json).toHaveBeenCalledWith(null, '/home/author/Documents/exported and filed.json')
  await userEvent.clear(screen.getByRole('searchbox'))
  await userEvent.type(screen.getByRole('searchbox'), 'nobody at all')
  expect(screen.getByText(/No entry matches/)).toBeInTheDocument()
  stop()
})

test('where nothing was exported yet, it says what will stand there', async () => {
  await shown('empty')
  expect(screen.queryByRole('grid')).toBeNull()
})
