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

async function verdictOf(file: string) {
  app.start(memory())
  const page = render(Verify, { path: `/home/author/${file}` })
  await screen.findByRole('heading', { level: 1, name: /[Tt]his file|This is|Unchanged|Signed/ })
  return page
}

test.each([
  ['sound.pdf', 'This file is sound', /Both signatures are valid, and nothing has changed since the last. Every heading/],
  ['not-trusted.pdf', 'Unchanged, but a signer is not known to this computer', /check the fingerprint/],
  ['changed.pdf', 'This file was changed after it was signed', /Changed: the words on page 2 and the attached file bridge-notes.txt. Do not rely/],
  ['ambiguous.pdf', 'Readers may show this file differently', /nobody can tell which of them was signed/],
  ['unknown-kind.pdf', 'Rapporteur cannot check a signature in this file', /says nothing for or against it/],
  ['unsigned.pdf', 'This is a draft; it has not been signed', /Without a signature/],
  ['headings.pdf', 'Signed, but a required heading is missing', /It has no heading “Root Cause, if known”/],
  ['attachments.pdf', 'Signed, but an attached file differs', /node-2-certificate.txt is not the file the report recorded/],
  ['foreign.pdf', 'Unchanged; signer unknown', /The signature is valid, and nothing has changed since. Nobody has confirmed here who the signer is/],
  ['encrypted.pdf', 'This file cannot be verified', /locked with a password/],
  ['damaged.pdf', 'This file cannot be verified', /was cut off or is damaged/],
  ['notes.txt', 'This file cannot be verified', /is not a PDF/],
])('%s: %s', async (file, verdict, lead) => {
  const { container } = await verdictOf(file)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(verdict)
  expect(container.querySelector('.lead')).toHaveTextContent(lead)
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
})

test('a file that carries its report goes on as the next version', async () => {
  await verdictOf('sound.pdf')
  await userEvent.click(screen.getByRole('button', { name: 'Open as next version' }))
  expect(app.screen).toMatchObject({ kind: 'editor' })
})

test('a file without a report offers no next version', async () => {
  await verdictOf('foreign.pdf')
  expect(screen.queryByRole('button', { name: 'Open as next version' })).not.toBeInTheDocument()
})

test('the verdict can be copied whole', async () => {
  const user = userEvent.setup()
  await verdictOf('changed.pdf')
  await user.click(screen.getByRole('button', { name: 'Copy verdict' }))
  const copied = await navigator.clipboard.readText()
  expect(copied).toMatch(/^changed.pdf: This file was changed after it was signed\./)
  expect(copied).toContain('David Okafor')
  expect(await screen.findByText('Copied')).toBeInTheDocument()
})

test('a signer is confirmed once, known in every file from then on, and the confirmation is taken back', async () => {
  const stop = actions.listen()
  const { container, unmount } = await verdictOf('not-trusted.pdf')
  await userEvent.click(screen.getByRole('button', { name: 'Trust this signer: David Okafor' }))
  const same = await screen.findByRole('button', { name: 'They are the same' })
  expect(same).toHaveFocus()
  expect(container).toHaveTextContent('B207 5DE9 4188 CC13 07A4 F019 5C2E 83D6 AB74 120F 9E66 31C8 5D20 B7FA E4C1 709A')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText(/Yes: you compared the fingerprint on/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^Trust this signer/ })).toBeNull()
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(await screen.findByRole('button', { name: 'Trust this signer: David Okafor' })).toBeInTheDocument()
  await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}')
  await userEvent.click(await screen.findByRole('button', { name: 'No longer trust David Okafor' }))
  expect(await app.host.confirmedSigners()).toEqual([])
  unmount()
  stop()
})

test('nobody is confirmed by a signature that does not hold', async () => {
  await verdictOf('changed.pdf')
  expect(screen.queryByRole('button', { name: /^Trust this signer: David/ })).toBeNull()
})

test('a file that was made here is known again, and its versions are a press away', async () => {
  await verdictOf('sound.pdf')
  expect(await screen.findByText(/^Made here, 16 October 2025/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /^1\.0, / }))
  expect(app.screen).toMatchObject({ kind: 'editor' })
})

test('a file that was not made here says nothing of the library', async () => {
  await verdictOf('foreign.pdf')
  expect(screen.queryByText('In your library')).toBeNull()
})
