import { render, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import LongText from './LongText.svelte'
import type { Meant } from './meant'

const claim: Meant = { level: 'block', title: 'It lasted longer.', text: 'Down for two hours.', span: [9, 18] }

test('words that a finding speaks of are underlined over the answer, and heard once', async () => {
  const props = { 'aria-label': 'Impact', value: 'Down for two hours.', oninput: () => undefined, meant: [claim] }
  const { container, rerender } = render(LongText, { props })
  expect(container.querySelector('.meant')?.textContent).toBe('two hours')
  expect(container.querySelector('.over')?.textContent).toBe('Down for two hours.')
  expect(container.querySelector('.over')?.getAttribute('aria-hidden')).toBe('true')
  const area = screen.getByRole('textbox', { name: 'Impact' })
  await rerender({ meant: [] })
  expect(container.querySelector('.over')).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Impact' })).toBe(area)
})
