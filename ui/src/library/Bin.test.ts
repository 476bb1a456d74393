import { render, screen, waitFor, within } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Bin from './Bin.svelte'

let stop: () => void
beforeEach(() => (stop = actions.listen()))
afterEach(() => stop())

/** Two of three reports and one of two forms lie in the bin. */
async function shown() {
  const host = memory({ pick: '/forms/own.toml' })
  app.start(host)
  const { reports } = await host.shelf({ text: '', state: null })
  await host.addTemplate('/forms/own.toml')
  await host.removeTemplate('own')
  for (const { id } of reports.slice(0, 2)) await host.remove(id)
  app.show({ kind: 'bin' })
  const page = render(Bin)
  await screen.findByRole('grid')
  return { host, page }
}

const rows = () => screen.queryAllByRole('row').slice(1)
const sound = async (element: Element) =>
  (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)

test('Enter restores a report or a form, and Ctrl+Z puts it back in the bin', async () => {
  const { host, page } = await shown()
  await waitFor(() => expect(rows()[0]).toHaveFocus())
  expect(rows()).toHaveLength(3)
  expect(await sound(page.container)).toEqual([])
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(rows()).toHaveLength(2))
  expect((await host.shelf({ text: '', state: null })).total).toBe(2)
  await waitFor(() => expect(rows()[0]).toHaveFocus())
  await userEvent.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(rows()).toHaveLength(3))
  await userEvent.keyboard('{End}{Enter}')
  await waitFor(async () => expect((await host.templates()).some(({ own }) => own)).toBe(true))
})

test('nothing is deleted for good but after asking, which says what goes and stands on the answer that keeps it', async () => {
  const { host, page } = await shown()
  await waitFor(() => expect(rows()[0]).toHaveFocus())
  await userEvent.keyboard('{Delete}')
  const asked = await screen.findByRole('alert')
  expect(asked).toHaveTextContent(/for good\?.*Its text, its history.*cannot be undone/)
  expect(within(asked).getByRole('button', { name: 'Keep' })).toHaveFocus()
  expect(await sound(page.container)).toEqual([])
  await userEvent.keyboard('{Delete}{Enter}')
  await waitFor(() => expect(rows()[0]).toHaveFocus())
  expect((await host.bin()).reports).toHaveLength(2)
  await userEvent.keyboard('{Delete}')
  await userEvent.click(await screen.findByRole('button', { name: 'Delete for good' }))
  await waitFor(async () => expect((await host.bin()).reports).toHaveLength(1))
  expect(await screen.findByText(/was deleted for good/)).toBeInTheDocument()
})

test('all is restored at once, and taken back at once; the bin is emptied only when asked', async () => {
  const { host } = await shown()
  await userEvent.click(screen.getByRole('button', { name: 'Restore all' }))
  expect(await screen.findByText('The bin is empty.')).toBeInTheDocument()
  await userEvent.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(rows()).toHaveLength(3))
  await userEvent.click(screen.getByRole('button', { name: 'Empty the bin…' }))
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect((await host.bin()).reports).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: 'Empty the bin…' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Delete for good' }))
  await waitFor(async () => expect(await host.bin()).toEqual({ reports: [], forms: [] }))
  expect((await host.shelf({ text: '', state: null })).total).toBe(1)
})
