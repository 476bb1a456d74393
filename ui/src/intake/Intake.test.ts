import { configure, render, screen, waitFor, within } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import App from '../App.svelte'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'

vi.mock('../preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))

configure({ asyncUtilTimeout: 8000 })
// axe looks at every zone one can choose, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const NOTES = [
  'Written down during the night',
  'Region / Location impacted',
  'South Region only.',
  'Root Cause, if known',
  'A log had grown for three weeks.',
  '08:40 disk full',
].join('\n')

async function reviewed(text = NOTES) {
  const host = memory()
  app.start(host)
  const page = render(App)
  app.show({ kind: 'intake' })
  const user = userEvent.setup()
  const area = await screen.findByRole('textbox', { name: 'Paste the text here' })
  await waitFor(() => expect(document.activeElement).toBe(area))
  await user.paste(text)
  await screen.findByRole('listbox', { name: 'The text' })
  return { page, user, source: () => screen.getByRole('listbox', { name: 'The text' }), result: () => screen.getByRole('listbox', { name: 'What becomes of it' }) }
}

const chosen = (list: HTMLElement) => within(list).getAllByRole('option', { selected: true }).map((one) => one.textContent?.replace(/\s+/g, ' ').trim())

test('a paste is shown split, what is chosen on one side is chosen on the other, and axe finds nothing', async () => {
  const { page, user, source, result } = await reviewed()
  expect(document.activeElement).toBe(source())
  expect(chosen(source())).toEqual([expect.stringContaining('Written down during the night')])
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(chosen(source())).toEqual([expect.stringContaining('South Region only.')])
  expect(chosen(result())).toEqual(['South Region only.'])
  const { violations } = await axe.run(page.container, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([])
})

test('a piece is put elsewhere by typing the name of a place, and one key takes it back', async () => {
  const { user, result } = await reviewed()
  await user.keyboard('{Enter}')
  await user.keyboard('root{Enter}')
  const group = (name: string) => within(result()).getByRole('group', { name: new RegExp(`^${name}`) })
  await waitFor(() => expect(group('Root Cause, if known')).toHaveTextContent('Written down during the night'))
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(group('Tray')).toHaveTextContent('Written down during the night'))
})

test('a heading takes along what stands under it, and one key takes both back', async () => {
  const { user, result } = await reviewed()
  const group = (name: string) => within(result()).getByRole('group', { name: new RegExp(`^${name}`) })
  await user.keyboard('{ArrowDown}{Enter}')
  await user.keyboard('root{Enter}')
  await waitFor(() => expect(group('Root Cause, if known')).toHaveTextContent('South Region only.'))
  expect(group('Root Cause, if known')).toHaveTextContent('Region / Location impacted')
  expect(screen.getByText('2 pieces moved to Root Cause, if known.', { selector: '[role=status]' })).toBeInTheDocument()
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(group('Region / Location impacted')).toHaveTextContent('South Region only.'))
})

test('rows are shown with their time in a column of its own, and a day that the text does not name can be typed for them', async () => {
  const { user, result } = await reviewed()
  const row = within(result()).getByRole('option', { name: /disk full/ })
  expect([...row.children].map((one) => one.textContent)).toEqual(['08:40', 'disk full'])
  const day = screen.getByRole('textbox', { name: 'or another day' })
  await user.type(day, '31/02/2026{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Not a day. Write it as 14/10/2026 or 14 October 2026.')
  await user.clear(day)
  await user.type(day, '11 March 2026{Enter}')
  await waitFor(() => expect(screen.getByLabelText('Rows without a day')).toHaveValue('2026-03-11'))
})

test('rows without a day are given the report’s own by one key, the assumption is said, and one key takes it back', async () => {
  const { user } = await reviewed(`${NOTES}\n08:55 enlarged, see 2026-03-11`)
  const ask = () => screen.getByLabelText('Rows without a day')
  expect(ask()).toHaveValue('')
  await user.keyboard('{Control>}d{/Control}')
  await waitFor(() => expect(ask()).toHaveValue('2026-03-11'))
  expect(screen.getByText('2 rows state no day; they are taken to be on 2026-03-11.')).toBeInTheDocument()
  expect((await screen.findAllByText('All on 2026-03-11, as an assumption.')).length).toBeGreaterThan(0)
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(ask()).toHaveValue(''))
})

test('several pieces are left out at once, and the count says so', async () => {
  const { user } = await reviewed()
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Delete}')
  await waitFor(() => expect(screen.getByText(/12 left out/)).toBeInTheDocument())
})

