import '@testing-library/jest-dom/vitest'
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { memory } from '../../host/memory'
import { Session } from '../../state/session.svelte'
import { printing } from './annex'
import CausesTable from './CausesTable.svelte'
import ImpactTable from './ImpactTable.svelte'
import LessonsTable from './LessonsTable.svelte'
import MarkingFields from './MarkingFields.svelte'
import TargetsTable from './TargetsTable.svelte'

async function opened() {
  const host = memory()
  const [first] = (await host.shelf({ text: 'North Region', state: null })).reports
  return { session: await Session.open(host, first!.id, vi.fn()), user: userEvent.setup() }
}

test('annexes are lettered in the order of the form, without gaps', async () => {
  const { session } = await opened()
  const letters = (report = session.report) =>
    report.template.annexes.map((annex) => {
      const print = printing(report, annex)
      return print.is === 'on' ? print.letter : print.is
    })
  expect(letters()).toEqual(['A', 'B', 'C', 'D'])
  expect(letters({ ...session.report, annexes: { timeline: false } })).toEqual(['A', 'off', 'B', 'C'])
  expect(letters({ ...session.report, actions: [] })).toEqual(['A', 'B', 'empty', 'C'])
  expect(printing({ ...session.report, template: { ...session.report.template, annexes: [] } }, 'impact')).toEqual({ is: 'never' })
})

test('lengths are computed from the entries that a span runs between', async () => {
  const { session } = await opened()
  render(ImpactTable, { session })
  expect(screen.getAllByRole('status').map((output) => output.textContent?.replaceAll('\u00a0', ' '))).toContain('3 h 44 min')
})

test('an end may be a moment that is typed, and one that cannot be read says so and changes nothing', async () => {
  const { session, user } = await opened()
  render(ImpactTable, { session })
  await user.selectOptions(screen.getByLabelText('To, row 1'), 'Another time…')
  const moment = await screen.findByLabelText('To, row 1, day and time')
  await waitFor(() => expect(moment).toHaveFocus())
  await user.clear(moment)
  await user.type(moment, '15/10/2025 99')
  expect(moment).toBeInvalid()
  expect(session.report.impact[0]?.to).toMatchObject({ kind: 'event' })
  await user.clear(moment)
  await user.type(moment, '15/10/2025 02:00')
  expect(session.report.impact[0]?.to).toEqual({ kind: 'moment', at: '2025-10-15T02:00:00' })
})

test('a span that still lasts has no end', async () => {
  const { session, user } = await opened()
  render(ImpactTable, { session })
  await user.selectOptions(screen.getByLabelText('To, row 2'), 'Ongoing')
  expect(session.report.impact[1]?.to).toBeNull()
})

test('a marking becomes a TLP label and words again', async () => {
  const { session, user } = await opened()
  render(MarkingFields, { session, findings: [] })
  await user.click(screen.getByRole('radio', { name: 'TLP' }))
  await user.selectOptions(screen.getByLabelText('TLP label'), 'TLP:GREEN')
  expect(session.report.markings).toEqual([{ scheme: 'tlp', label: 'GREEN' }])
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  await user.click(screen.getByRole('button', { name: 'Add a marking' }))
  expect(session.report.markings).toEqual([{ scheme: 'words', text: 'DCC Controlled - SEC Parties (GREEN)' }])
})

test('lessons, causes and targets are entered row by row, and a lesson goes on with the kind above it', async () => {
  const { session, user } = await opened()
  render(LessonsTable, { session, rule: undefined })
  await user.click(screen.getByRole('button', { name: 'Add a lesson' }))
  await user.selectOptions(await screen.findByLabelText('Kind, row 1'), 'Lucky')
  await user.type(screen.getByLabelText('Lesson, row 1'), 'It was a Thursday.{Enter}')
  await waitFor(() => expect(session.report.lessons.map(({ kind }) => kind)).toEqual(['lucky', 'lucky']))
  expect(session.report.lessons[0]?.text).toBe('It was a Thursday.')
  render(CausesTable, { session, rule: undefined })
  await user.click(screen.getByRole('button', { name: 'Add a cause' }))
  await user.type(await screen.findByLabelText('Why?, row 1'), 'Why was it slow?')
  expect(session.report.causes[0]?.why).toBe('Why was it slow?')
  render(TargetsTable, { session })
  await user.click(screen.getByRole('button', { name: 'Add a target' }))
  await user.type(await screen.findByLabelText('Promised, row 1'), '2 h')
  expect(session.report.targets?.[0]?.target).toBe('2 h')
})

test('a form that asks for parts of each cause has a column for each', async () => {
  const { session, user } = await opened()
  const rule = { ...session.report.template.section[0]!, part: [{ key: 'detection', label: 'Detection', guidance: '' }] }
  render(CausesTable, { session, rule })
  await user.click(screen.getByRole('button', { name: 'Add a cause' }))
  await user.type(await screen.findByLabelText('Detection, row 1'), 'By chance')
  expect(session.report.causes[0]?.parts).toEqual({ detection: 'By chance' })
})
