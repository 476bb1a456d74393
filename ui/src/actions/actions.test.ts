import { afterEach, expect, test, vi } from 'vitest'
import { matches, shown } from './keys'
import { actions } from './registry'

const pressed = (key: string, held: Partial<KeyboardEventInit> = {}) =>
  new KeyboardEvent('keydown', { key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '', cancelable: true, ...held })

let undo: (() => void)[] = []
afterEach(() => {
  undo.forEach((stop) => stop())
  undo = []
})

test('chords name exactly the keys held', () => {
  expect(matches('Mod+K', pressed('k', { ctrlKey: true }))).toBe(true)
  expect(matches('Mod+K', pressed('k'))).toBe(false)
  expect(matches('Mod+Z', pressed('Z', { ctrlKey: true, shiftKey: true }))).toBe(false)
  expect(matches('Mod+Shift+Z', pressed('Z', { ctrlKey: true, shiftKey: true }))).toBe(true)
  expect(matches('Mod+/', pressed('/', { ctrlKey: true, shiftKey: true }))).toBe(true)
})

test('what a key writes counts, not where it is, unless it writes another script', () => {
  expect(matches('Mod+Z', pressed('w', { ctrlKey: true, code: 'KeyZ' }))).toBe(false)
  expect(matches('Mod+Z', pressed('я', { ctrlKey: true, code: 'KeyZ' }))).toBe(true)
})

test('plus is the sign itself, under Shift or on a number pad', () => {
  expect(matches('Mod+Plus', pressed('+', { ctrlKey: true, shiftKey: true }))).toBe(true)
  expect(matches('Mod+Plus', pressed('+', { ctrlKey: true, code: 'NumpadAdd' }))).toBe(true)
  expect(matches('Mod+=', pressed('=', { ctrlKey: true }))).toBe(true)
  expect(matches('Mod+Plus', pressed('='))).toBe(false)
})

test('keys are written as people say them', () => {
  expect(shown('Mod+Shift+S', false)).toBe('Ctrl Shift S')
  expect(shown('Mod+Shift+S', true)).toBe('⌘⇧S')
})

test('a screen takes over a key of the window, and gives it back', () => {
  const window = vi.fn()
  const screen = vi.fn()
  undo.push(actions.add([{ id: 'a', label: 'A', group: 'g', keys: 'Mod+K', run: window }]))
  const leave = actions.add([{ id: 'b', label: 'B', group: 'g', keys: 'Mod+K', run: screen }])
  actions.press(pressed('k', { ctrlKey: true }))
  leave()
  actions.press(pressed('k', { ctrlKey: true }))
  expect([window.mock.calls.length, screen.mock.calls.length]).toEqual([1, 1])
})

test('a plain key does nothing while text is typed, and an act that is not available never runs', () => {
  const run = vi.fn()
  undo.push(actions.add([{ id: 'one', label: '1', group: 'g', keys: '1', run }]))
  undo.push(actions.add([{ id: 'two', label: '2', group: 'g', keys: '2', available: () => false, run }]))
  undo.push(actions.listen())
  const input = document.body.appendChild(document.createElement('input'))
  input.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }))
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true }))
  expect(run).not.toHaveBeenCalled()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }))
  expect(run).toHaveBeenCalledOnce()
})
