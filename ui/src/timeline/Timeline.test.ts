import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { changed } from '../host/apply'
import type { Edit } from '../host/types/Edit'
import type { Event } from '../host/types/Event'
import type { Row } from '../host/types/Row'
import { timeline } from '../words/timeline'
import Timeline from './Timeline.svelte'

const event = (id: string, date: string, at: string, text: string, more: Partial<Event> = {}): Row => ({
  kind: 'event', id, date, time: { kind: 'at', at: `${at}:00` }, text, ...more,
})

const evening: Row[] = [
  event('a', '2026-10-14', '21:36', 'Gateways stop', { milestone: { role: 'impact_start' } }),
  event('b', '2026-10-14', '21:38', 'Queue passes its limit', { automated: true }),
  event('c', '2026-10-15', '00:15', 'Limit found'),
]

/** A timeline whose edits are applied as the session does it. */
function open(rows: Row[], zoneName: string | null = 'Europe/London') {
  const onedit = vi.fn<(edit: Edit) => void>((edit) => {
    if (edit.edit === 'timeline') void view.rerender({ rows: (rows = changed(rows, edit.change)) })
  })
  const onjot = vi.fn<(lines: string[], at: number | null) => void>((lines, at) => {
    const row = (line: string) => event(`jot ${line}`, '2026-10-15', '09:15', line)
    void view.rerender({ rows: (rows = rows.toSpliced(at ?? rows.length, 0, ...lines.map(row))) })
  })
  const zone: [string, string] | null = zoneName ? ['BST', 'UTC+1'] : null
  const ids = () => Promise.resolve(['fresh'])
  const view = render(Timeline, { rows, zone, zoneName, firstDay: '2026-10-14', order: 'day_month', onjot, onedit, ids })
  return { ...view, onedit, onjot, texts: () => [...view.container.querySelectorAll('.event')].map((row) => row.textContent?.replace(/\s+/g, ' ').trim()) }
}

const row = (name: RegExp) => screen.getByRole('row', { name })

test('rows stand under their days, with what is a machine’s doing and what is a key moment said in words', async () => {
  const { container, texts } = open(evening)
  expect([...container.querySelectorAll('.day')].map((day) => day.textContent)).toEqual(['Wednesday 14 October 2026', 'Thursday 15 October 2026'])
  expect(texts()).toEqual(['21:36 key moment Gateways stop Impact start', '21:38 Queue passes its limit (automated)', '00:15 Limit found'])
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})

test('arrows walk the rows and on to the entry line, and back', async () => {
  open(evening)
  row(/Queue/).focus()
  await userEvent.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(row(/Limit found/))
  await userEvent.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: timeline.entry }))
  await userEvent.keyboard('{ArrowUp}{Home}')
  expect(document.activeElement).toBe(row(/Gateways/))
})

test('a typed line goes out, the field is empty for the next, and what was added is said', async () => {
  const { onjot } = open(evening)
  const entry = screen.getByRole('textbox', { name: timeline.entry })
  await userEvent.type(entry, '0915 review call{Enter}')
  expect(onjot).toHaveBeenCalledWith(['0915 review call'], null)
  expect(entry).toBe(document.activeElement)
  expect((entry as HTMLInputElement).value).toBe('')
  expect(screen.getByRole('status').textContent).toContain('review call')
})

test('lines pasted at once are entries of their own', async () => {
  const { onjot } = open([])
  screen.getByRole('textbox', { name: timeline.entry }).focus()
  await userEvent.paste('0915 one\n\n0920 two\r\n')
  expect(onjot.mock.calls).toEqual([[['0915 one', '0920 two'], null]])
})

test('Enter edits time and words in place; Escape puts back what was there', async () => {
  const { onedit, texts } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('{Enter}')
  const time = screen.getByRole('textbox', { name: timeline.edit.time })
  await userEvent.clear(time)
  await userEvent.type(time, 'about 0020{Enter}')
  expect(onedit).toHaveBeenCalledWith({
    edit: 'timeline',
    change: { change: 'replace', at: 2, item: { ...evening[2], time: { kind: 'about', at: '00:20:00' } } },
  })
  expect(texts()[2]).toBe('00:20 about Limit found')
  expect(document.activeElement).toBe(row(/Limit found/))
  await userEvent.keyboard('{Enter} nonsense{Escape}')
  expect(onedit).toHaveBeenCalledTimes(1)
})

test('Enter in the words of a row keeps them too', async () => {
  const { texts } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('{Enter} at last{Enter}')
  expect(texts()[2]).toBe('00:15 Limit found at last')
  expect(document.activeElement).toBe(row(/Limit found at last/))
})

test('what was found at a row stands in it, and while it is edited', async () => {
  const { rerender, texts } = open(evening)
  await rerender({ found: new Map([[2, [{ mark: 'answer' as const, spoken: 'Needs an answer: ', message: 'Out of order' }]]]) })
  expect(texts()[2]).toBe('00:15 Limit found Needs an answer: Out of order')
  row(/Limit found/).focus()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByText('Out of order')).not.toBeNull()
})

test('a time that cannot be read stays in its field with a sentence', async () => {
  const { onedit } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('{Enter}')
  const time = screen.getByRole('textbox', { name: timeline.edit.time })
  await userEvent.clear(time)
  await userEvent.type(time, '25:99{Enter}')
  expect(screen.getByRole('alert').textContent).toBe(timeline.edit.badTime)
  await userEvent.click(screen.getByRole('textbox', { name: timeline.entry }))
  expect((screen.getByRole('textbox', { name: timeline.edit.time }) as HTMLInputElement).value).toBe('25:99')
  expect(onedit).not.toHaveBeenCalled()
})