test('what is kept opens in the editor with the tray beside it; placing from the tray is one step', async () => {
  const { user } = await reviewed()
  await user.click(screen.getByRole('button', { name: 'Keep as a report' }))
  expect(await screen.findByRole('tab', { name: /Tray\s*1/ })).toHaveAttribute('aria-selected', 'true')
  await waitFor(() => expect(document.activeElement).toHaveAccessibleName('Place it: Written down during the night'))
  await user.keyboard('{Enter}region{Enter}')
  expect(await screen.findByText('The tray is empty.')).toBeInTheDocument()
  await user.keyboard('{Control>}z{/Control}')
  expect(await screen.findByRole('button', { name: /^Place it/ })).toBeInTheDocument()
})

test('a date that can be read two ways is asked until it is answered', async () => {
  const { user } = await reviewed('Region / Location impacted\nSouth, on 02/06/2026')
  const ask = screen.getByLabelText('Order of day and month')
  expect(ask).toHaveValue('day_month')
  await user.selectOptions(ask, 'month_day')
  await waitFor(() => expect(screen.getByLabelText('Order of day and month')).toHaveValue('month_day'))
  expect(screen.queryByRole('button', { name: 'That is right' })).toBeNull()
})

test('the zone of the times can be said, and one key takes it back', async () => {
  const { user } = await reviewed()
  const ask = () => screen.getByLabelText('Time zone')
  await user.selectOptions(ask(), 'Europe/London')
  await waitFor(() => expect(ask()).toHaveValue('Europe/London'))
  await user.click(screen.getByRole('listbox', { name: 'The text' }))
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(ask()).toHaveValue(''))
})

test('where the bytes leave the letters open, another encoding is chosen by the line it changes, and one key takes it back', async () => {
  const host = memory()
  app.start(host)
  render(App)
  app.show({ kind: 'intake', from: { from: 'file', path: '/home/author/letters.txt' } })
  const user = userEvent.setup()
  const ask = () => screen.getByLabelText('Text encoding')
  expect(await screen.findAllByText('A mûködés leállt.')).toHaveLength(2)
  expect(within(ask()).getAllByRole('option').map((one) => one.textContent)).toEqual([
    'Western European: “A mûködés leállt.”', 'Central European: “A működés leállt.”',
  ])
  await user.selectOptions(ask(), 'windows-1250')
  expect(await screen.findAllByText('A működés leállt.')).toHaveLength(2)
  expect(ask()).toHaveValue('windows-1250')
  expect(screen.queryByRole('button', { name: 'Text encoding: That is right' })).toBeNull()
  await user.click(screen.getByRole('listbox', { name: 'The text' }))
  await user.keyboard('{Control>}z{/Control}')
  expect(await screen.findAllByText('A mûködés leállt.')).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Text encoding: That is right' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Text encoding: That is right' })).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Keep as a report' }))
  expect(await screen.findByText('A mûködés leállt.')).toBeInTheDocument()
})

test('a text that is refused says so where it was pasted', async () => {
  const host = memory()
  app.start(host)
  render(App)
  app.show({ kind: 'intake' })
  host.fail('intakeRead', { code: 'not_imported', detail: '', facts: { reason: 'there is nothing in this file to read' } })
  const user = userEvent.setup()
  const area = await screen.findByRole('textbox', { name: 'Paste the text here' })
  await waitFor(() => expect(document.activeElement).toBe(area))
  await user.paste('x')
  expect(await screen.findByRole('alert')).toHaveTextContent('nothing in this file to read')
  expect(area).toHaveValue('x')
})

test('Ctrl+Z pressed at once after Delete takes that back, and fast choices are all kept', async () => {
  const { user, source } = await reviewed()
  const left = () => source().querySelectorAll('.piece.left').length
  await user.keyboard('{Delete}{Control>}z{/Control}')
  await waitFor(() => expect(screen.getAllByText('Undone.').length).toBeGreaterThan(0))
  expect(left()).toBe(0)
  await user.keyboard('{Delete}{ArrowDown}{ArrowDown}{Delete}')
  await waitFor(() => expect(left()).toBe(2))
  await user.keyboard('{Control>}zz{/Control}')
  await waitFor(() => expect(left()).toBe(0))
})

test('one key leads back from the report just kept to the review with its choices', async () => {
  const { user, source } = await reviewed()
  await user.keyboard('{Delete}')
  await waitFor(() => expect(source().querySelectorAll('.piece.left')).toHaveLength(1))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText('Made from the text you reviewed.')).toBeInTheDocument()
  const before = (await app.host.shelf({ text: '', state: null })).total
  await user.keyboard('{Control>}z{/Control}')
  await screen.findByRole('listbox', { name: 'The text' })
  expect(source().querySelectorAll('.piece.left')).toHaveLength(1)
  expect((await app.host.shelf({ text: '', state: null })).total).toBe(before - 1)
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(source().querySelectorAll('.piece.left')).toHaveLength(0))
})
