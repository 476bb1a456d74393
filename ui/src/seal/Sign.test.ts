import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import { memory, type Beginning } from '../host/memory'
import { PASSPHRASE, PIN } from '../host/memory/filing'
import { app } from '../state/app.svelte'
import Sign from './Sign.svelte'

// pdf.js wants a browser; the pages have tests of their own.
vi.mock('../preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))

async function sheet(beginning: Beginning = {}, template?: string) {
  const host = memory({ pace: 5, ...beginning })
  app.start(host)
  const { report } = template ? await host.begin(template) : await host.beginSample()
  const page = render(Sign, { report: report.id })
  await screen.findByText('Checked just now')
  return { host, page, report, user: userEvent.setup() }
}

const sound = async (element: Element) =>
  (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)

test('the sheet says what was checked, and the keyboard is on the passphrase', async () => {
  const { page } = await sheet()
  expect(screen.getByText('All 6 of SEC H9 summary, in order')).toBeInTheDocument()
  expect(screen.getByText('14 of 14')).toBeInTheDocument()
  expect(screen.getByText('David Okafor, Approver')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByLabelText('Passphrase')).toHaveFocus())
  expect(await sound(page.container)).toEqual([])
})

test('signing ends with the file, shown in its folder or verified', async () => {
  const { host, user } = await sheet()
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByRole('heading', { name: 'Signed and exported' })).toBeInTheDocument()
  expect(screen.getByText(/Signed by Helen Marsh/)).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Verify it' })).toHaveFocus())
  await user.click(screen.getByRole('button', { name: 'Show in folder' }))
  expect(host.revealed).toEqual(['/home/author/Documents/INC000000731204 v1.0.pdf'])
  await user.click(screen.getByRole('button', { name: 'Verify it' }))
  expect(app.screen).toEqual({ kind: 'verify', path: host.revealed[0] })
})

test('a time-stamp authority that kept silent is named with what came out', async () => {
  const { host, user } = await sheet()
  const made = host.export.bind(host)
  vi.spyOn(host, 'export').mockImplementation(async (...asked) => ({ ...(await made(...asked)), no_trusted_time: 'the authority did not answer.' }))
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByText(/^The time-stamp authority could not be used: the authority did not answer\. The time/)).toBeInTheDocument()
})

test('whoever signs in the place of another is told what the file will say', async () => {
  const { host, report } = await sheet()
  expect(screen.queryByText(/in the place of/)).toBeNull()
  const first = report.signatories[0]!
  const { sitting } = await host.open(report.id)
  await host.edit(sitting, { edit: 'signatories', change: { change: 'replace', at: 0, item: { ...first, person: { ...first.person, name: 'Ines Marsh' } } } }, false, null)
  document.body.replaceChildren()
  render(Sign, { report: report.id })
  expect(await screen.findByText(/The file will say “Helen Marsh, in the place of Ines Marsh”/)).toBeInTheDocument()
})

test('a file that the library could not note is there, and what the report counts as is said', async () => {
  const { host, user } = await sheet()
  const made = host.export.bind(host)
  const unnoted = { code: 'disk_full' as const, detail: 'no space left', facts: {} }
  vi.spyOn(host, 'export').mockImplementation(async (...asked) => ({ ...(await made(...asked)), unnoted }))
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByText(/^The file is finished, but the library could not note it: .*The report still counts as it did before/)).toBeInTheDocument()
})

test('a wrong passphrase is said beside its field, and nothing else is lost', async () => {
  const { user, host } = await sheet()
  const asked = vi.spyOn(host, 'pickSave')
  const field = screen.getByLabelText('Passphrase')
  await user.type(field, 'wrong{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent(/does not open the identity/)
  expect(field).toHaveAccessibleDescription(/does not open the identity/)
  expect(field).toHaveFocus()
  expect(screen.getByRole('radio', { name: /Helen Marsh/ })).toBeChecked()
  await user.clear(field)
  await user.type(field, `${PASSPHRASE}{Enter}`)
  expect(await screen.findByRole('heading', { name: 'Signed and exported' })).toBeInTheDocument()
  expect(asked.mock.calls.length).toBeLessThan(2)
})

test('without a passphrase nothing is asked of the disk', async () => {
  const { user } = await sheet()
  await user.click(screen.getByRole('button', { name: 'Sign and export' }))
  expect(screen.getByRole('alert')).toHaveTextContent('Type the passphrase')
})

test('another fault is said above the file, with the way out', async () => {
  const { user, host } = await sheet()
  host.fail('export', { code: 'disk_full', detail: '', facts: { path: '/media/stick' } })
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByRole('alert')).toHaveTextContent(/no space left on the disk that holds \/media\/stick/)
  expect(screen.getByLabelText('Passphrase')).toHaveValue(PASSPHRASE)
})

