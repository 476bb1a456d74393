import '@testing-library/jest-dom/vitest'
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { memory } from '../host/memory'
import type { Finding } from '../host/types/Finding'
import { Session } from '../state/session.svelte'
import { Cursor } from './cursor.svelte'
import FindingsPanel from './FindingsPanel.svelte'

async function shown(findings: Finding[]) {
  const host = memory()
  const [first] = (await host.shelf({ text: 'North Region', state: null })).reports
  const session = await Session.open(host, first!.id, vi.fn())
  session.view = { ...session.view, findings }
  const cursor = new Cursor(session)
  render(FindingsPanel, { session, cursor })
  return { session, cursor, user: userEvent.setup() }
}

const finding = (more: Partial<Finding>): Finding => ({
  check: 'L25', level: 'answer', message: 'One incident, two reference numbers', key: 'k',
  sources: [
    { where: 'Details', text: 'INC000000731204', place: { in: 'field', key: 'incident_reference' } },
    { where: 'Nature, paragraph 2', text: 'INC00000731204', place: { in: 'section', section: 's', line: 1 } },
  ],
  ...more,
})

test('what blocks filing comes first, and each group is counted', async () => {
  await shown([finding({}), finding({ key: 'b', level: 'blocks', message: 'Empty' }), finding({ key: 'n', level: 'note', message: 'By the way' })])
  expect(screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)).toEqual([
    'Blocks filing 1', 'Needs an answer or a reason 1', 'Notes 1',
  ])
})

test('both sides stand there, the difference marked, and lead to their places', async () => {
  const { session, user } = await shown([finding({})])
  const goto = vi.spyOn(session, 'goto')
  expect(document.querySelector('mark')).toHaveTextContent('0')
  await user.click(screen.getByRole('button', { name: /^Nature, paragraph 2/ }))
  expect(goto).toHaveBeenCalledWith({ in: 'section', section: 's', line: 1 }, undefined)
})

test('the form’s own side leads nowhere', async () => {
  await shown([finding({ sources: [{ where: 'The form', text: 'Root Cause', place: { in: 'form' } }] })])
  expect(screen.queryByRole('button', { name: /^The form/ })).toBeNull()
})

test('a fix is one press', async () => {
  const { session, user } = await shown([finding({ fix: { label: 'Use 12 digits in both', edit: { edit: 'title', title: 'Mended' } } })])
  await user.click(screen.getByRole('button', { name: 'Use 12 digits in both' }))
  expect(session.report.title).toBe('Mended')
})

test('a reason keeps a finding; without words there is none', async () => {
  const { session, user } = await shown([finding({})])
  await user.click(screen.getByRole('button', { name: 'Give a reason' }))
  expect(screen.getByLabelText('Reason for leaving it as it is')).toHaveFocus()
  expect(screen.getByRole('button', { name: 'Save reason' })).toBeDisabled()
  await user.keyboard('Agreed with the regulator{Enter}')
  expect(session.report.accepted.at(-1)).toMatchObject({ finding: 'k', reason: 'Agreed with the regulator' })
})

test('what blocks filing cannot be explained away', async () => {
  await shown([finding({ level: 'blocks' })])
  expect(screen.queryByRole('button', { name: 'Give a reason' })).toBeNull()
})

