import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { memory, type Beginning } from '../host/memory'
import { PASSPHRASE } from '../host/memory/filing'
import { app } from '../state/app.svelte'
import { further } from '../words/further'
import SignFurther from './SignFurther.svelte'

vi.mock('../preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))
vi.setConfig({ testTimeout: 30_000 })

async function sheet(file: string, beginning: Beginning = {}) {
  const host = memory({ pace: 5, ...beginning })
  app.start(host)
  app.show({ kind: 'verify', path: `/home/author/${file}` })
  app.show({ kind: 'further', path: `/home/author/${file}` })
  const page = render(SignFurther, { path: `/home/author/${file}` })
  await waitFor(() => expect(page.container).not.toHaveTextContent('Reading the file'), { timeout: 10_000 })
  return { host, page, user: userEvent.setup() }
}

const sound = async (element: Element) => (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)

test('the signer sees what changed since, and whose place is next; the keyboard is on the passphrase', async () => {
  const { page } = await sheet('one-signer.pdf')
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Sign this file too')
  expect(page.container).toHaveTextContent(/The pages\s*Unchanged since David Okafor signed/)
  expect(screen.getByRole('radio', { name: 'Sign in this place: Dana Osei, Head of operations' })).toBeChecked()
  expect(screen.getByRole('status')).toHaveTextContent('The file will say “Helen Marsh, in the place of Dana Osei”')
  await waitFor(() => expect(screen.getByLabelText('Passphrase')).toHaveFocus())
  expect(await sound(page.container)).toEqual([])
})

test('the place that was chosen is signed, into a new file', async () => {
  const { host, page, user } = await sheet('one-signer.pdf')
  const asked = vi.spyOn(host, 'signFurther')
  await user.click(screen.getByRole('radio', { name: /Data protection officer/ }))
  expect(screen.queryByText(/in the place of/)).toBeNull()
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByText(/Signed by Helen Marsh, then read back and verified. The file you opened is as it was/)).toBeInTheDocument()
  expect(asked.mock.calls[0]?.[0]).toMatchObject({ path: '/home/author/one-signer.pdf', output: '/home/author/Documents/one-signer (signed twice).pdf', field: 'Place3' })
  expect(await sound(page.container)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Verify it' }))
  expect(app.screen).toMatchObject({ kind: 'verify', path: '/home/author/Documents/one-signer (signed twice).pdf' })
})

test('a wrong passphrase is said beside its field, and everything else stays', async () => {
  const { user } = await sheet('one-signer.pdf')
  await user.type(screen.getByLabelText('Passphrase'), 'nothing like it{Enter}')
  expect(await screen.findByText(/This passphrase does not open the identity/)).toBeInTheDocument()
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Sign this file too')
})

test('a file that was changed is not signed, and why is said', async () => {
  await sheet('changed.pdf')
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('This file cannot be signed further')
  expect(screen.getByRole('alert')).toHaveTextContent('the file was changed after it was signed')
  expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
})

test('a file whose places are all taken says so', async () => {
  await sheet('sound.pdf')
  expect(screen.getByText(/Every place for a signature in this file is taken/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Sign' })).toBeNull()
})

test('the file of a further signature is named after how many there are', () => {
  expect([1, 2, 3].map((count) => further.fileName('/a/Report v1.pdf', count))).toEqual(['Report v1 (signed).pdf', 'Report v1 (signed twice).pdf', 'Report v1 (signed three times).pdf'])
  expect(further.fileName('/a/Report v1 (signed twice).pdf', 3)).toBe('Report v1 (signed three times).pdf')
})
