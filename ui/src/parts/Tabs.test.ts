import '@testing-library/jest-dom/vitest'
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import Tabs from './Tabs.svelte'

const tabs = [{ value: 'a', label: 'First', count: 3 }, { value: 'b', label: 'Second' }, { value: 'c', label: 'Third' }]

test('arrows choose and go round, Tab passes', async () => {
  const onchange = vi.fn()
  render(Tabs, { id: 't', label: 'Panel', tabs, value: 'a', onchange })
  const user = userEvent.setup()
  await user.tab()
  expect(screen.getByRole('tab', { name: /First\s*3/ })).toHaveFocus()
  await user.keyboard('{ArrowLeft}')
  expect(onchange).toHaveBeenLastCalledWith('c')
  await user.keyboard('{Home}')
  expect(onchange).toHaveBeenLastCalledWith('a')
  await user.tab()
  expect(document.body).toHaveFocus()
})
