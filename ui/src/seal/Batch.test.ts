import { render, screen, waitFor, within } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { openFiles } from '../actions/window'
import { memory, type Memory } from '../host/memory'
import { app } from '../state/app.svelte'
import { bottomLine } from '../words/batch'
import Batch from './Batch.svelte'

vi.setConfig({ testTimeout: 30_000 })

/** The paths of the last table: those who come back name the same. */
let shown: string[] = []
const FOLDER = ['/home/author/Filings 2026']

async function verified(host: Memory = memory({ pace: 0 })) {
  app.start(host)
  app.show({ kind: 'batch', paths: FOLDER })
  shown = [...FOLDER]
  const page = render(Batch, { paths: shown })
  await screen.findByRole('button', { name: 'Save as a table…' }, { timeout: 10_000 })
  return { ...page, host }
}

const names = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell')[0]?.textContent)

test('a folder is told in one line, the worst of its files first', async () => {
  const { container } = await verified()
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('3 of 14 are not sound')
  expect(names()).toHaveLength(14)
  expect(names().slice(0, 3).toSorted()).toEqual(['ambiguous', 'attachments', 'changed'])
  expect(names().at(-1)).toBe('sound')
  expect(screen.getByRole('row', { name: /^changed/ })).toHaveTextContent('Changed after signing')
  expect(screen.getByRole('row', { name: /^sound/ })).toHaveTextContent(/Helen Marsh, David Okafor.*own clock.*B-B.*7 of 7.*signed again/)
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
})

test('the keyboard walks, opens a reason, and the file itself; the way back leads to the same row', async () => {
  const stop = actions.listen()
  const { container, unmount } = await verified()
  const first = screen.getAllByRole('row')[1]
  first?.focus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(screen.getByText('This file was changed after it was signed.')).toBeInTheDocument()
  expect(container.querySelector('tr.opened')).toHaveTextContent('Changed: the words on page 2 and the attached file bridge-notes.txt')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  await userEvent.keyboard('o')
  expect(app.screen).toEqual({ kind: 'verify', path: '/home/author/Filings 2026/changed.pdf' })
  app.back()
  expect(app.screen).toEqual({ kind: 'batch', paths: FOLDER })
  unmount()
  render(Batch, { paths: shown })
  await waitFor(() => expect(document.activeElement).toHaveTextContent(/^changed/))
  // What is found there is asked for anew, although another screen was the first to ask.
  await userEvent.keyboard('/password')
  expect(names()).toEqual(['encrypted'])
  stop()
})

test('search and chips narrow the files, and columns sort them', async () => {
  await verified()
  await userEvent.click(screen.getByRole('button', { name: /^Not readable/ }))
  expect(names().toSorted()).toEqual(['damaged', 'encrypted', 'gone', 'notes.txt'])
  await userEvent.click(screen.getByRole('button', { name: /^All/ }))
  await userEvent.type(screen.getByRole('searchbox'), 'password')
  expect(names()).toEqual(['encrypted'])
  await userEvent.type(screen.getByRole('searchbox'), 'x')
  expect(screen.getByText(/No file matches “passwordx”/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Clear search' }))
  await userEvent.click(screen.getByRole('button', { name: 'File' }))
  expect(names().slice(0, 2)).toEqual(['ambiguous', 'attachments'])
  await userEvent.click(screen.getByRole('button', { name: 'File' }))
  expect(names()[0]).toBe('unsigned')
})

test('the table is saved with every column and the whole reason', async () => {
  const { host } = await verified()
  await userEvent.click(screen.getByRole('button', { name: 'Save as a table…' }))
  expect(await screen.findByText('Saved as Filings 2026 verified.csv.')).toBeInTheDocument()
  const [head, ...rows] = host.tables[0] ?? []
  expect(rows).toHaveLength(14)
  expect(rows.every((row) => row.length === head?.length)).toBe(true)
  const changed = rows.find(([file]) => file === 'changed.pdf')
  expect(changed?.[head?.indexOf('Reason') ?? -1]).toMatch(/^This file was changed after it was signed. This is not what was signed. Changed: the words on page 2/)
})

test('what takes long says how far it is, and is stopped by Escape', async () => {
  const stop = actions.listen()
  app.start(memory({ pace: 300 }))
  render(Batch, { paths: [...FOLDER] })
  expect(await screen.findByText(/^[1-9] of 14$/)).toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  expect(await screen.findByText(/^Stopped after \d+ of 14\.$/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Start again' })).toBeInTheDocument()
  stop()
})

test('folders and several PDFs are verified together, a single file is opened', async () => {
  app.start(memory())
  await openFiles(['/a/b.pdf', '/a/c.PDF'])
  expect(app.screen.kind).toBe('batch')
  await openFiles(['/a/b.pdf'])
  expect(app.screen.kind).toBe('verify')
  await openFiles(['/a/folder'])
  expect(app.screen).toEqual({ kind: 'batch', paths: ['/a/folder'] })
})

test('the bottom line names what weighs most', () => {
  const said = (counts: Record<string, number>, all: number) => bottomLine((kind) => counts[kind] ?? 0, all)
  expect(said({ unsound: 1, unread: 2 }, 14)).toBe('1 of 14 is not sound')
  expect(said({ unread: 2, look: 3 }, 14)).toBe('2 of 14 cannot be read')
  expect(said({ look: 1 }, 14)).toBe('1 of 14 needs a look')
  expect(said({ sound: 14 }, 14)).toBe('All 14 are sound')
  expect(said({ sound: 1 }, 1)).toBe('The file is sound')
})
