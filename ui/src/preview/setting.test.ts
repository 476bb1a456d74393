import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Preview } from '../host/types/Preview'
import { Setting } from './setting.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pages = (token: string): Preview => ({ token, pages: 1, anchors: [], missing_glyphs: [] })
const bytes = async () => new Uint8Array([1])

test('edits close together ask for pages once', async () => {
  const preview = vi.fn(async () => pages('a'))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  setting.refresh()
  setting.refresh()
  await vi.advanceTimersByTimeAsync(200)
  expect(preview).toHaveBeenCalledOnce()
  expect(setting.shown?.preview.token).toBe('a')
})

test('pages follow while someone types on', async () => {
  const preview = vi.fn(async () => pages('a'))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  for (let typed = 0; typed < 20; typed += 1) {
    setting.refresh()
    await vi.advanceTimersByTimeAsync(50)
  }
  expect(preview.mock.calls.length).toBeGreaterThan(3)
})

test('one request at a time, and the last edit is never left out', async () => {
  const answers: ((preview: Preview | null) => void)[] = []
  const preview = vi.fn(() => new Promise<Preview | null>((answer) => answers.push(answer)))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(preview).toHaveBeenCalledOnce()
  answers[0]?.(pages('old'))
  await vi.advanceTimersByTimeAsync(1)
  expect(preview).toHaveBeenCalledTimes(2)
  answers[1]?.(pages('new'))
  await vi.advanceTimersByTimeAsync(1)
  expect(setting.shown?.preview.token).toBe('new')
})

test('an overtaken request leaves the pages as they are', async () => {
  const preview = vi.fn<() => Promise<Preview | null>>(async () => pages('a'))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  preview.mockResolvedValueOnce(null)
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(setting.shown?.preview.token).toBe('a')
})

test('slow setting is said, quick setting is not', async () => {
  let answer: (preview: Preview) => void = () => undefined
  const preview = vi.fn(() => new Promise<Preview>((resolve) => (answer = resolve)))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(400)
  expect(setting.slow).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(setting.slow).toBe(true)
  answer(pages('a'))
  await vi.advanceTimersByTimeAsync(1)
  expect(setting.slow).toBe(false)
})

test('a failure is kept until the next pages come', async () => {
  const preview = vi.fn(async () => pages('a')).mockRejectedValueOnce(new Error('no'))
  const setting = new Setting({ preview, previewBytes: bytes }, 'report')
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(setting.fault).toBeInstanceOf(Error)
  setting.refresh(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(setting.fault).toBeNull()
})
