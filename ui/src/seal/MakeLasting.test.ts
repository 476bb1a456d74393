import { render, screen } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { actions } from '../actions/registry'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Verify from './Verify.svelte'

vi.mock('../preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))
vi.setConfig({ testTimeout: 30_000 })

async function lasting(authority: string, pace = 5) {
  const host = memory({ pace })
  app.start(host)
  await app.keepSettings({ ...app.settings, authority })
  app.show({ kind: 'verify', path: '/home/author/sound.pdf' })
  const page = render(Verify, { path: '/home/author/sound.pdf' })
  const extend = vi.spyOn(host, 'extend')
  await userEvent.click(await screen.findByRole('button', { name: 'Add trusted time…' }, { timeout: 10_000 }))
  return { host, page, extend }
}

const sound = async (element: Element) => (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)

test('who is sent what is said before anybody is asked, and what came back after', async () => {
  const { page, extend } = await lasting('https://tsa.example/')
  expect(page.container).toHaveTextContent('A fingerprint of each signature without a trusted time is sent to https://tsa.example/, and nothing else.')
  expect(screen.getByRole('button', { name: 'Ask them and save…' })).toHaveFocus()
  expect(extend).not.toHaveBeenCalled()
  expect(await sound(page.container)).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('As far as you wanted. The new file was read back and verified.')).toBeInTheDocument()
  expect(extend.mock.calls[0]?.[0]).toEqual({ path: '/home/author/sound.pdf', output: '/home/author/Documents/sound (lasting).pdf', reach: 'time' })
  expect(page.container).toHaveTextContent('https://tsa.example/: the time, 4.2 kB')
  expect(await sound(page.container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Verify the new file' }))
  expect(app.screen).toEqual({ kind: 'verify', path: '/home/author/Documents/sound (lasting).pdf' })
})

test('what could not be had is named, and costs nothing else', async () => {
  const { page } = await lasting('https://tsa.example/')
  await userEvent.click(screen.getByRole('radio', { name: 'For the archive' }))
  await userEvent.click(screen.getByRole('button', { name: 'Ask them and save…' }))
  expect(await screen.findByText(/^Not as far as you wanted/)).toBeInTheDocument()
  expect(page.container).toHaveTextContent('Helen Marsh: the certificate names no address at which one could ask whether it was revoked.')
})

test('without an authority nobody is asked; the settings are one press away', async () => {
  const { extend } = await lasting('')
  expect(screen.queryByRole('button', { name: 'Ask them and save…' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Add one in the settings' }))
  expect(app.screen).toEqual({ kind: 'settings', at: 'time' })
  expect(extend).not.toHaveBeenCalled()
})

test('while an authority is asked its address is shown, and Escape stops the asking', async () => {
  const stop = actions.listen()
  await lasting('https://tsa.example/', 400)
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText('Asking https://tsa.example/ for the time…')).toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  expect(await screen.findByText('Cancelled. Nothing was written.')).toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  expect(await screen.findByRole('button', { name: 'Add trusted time…' })).toHaveFocus()
  stop()
})
