import { render, screen, waitFor, within } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Palette from './Palette.svelte'

const run = vi.fn()
let remove: () => void

beforeEach(() => {
  app.start(memory())
  app.palette = true
  run.mockClear()
  remove = actions.add([
    { id: 'add', label: 'Add a timeline entry', group: 'g', keys: 'Mod+Enter', run: () => run('add') },
    { id: 'zone', label: 'Change the time zone', group: 'g', run: () => run('zone') },
    { id: 'never', label: 'Not in time', group: 'g', available: () => false, run: () => run('never') },
    { id: 'key', label: 'Time in the dark', group: 'g', unlisted: true, run: () => run('key') },
    { id: 'go', label: 'Timeline', group: 'g', kind: 'go', run: () => run('go') },
  ])
})
afterEach(() => remove())

const names = () => screen.getAllByRole('option').map((one) => one.textContent?.trim())
const chosen = () => screen.getByRole('option', { selected: true })

test('typing finds acts, places and reports, each in its group, and says how many', async () => {
  const { container } = render(Palette)
  const field = screen.getByRole('combobox')
  expect(field).toHaveFocus()
  await screen.findByText(/Prepayment/)
  await userEvent.type(field, 'time')
  expect(names()).toEqual(['Change the time zone', 'Add a timeline entry Ctrl Enter', 'Timeline'])
  expect(within(screen.getByRole('group', { name: 'Go to' })).getAllByRole('option')).toHaveLength(1)
  expect(screen.getByRole('status')).toHaveTextContent('3 found')
  expect(field).toHaveAttribute('aria-activedescendant', chosen().id)
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
})

test('arrows go round, Tab goes to the next group, Enter does it and the palette is gone', async () => {
  render(Palette)
  await userEvent.type(screen.getByRole('combobox'), 'time')
  await userEvent.keyboard('{ArrowUp}')
  expect(chosen()).toHaveTextContent('Timeline')
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  expect(chosen()).toHaveTextContent('Add a timeline entry')
  await userEvent.keyboard('{Tab}')
  expect(chosen()).toHaveTextContent('Timeline')
  await userEvent.keyboard('{Enter}')
  expect(run).toHaveBeenCalledWith('go')
  expect(app.palette).toBe(false)
})

test('Escape closes, and the keyboard is back where it was', async () => {
  const button = document.body.appendChild(document.createElement('button'))
  button.focus()
  const { unmount } = render(Palette)
  await userEvent.keyboard('{Escape}')
  expect(app.palette).toBe(false)
  unmount()
  await waitFor(() => expect(button).toHaveFocus())
  button.remove()
})

test('what finds nothing says so', async () => {
  render(Palette)
  await userEvent.type(screen.getByRole('combobox'), 'zebra')
  expect(screen.getByText('No command, heading or report matches “zebra”.')).toBeInTheDocument()
  await userEvent.keyboard('{Enter}{Tab}')
  expect(run).not.toHaveBeenCalled()
})