test('a signature under way can be cancelled', async () => {
  const { user } = await sheet({ pace: 60 })
  await user.type(screen.getByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`)
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText('Cancelled. Nothing was written.')).toBeInTheDocument()
})

test('what blocks is listed instead of the form, and each line leads to its place', async () => {
  const { user, page, report } = await sheet({}, 'sec-h9-summary')
  expect(screen.queryByLabelText('Passphrase')).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Sign and export' })).not.toBeInTheDocument()
  expect(screen.getByRole('heading', { name: /things block filing/ })).toBeInTheDocument()
  expect(await sound(page.container)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Show it: “Date of Incident” is empty' }))
  expect(app.screen).toEqual({ kind: 'editor', report: report.id, at: { in: 'field', key: 'incident_date' } })
})

test('a draft can be exported whatever blocks', async () => {
  const { user } = await sheet({}, 'sec-h9-summary')
  await user.click(screen.getByRole('button', { name: 'Export draft' }))
  expect(await screen.findByRole('heading', { name: 'Draft exported' })).toBeInTheDocument()
})

test('an identity is made here: the passphrase twice, and it signs at once', async () => {
  const { user, page } = await sheet({ identities: false })
  expect(screen.getByText(/To sign you need an identity/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Make an identity on this computer' }))
  expect(screen.getByLabelText('Name')).toHaveFocus()
  await user.keyboard('Priya Raman')
  await user.type(screen.getByLabelText('Passphrase'), 'summer')
  await user.click(screen.getByRole('button', { name: 'Make identity' }))
  expect(screen.getByText('At least 8 characters.')).toBeInTheDocument()
  await user.type(screen.getByLabelText('Passphrase'), ' ladder otter 9')
  expect(screen.getByText(/Strong|Fair/)).toBeInTheDocument()
  await user.type(screen.getByLabelText('Repeat it'), 'summer ladder otter 9')
  expect(await sound(page.container)).toEqual([])
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('radio', { name: 'Priya Raman' })).toBeChecked()
  await user.click(screen.getByRole('button', { name: 'Sign and export' }))
  expect(await screen.findByText(/Signed by Priya Raman/)).toBeInTheDocument()
})

test('a certificate dropped on the window is taken as identity; one that is none is refused in words', async () => {
  const { host } = await sheet()
  host.drop(['/media/stick/board.p12'])
  expect(await screen.findByRole('radio', { name: 'board.p12' })).toBeChecked()
})

test('a card that is plugged in signs with its PIN, and a wrong one is said in its words', async () => {
  const { host, user } = await sheet()
  await user.click(screen.getByRole('button', { name: 'Look for a card or token' }))
  const pin = await screen.findByLabelText('PIN')
  await waitFor(() => expect(pin).toHaveFocus())
  const reason = 'the PIN is wrong; one try is left before the token locks itself'
  vi.spyOn(host, 'export').mockRejectedValueOnce({ code: 'wrong_passphrase', detail: reason, facts: { reason, token: 'true' } })
  await user.type(pin, '000000{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('The PIN is wrong; one try is left before the token locks itself.')
  await user.clear(screen.getByLabelText('PIN'))
  await user.type(screen.getByLabelText('PIN'), `${PIN}{Enter}`)
  expect(await screen.findByText(/Signed by Priya Raman/)).toBeInTheDocument()
})

test('where no card is plugged in, that is said', async () => {
  const { host, user } = await sheet()
  vi.spyOn(host, 'lookForTokens').mockResolvedValue([])
  await user.click(screen.getByRole('button', { name: 'Look for a card or token' }))
  expect(await screen.findByText(/^No card or token shows a certificate for signing/)).toBeInTheDocument()
})
