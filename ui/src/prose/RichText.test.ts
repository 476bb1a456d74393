import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { RichText as Body } from '../host/types/RichText'
import { prose } from '../words/prose'
import { currentText } from './current'
import RichText from './RichText.svelte'

beforeAll(() => {
  // jsdom lays nothing out; the editor asks where its caret is.
  const nowhere = { top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0, x: 0, y: 0, toJSON: () => ({}) }
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => nowhere
  document.elementFromPoint = () => null
})

const plain = (text: string): Body => [{ type: 'paragraph', content: [{ type: 'text', text }] }]
const facts = [{ key: 'restored', label: 'Restored', words: '15 October 2026, 01:44 BST' }]

function open(value: Body, add = vi.fn((file: File) => Promise.resolve({ attachment: `id of ${file.name}` }))) {
  const onchange = vi.fn<(value: Body) => void>()
  const props = { value, label: 'Root cause', placeholder: 'Write here', onchange: (now: () => Body) => onchange(now()), facts, pictures: { add, url: () => Promise.resolve('blob:x') } }
  const view = render(RichText, props)
  return { ...view, onchange, add, text: screen.getByRole('textbox', { name: 'Root cause' }) }
}

async function focus(text: HTMLElement) {
  text.focus()
  await screen.findByRole('toolbar')
}

test('it is a named text box, empty with its hint, and without barriers', async () => {
  const { container, text } = open([])
  expect(text.getAttribute('aria-placeholder')).toBe('Write here')
  await focus(text)
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map((v) => v.id)).toEqual([])
})

test('the toolbar is there while the text has the keyboard, and is one tab stop', async () => {
  const { text } = open(plain('words'))
  expect(screen.queryByRole('toolbar')).toBeNull()
  await focus(text)
  const stops = within(screen.getByRole('toolbar')).getAllByRole('button').filter((button) => button.tabIndex === 0)
  expect(stops.map((button) => button.textContent)).toEqual([prose.bold])
  stops[0]?.focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(document.activeElement?.textContent).toBe(prose.italic)
  await userEvent.keyboard('{End}')
  expect(document.activeElement?.textContent).toContain(prose.more)
})

test('a switch in the toolbar says what holds and writes what the core reads', async () => {
  const { text, onchange } = open(plain('words'))
  await focus(text)
  const list = screen.getByRole('button', { name: prose.list })
  expect(list.getAttribute('aria-pressed')).toBe('false')
  await userEvent.click(list)
  expect(list.getAttribute('aria-pressed')).toBe('true')
  expect(onchange).toHaveBeenLastCalledWith([{ type: 'bulletList', content: [{ type: 'listItem', content: plain('words') }] }])
})

test('a value from outside is shown and not given back', async () => {
  const { rerender, text, onchange } = open(plain('before the undo'))
  await rerender({ value: plain('before') })
  expect(text.textContent).toBe('before')
  await rerender({ value: [] })
  expect(text.textContent).toBe('')
  expect(onchange).not.toHaveBeenCalled()
})

test('undo is left to the report', async () => {
  const { text } = open(plain('words'))
  await focus(text)
  expect(await fireEvent.keyDown(text, { key: 'z', code: 'KeyZ', keyCode: 90, ctrlKey: true })).toBe(true)
  expect(await fireEvent.keyDown(text, { key: 'y', code: 'KeyY', keyCode: 89, ctrlKey: true })).toBe(true)
  const native = new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true, bubbles: true })
  text.dispatchEvent(native)
  expect(native.defaultPrevented).toBe(true)
})

test('a fact is chosen from a menu and shows its words', async () => {
  const { text, onchange } = open([])
  await focus(text)
  await userEvent.click(screen.getByRole('button', { name: prose.fact }))
  await userEvent.click(screen.getByRole('menuitem', { name: /Restored/ }))
  expect(onchange).toHaveBeenLastCalledWith([{ type: 'paragraph', content: [{ type: 'fact', attrs: { key: 'restored' } }] }])
  expect(text.textContent).toContain('15 October 2026, 01:44 BST')
})

test('Ctrl / opens what else there is, Escape closes it', async () => {
  const { text } = open(plain('words'))
  await focus(text)
  fireEvent.keyDown(text, { key: '/', code: 'Slash', ctrlKey: true })
  expect(await screen.findByRole('menuitemradio', { name: /^Heading/ })).toBe(document.activeElement)
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('menu')).toBeNull()
})

test('an address that cannot be a link is refused with a sentence', async () => {
  const { text, onchange } = open([])
  await focus(text)
  await userEvent.click(screen.getByRole('button', { name: prose.link }))
  await userEvent.type(screen.getByLabelText(prose.address), 'javascript:alert(1){Enter}')
  expect(screen.getByRole('alert').textContent).toBe(prose.badAddress)
  await userEvent.clear(screen.getByLabelText(prose.address))
  await userEvent.type(screen.getByLabelText(prose.address), 'status.example/4711{Enter}')
  expect(onchange).toHaveBeenLastCalledWith([
    { type: 'paragraph', content: [{ type: 'text', text: 'status.example/4711', marks: [{ type: 'link', attrs: { href: 'https://status.example/4711' } }] }] },
  ])
})

test('a pasted picture becomes a figure whose caption and words are asked in place; other files are refused by name', async () => {
  const { text, onchange } = open(plain('words'))
  await focus(text)
  const files = [new File(['x'], 'queue.png', { type: 'image/png' }), new File(['x'], 'clip.gif', { type: 'image/gif' })]
  fireEvent.paste(text, { clipboardData: { files, types: ['Files'], getData: () => '' } })
  const alt = await screen.findByLabelText(prose.altLabel)
  await userEvent.type(alt, 'Rising')
  await waitFor(() =>
    expect(onchange).toHaveBeenLastCalledWith([...plain('words'), { type: 'figure', attrs: { attachment: 'id of queue.png', alt: 'Rising' } }]),
  )
  expect(screen.getByRole('status').textContent).toBe(prose.notAPicture(['clip.gif']))
})

test('only pictures are taken', async () => {
  const { text, onchange, add } = open(plain('words'))
  await focus(text)
  fireEvent.paste(text, { clipboardData: { files: [new File(['x'], 'clip.gif', { type: 'image/gif' })], types: ['Files'], getData: () => '' } })
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe(prose.notAPicture(['clip.gif'])))
  expect(add).not.toHaveBeenCalled()
  expect(onchange).not.toHaveBeenCalled()
})

test('files that the window was given can be put into the text that is being written', async () => {
  const { text, onchange } = open(plain('words'))
  expect(currentText()).toBeNull()
  await focus(text)
  currentText()?.addPictures([new File(['x'], 'queue.png', { type: 'image/png' })])
  await waitFor(() => expect(JSON.stringify(onchange.mock.lastCall)).toContain('id of queue.png'))
  text.blur()
  expect(currentText()).toBeNull()
})
