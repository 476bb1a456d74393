import { beforeEach, expect, test } from 'vitest'
import { memory, type Memory } from '../host/memory'
import { app } from './app.svelte'

let host: Memory
beforeEach(() => {
  host = memory()
  app.start(host)
})

test('each key counts, however fast they come', async () => {
  await app.begin()
  await Promise.all([app.zoom(1), app.zoom(1), app.zoom(1)])
  expect(host.zooms).toEqual([110, 125, 150])
  expect((await host.settings()).zoom).toBe(150)
})

test('a window that cannot be zoomed stays as large as it was', async () => {
  await app.begin()
  host.zoom = () => Promise.reject(new Error('no'))
  await expect(app.zoom(1)).rejects.toThrow('no')
  expect(app.settings.zoom).toBe(100)
})
