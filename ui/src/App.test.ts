import { render, screen } from '@testing-library/svelte'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import App from './App.svelte'

test('the window opens with one heading and nothing that a screen reader stumbles over', async () => {
  const { container } = render(App)
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
  // jsdom paints nothing, so contrast is for style/contrast.test.ts and the real window.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map((v) => v.id)).toEqual([])
})