test('an empty field that may stay open can be left so from here', async () => {
  const place = { in: 'field', key: 'problem_reference' } as const
  const { session, user } = await shown([finding({ check: 'L33', level: 'blocks', sources: [{ where: 'Your report', text: '', place }] })])
  session.passed.leave(place)
  expect(await screen.findByText('nothing yet')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Not yet known…' }))
  expect(session.report.fields['problem_reference']?.standing).toEqual({ is: 'not_yet_known', owner: '', due: '' })
})

test('what was kept stands at the end, and can be asked again', async () => {
  const { session, user } = await shown([finding({ accepted: 'Agreed' })])
  session.report = { ...session.report, accepted: [{ finding: 'k', reason: 'Agreed', by: '', at: '' }] }
  expect(screen.getByText('Nothing stands in the way of filing this report.')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Show' }))
  expect(screen.getByText('Reason: Agreed')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Reopen' }))
  await waitFor(() => expect(session.report.accepted).toEqual([]))
})

const several = [
  finding({}),
  finding({ key: 'b', level: 'blocks', message: 'Empty', sources: [{ where: 'Marking', text: '', place: { in: 'marking' } }] }),
  finding({ key: 'n', level: 'note', message: 'By the way' }),
  finding({ key: 't', message: 'Out of order', sources: [{ where: 'Timeline, row 2', text: '21:52', place: { in: 'timeline', index: 1 } }] }),
]

test('a long list is narrowed to one weight, and comes back once that weight is gone', async () => {
  const { session, user } = await shown(several)
  await user.click(screen.getByRole('button', { name: 'Notes 1' }))
  expect(screen.getAllByRole('article')).toHaveLength(1)
  session.view = { ...session.view, findings: several.filter(({ level }) => level !== 'note') }
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(3))
})

test('grouped by place, the parts stand in the order of the form', async () => {
  const { user } = await shown(several)
  await user.click(screen.getByRole('button', { name: 'Group by place' }))
  expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual(['Details 2', 'Marking 1', 'Timeline 1'])
  await user.click(screen.getByRole('button', { name: 'Group by severity' }))
  expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(3)
})

const mendable = finding({ key: 'f', fix: { label: 'Mend', edit: { edit: 'title', title: 'Mended' } } })

test('one key mends the finding walked to', async () => {
  const { session, cursor } = await shown([finding({}), mendable])
  vi.spyOn(session, 'goto').mockImplementation(() => undefined)
  cursor.step(1)
  expect(cursor.canMend).toBe(false)
  cursor.step(1)
  cursor.mend()
  expect(session.report.title).toBe('Mended')
})

test('one key asks why the finding walked to may stand', async () => {
  const { session, cursor, user } = await shown([finding({}), mendable])
  vi.spyOn(session, 'goto').mockImplementation(() => undefined)
  cursor.step(1)
  cursor.explain()
  await user.type(await screen.findByLabelText('Reason for leaving it as it is'), 'Agreed{Enter}')
  expect(session.report.accepted.at(-1)).toMatchObject({ finding: 'k', reason: 'Agreed' })
})

test('the rule behind a finding, and what was checked against what, are said', async () => {
  const { session, cursor } = await shown([finding({ rule: 'SEC H9, the form’s own note' })])
  expect(screen.getByTitle('Rule: SEC H9, the form’s own note')).toBeInTheDocument()
  vi.spyOn(session, 'goto').mockImplementation(() => undefined)
  cursor.step(1)
  expect(await screen.findByText('Rule: SEC H9, the form’s own note')).toBeInTheDocument()
  session.view = { ...session.view, checked: 'Checked against the form.' }
  expect(await screen.findByText('Checked against the form.')).toBeInTheDocument()
})

test('what is in order names its standard', async () => {
  await shown([])
  expect(screen.getByText('All 6 headings of SEC H9 summary are present and in order')).toBeInTheDocument()
  expect(screen.getByText('Marking on every page')).toBeInTheDocument()
})

test('what a key asks of a finding is asked in sight, though its weight was hidden', async () => {
  const { cursor, user } = await shown([finding({}), finding({ key: 'b', level: 'blocks', message: 'Empty' }), finding({ key: 'c', level: 'blocks' }), finding({ key: 'd', level: 'blocks' })])
  await user.click(screen.getByRole('button', { name: /^Blocking/ }))
  cursor.at = 'k'
  cursor.explain()
  expect(await screen.findByLabelText('Reason for leaving it as it is')).toHaveFocus()
})

test('a key that leads nowhere is said at its finding, and keeps what is typed next', async () => {
  const { cursor, user } = await shown([finding({ level: 'blocks' })])
  cursor.at = 'k'
  cursor.refuse('mend')
  expect(await screen.findByText('There is no automatic fix for this finding.')).toBeInTheDocument()
  expect(screen.getByRole('alert')).toHaveFocus()
  await user.tab()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  cursor.refuse('explain')
  expect(await screen.findByText('This finding blocks filing. A reason cannot waive it.')).toBeInTheDocument()
})

test('a reason being typed goes on at the finding that took the place of its own, and is told when there is none', async () => {
  const { session, cursor, user } = await shown([finding({})])
  cursor.at = 'k'
  cursor.explain()
  await user.type(await screen.findByLabelText('Reason for leaving it as it is'), 'The register')
  session.view = { ...session.view, findings: [finding({ key: 'anew', message: 'One incident, three numbers' })] }
  await screen.findByText('One incident, three numbers')
  await waitFor(() => expect(screen.getByLabelText('Reason for leaving it as it is')).toHaveFocus())
  expect(screen.getByLabelText('Reason for leaving it as it is')).toHaveValue('The register')
  await user.keyboard(' has eleven')
  expect(screen.getByLabelText('Reason for leaving it as it is')).toHaveValue('The register has eleven')
  session.view = { ...session.view, findings: [] }
  expect(await screen.findByText(/Your reason was: The register has eleven/)).toBeInTheDocument()
  expect(screen.getByRole('alert')).toHaveFocus()
})

const missing = (key: string, label: string) =>
  finding({
    check: 'L33', level: 'blocks', message: `“${label}” must be answered.`, key,
    sources: [{ where: 'The form', text: label, place: { in: 'form' } }, { where: label, text: '', place: { in: 'field', key } }],
  })

test('what is empty where the author has not been is still to answer, and no finding', async () => {
  const { session, user } = await shown([missing('a', 'Date of Incident'), missing('b', 'Service Impacted')])
  expect(screen.getByRole('heading', { name: 'Still to answer 2' })).toBeInTheDocument()
  expect(screen.queryByText(/must be answered/)).toBeNull()
  expect(screen.queryByText('Nothing speaks against filing this report.')).toBeNull()
  const goto = vi.spyOn(session, 'goto')
  await user.click(screen.getByRole('button', { name: 'Service Impacted' }))
  expect(goto).toHaveBeenCalledWith({ in: 'field', key: 'b' }, undefined)
})

test('a place that was left empty has its finding, and everything has when it is asked for', async () => {
  const { session, user } = await shown([missing('a', 'Date of Incident'), missing('b', 'Service Impacted')])
  session.passed.leave({ in: 'field', key: 'a' })
  expect(await screen.findByText('“Date of Incident” must be answered.')).toBeInTheDocument()
  expect(screen.getByRole('heading', { name: 'Still to answer 1' })).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Show all that is missing' }))
  expect(await screen.findByText('“Service Impacted” must be answered.')).toBeInTheDocument()
  expect(screen.queryByRole('heading', { name: /Still to answer/ })).toBeNull()
})

test('the words that a side means are marked in it', async () => {
  const said = 'The service was down for 2 hours.'
  await shown([finding({ sources: [
    { where: 'Region', text: said, place: { in: 'section', section: 's', line: 0 }, span: [25, 32] },
    { where: 'Downtime', text: '4 h 18 min down in all', place: { in: 'impact' } },
  ] })])
  expect([...document.querySelectorAll('mark')].map((one) => one.textContent)).toEqual(['2 hours'])
})
