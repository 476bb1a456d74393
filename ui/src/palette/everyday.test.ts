// Everyday words typed into the palette of an open report, and what must come first.
import { fireEvent, render, screen } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import { expect, test, vi } from 'vitest'
import App from '../App.svelte'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'

vi.mock('../preview/pdf', () => ({ openPages: async () => ({ list: [], close: () => undefined }), isCancelled: () => false }))
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** The word, and how the first hit begins; a line in «» is said because there is no command for it. */
const EVERYDAY: [string, string][] = [
  ['save', 'Save now'],
  ['store', 'Save now'],
  ['print', 'Export a draft PDF'],
  ['pdf', 'Export a draft PDF'],
  ['draft', 'Export a draft PDF'],
  ['export', 'Export a draft PDF'],
  ['download', 'Export a draft PDF'],
  ['sign', 'Sign and export this report'],
  ['signature', 'Signatures'],
  ['submit', 'Sign and export this report'],
  ['publish', 'Sign and export this report'],
  ['finish', 'Sign and export this report'],
  ['help', 'Help'],
  ['keys', 'Help'],
  ['shortcuts', 'Help'],
  ['keyboard', 'Help'],
  ['manual', 'Help'],
  ['undo', 'Undo'],
  ['redo', 'Redo'],
  ['take back', 'Undo'],
  ['repeat', 'Redo'],
  ['find', 'Find and replace'],
  ['search', 'Find and replace'],
  ['replace', 'Find and replace'],
  ['new', 'Begin a report'],
  ['create', 'Begin a report'],
  ['template', 'Begin a report'],
  ['form', 'Begin a report'],
  ['open', 'Open a file'],
  ['paste', 'Open or paste a text'],
  ['import', 'Open or paste a text'],
  ['word', 'Open or paste a text'],
  ['csv', 'Open or paste a text'],
  ['verify', 'Verify a PDF'],
  ['authentic', 'Verify a PDF'],
  ['trust', 'Show the signers you trust'],
  ['sample', 'Look around in a finished report'],
  ['demo', 'Look around in a finished report'],
  ['library', 'Go to the library'],
  ['home', 'Go to the library'],
  ['close', 'Go to the library'],
  ['settings', 'Open settings'],
  ['preferences', 'Open settings'],
  ['certificate', 'Add an identity to sign with'],
  ['identity', 'Add an identity to sign with'],
  ['backup', 'Open settings'],
  ['timezone', 'Choose the time zone of this report'],
  ['password', 'Sign and export this report'],
  ['person', 'Signatures'],
  ['theme', 'Use light colours'],
  ['dark', 'Use dark colours'],
  ['light', 'Use light colours'],
  ['night', 'Use dark colours'],
  ['zoom', 'Zoom in'],
  ['font size', 'Zoom in'],
  ['bigger', 'Zoom in'],
  ['check', 'Show the findings'],
  ['findings', 'Show the findings'],
  ['errors', 'Show the findings'],
  ['problems', 'Show the findings'],
  ['next', 'Go to the next finding'],
  ['fix', 'Go to the next finding'],
  ['preview', 'Show the preview'],
  ['page', 'Show the preview'],
  ['layout', 'Show the preview'],
  ['evidence', 'Show the evidence'],
  ['attach', 'Show the evidence'],
  ['attachment', 'Show the evidence'],
  ['upload', 'Show the evidence'],
  ['clock', 'Show the due times'],
  ['due', 'Show the due times'],
  ['deadline', 'Show the due times'],
  ['title', 'Rename this report'],
  ['rename', 'Rename this report'],
  ['section', 'Add a heading of your own'],
  ['chapter', 'Add a heading of your own'],
  ['timeline', 'Write a timeline entry'],
  ['event', 'Write a timeline entry'],
  ['row', 'Write a timeline entry'],
  ['milestone', 'Timeline'],
  ['zone', 'Choose the time zone of this report'],
  ['downtime', 'Downtime'],
  ['outage', 'Downtime'],
  ['tasks', 'Actions'],
  ['actions', 'Actions'],
  ['approver', 'Add a signer'],
  ['marking', 'Marking'],
  ['confidential', 'Marking'],
  ['classification', 'Marking'],
  ['cause', 'Root Cause'],
  ['impact', 'Summary of impact'],
  ['link', 'Table of linked incidents'],
  ['sidebar', 'Hide the panel'],
  ['delete', '«Delete'],
  ['bin', 'Open the bin'],
  ['restore', 'Time taken to restore'],
  ['history', 'Timeline'],
  ['compare', '«Compare'],
  ['copy', '«Copy'],
  ['picture', '«Picture'],
  ['diagram', '«Diagram'],
  ['bold', '«Formatting'],
  ['email', 'Export a draft PDF'],
  ['spelling', 'Show the findings'],
  ['language', '«Language'],
  ['quit', '«Quit'],
  ['duplicate', '«Duplicate'],
  ['lesson', '«Lessons'],
]

/** A line that must be said besides, whatever is found. */
const SAID: [string, RegExp][] = [
  ['compare', /rapporteur diff/],
  ['history', /no list of earlier versions/],
  ['spelling', /not checked/],
  ['email', /sends nothing itself/],
  ['close', /saved as you type/],
]

/** The palette over an open report with something to take back in it. */
async function opened(): Promise<HTMLInputElement> {
  localStorage.clear()
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect = () => new DOMRect()
  const host = memory()
  app.start(host)
  render(App)
  const [report] = (await host.shelf({ text: 'North Region', state: null })).reports
  const now = await host.open(report!.id)
  for (const title of ['Another title', 'A third title']) await host.edit(report!.id, { edit: 'title', title }, false)
  await host.undo(now.report.id)
  app.show({ kind: 'editor', report: report!.id })
  await screen.findByLabelText('Title of this report')
  app.palette = true
  return screen.findByRole('combobox', { name: 'Command, heading or report' })
}

/** The first hit, and every line said besides. */
async function asked(field: HTMLInputElement, word: string): Promise<{ first: string; told: string }> {
  await fireEvent.input(field, { target: { value: word } })
  const palette = field.closest('[role="dialog"]')
  const told = [...(palette?.querySelectorAll('.told li') ?? [])].map((one) => one.textContent ?? '')
  const first = palette?.querySelector('[role="option"] .name')?.textContent ?? (told[0] ? `«${told[0]}` : 'nothing')
  return { first, told: told.join(' ') }
}

test('at least seventy everyday words are tried, each once', () => {
  expect(new Set(EVERYDAY.map(([word]) => word)).size).toBe(EVERYDAY.length)
  expect(EVERYDAY.length).toBeGreaterThanOrEqual(70)
})

test('every everyday word finds first what it stands for, or is answered in a line', async () => {
  const field = await opened()
  const wrong: string[] = []
  for (const [word, first] of EVERYDAY) {
    const found = await asked(field, word)
    if (!found.first.startsWith(first)) wrong.push(`${word}: “${found.first}” came before “${first}”`)
  }
  for (const [word, line] of SAID) {
    const { told } = await asked(field, word)
    if (!line.test(told)) wrong.push(`${word}: said “${told}”`)
  }
  expect(wrong).toEqual([])
  expect((await asked(field, 'zebra crossing')).first).toBe('nothing')
})
