import { render, screen, waitFor } from '@testing-library/svelte'
import '@testing-library/jest-dom/vitest'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { memory } from '../host/memory'
import { app } from '../state/app.svelte'
import Templates from './Templates.svelte'

test('each form says for whom it is, what it asks and what of it was not verified; Enter begins', async () => {
  app.start(memory())
  const { container } = render(Templates)
  const [first, second] = await screen.findAllByRole('option')
  await waitFor(() => expect(first).toHaveFocus())
  expect(first).toHaveTextContent(/Reader: Smart Energy Code Panel/)
  expect(first).toHaveTextContent(/Root Cause, if known/)
  expect(first).toHaveTextContent(/Not verified: When the summary and the review are due/)
  expect(container).not.toHaveTextContent('{zone}')
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map((v) => v.id)).toEqual([])
  await userEvent.keyboard('{ArrowDown}')
  expect(second).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(app.screen).toMatchObject({ kind: 'editor' }))
  if (app.screen.kind === 'editor') expect((await app.host.open(app.screen.report)).report.template.id).toBe('rfo')
})