test('leaving a row that is edited keeps what was typed', async () => {
  const { texts } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('{Enter} at last')
  await userEvent.click(screen.getByRole('textbox', { name: timeline.entry }))
  expect(texts()[2]).toBe('00:15 Limit found at last')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: timeline.entry }))
})

test('R names the key moment, A marks a machine’s doing', async () => {
  const { onedit } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('r')
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map((v) => v.id)).toEqual([])
  await userEvent.keyboard('cau{Enter}')
  expect(onedit).toHaveBeenLastCalledWith({
    edit: 'timeline', change: { change: 'replace', at: 2, item: { ...evening[2], milestone: { role: 'cause_found' } } },
  })
  await userEvent.keyboard('a')
  expect(onedit).toHaveBeenLastCalledWith({
    edit: 'timeline', change: { change: 'replace', at: 2, item: { ...evening[2], milestone: { role: 'cause_found' }, automated: true } },
  })
})

test('a key moment can bear the author’s own words', async () => {
  const { onedit } = open(evening)
  row(/Gateways/).focus()
  await userEvent.keyboard('r')
  await userEvent.click(within(screen.getByRole('menu')).getByRole('menuitem', { name: timeline.ownWords }))
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: timeline.edit.label }))
  await userEvent.keyboard('Top-ups stop{Enter}')
  expect(onedit).toHaveBeenLastCalledWith({
    edit: 'timeline', change: { change: 'replace', at: 0, item: { ...evening[0], milestone: { role: 'impact_start', label: 'Top-ups stop' } } },
  })
})

test('Alt and an arrow move a row, Delete strikes it, and the keyboard stays', async () => {
  const { onedit, texts } = open(evening)
  row(/Queue/).focus()
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(onedit).toHaveBeenLastCalledWith({ edit: 'timeline', change: { change: 'move', from: 1, to: 0 } })
  expect(document.activeElement).toBe(row(/Queue/))
  await userEvent.keyboard('{Delete}')
  expect(texts()).toEqual(['21:36 key moment Gateways stop Impact start', '00:15 Limit found'])
  expect(document.activeElement).toBe(row(/Gateways/))
})

test('P begins a phase above the row and asks its name; I writes lines above it', async () => {
  const { onedit, onjot } = open(evening)
  row(/Limit found/).focus()
  await userEvent.keyboard('p')
  await userEvent.type(await screen.findByRole('textbox', { name: timeline.edit.phase }), 'Recovery{Enter}')
  expect(onedit).toHaveBeenLastCalledWith({
    edit: 'timeline', change: { change: 'replace', at: 2, item: { kind: 'phase', id: 'fresh', name: 'Recovery' } },
  })
  row(/Limit found/).focus()
  await userEvent.keyboard('i0005 one{Enter}0010 two{Enter}{Escape}')
  expect(onjot.mock.calls).toEqual([[['0005 one'], 3], [['0010 two'], 4]])
  expect(document.activeElement).toBe(row(/Limit found/))
})

test('the zone is asked once', async () => {
  const { onedit } = open([], null)
  await userEvent.selectOptions(screen.getByRole('combobox', { name: timeline.zoneAsk }), 'Europe/London')
  await userEvent.click(screen.getByRole('button', { name: timeline.zoneUse }))
  expect(onedit).toHaveBeenCalledWith({ edit: 'zone', zone: 'Europe/London' })
})

test('keys of the window pass through', async () => {
  const { onedit } = open(evening)
  const heard = vi.fn()
  window.addEventListener('keydown', heard, { once: true })
  row(/Queue/).focus()
  await userEvent.keyboard('{Control>}r{/Control}')
  expect(heard).toHaveBeenCalled()
  expect(onedit).not.toHaveBeenCalled()
})

test('while the palette has the keyboard, what can be done with the row is still offered, and only then', async () => {
  const { onedit, texts } = open(evening)
  const offered = () => actions.all().filter((one) => one.available?.() ?? true).map((one) => one.id)
  expect(offered()).toEqual(['timeline.entry'])
  const palette = document.body.appendChild(document.createElement('div'))
  palette.setAttribute('role', 'dialog')
  palette.innerHTML = '<input aria-label="palette">'
  row(/Queue/).focus()
  palette.querySelector('input')?.focus()
  const strike = actions.all().find((one) => one.id === 'timeline.strike')
  expect(offered()).toContain('timeline.strike')
  await strike?.run()
  expect(onedit).toHaveBeenCalledWith({ edit: 'timeline', change: { change: 'remove', at: 1 } })
  expect(texts()).toHaveLength(2)
  await waitFor(() => expect(document.activeElement).toBe(row(/Limit found/)))
  palette.remove()
  screen.getByRole('textbox', { name: timeline.entry }).focus()
  expect(offered()).toEqual(['timeline.entry'])
})

test('a time typed on a row begins the next entry; other words are refused in place and run into no text', async () => {
  open([...evening, { kind: 'phase', id: 'p', name: 'Recovery' }])
  row(/Queue/).focus()
  await userEvent.keyboard('0915 disk')
  const entry = screen.getByRole<HTMLInputElement>('textbox', { name: timeline.entry })
  expect(entry.value).toBe('0915 disk')
  await userEvent.clear(entry)
  row(/Queue/).focus()
  await userEvent.keyboard('the disk')
  expect(screen.getByText(timeline.notTyped)).toBeTruthy()
  expect(screen.getAllByRole('textbox')).toEqual([entry])
  row(/Recovery/).focus()
  await userEvent.keyboard('rest')
  expect(document.activeElement?.textContent).toContain(timeline.noKeyMoment)
})
