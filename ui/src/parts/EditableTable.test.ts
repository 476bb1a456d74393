import '@testing-library/jest-dom/vitest'
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import EditableTable from './EditableTable.svelte'

interface Item {
  id: string
  name: string
  kind: string
}

function shown(rows: Item[]) {
  const heard = { onadd: vi.fn(), onreplace: vi.fn(), onremove: vi.fn(), onmove: vi.fn() }
  const columns = [
    { key: 'name', label: 'Name', get: (item: Item) => item.name, set: (item: Item, name: string) => ({ ...item, name }) },
    {
      key: 'kind', label: 'Kind', options: [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }],
      get: (item: Item) => item.kind, set: (item: Item, kind: string) => ({ ...item, kind }),
    },
  ]
  const words = {
    label: 'Things', empty: 'None yet.', addLabel: 'Add', keys: 'Enter adds a row.',
    cellLabel: (column: string, at: number) => `${column}, row ${at}`, removeLabel: (at: number) => `Remove row ${at}`,
  }
  // The component is generic; a test's render cannot say for what.
  render(EditableTable as never, { ...words, columns, rows, ...heard } as never)
  return { ...heard, user: userEvent.setup() }
}

const two = [{ id: '1', name: 'one', kind: 'a' }, { id: '2', name: 'two', kind: 'b' }]

test('what is typed comes back as a row with another text', async () => {
  const { user, onreplace } = shown(two)
  await user.type(screen.getByLabelText('Name, row 2'), '!')
  expect(onreplace).toHaveBeenCalledWith(1, { id: '2', name: 'two!', kind: 'b' })
  await user.selectOptions(screen.getByLabelText('Kind, row 1'), 'b')
  expect(onreplace).toHaveBeenCalledWith(0, { id: '1', name: 'one', kind: 'b' })
})

test('arrows go up and down a column and stop at its ends', async () => {
  const { user } = shown(two)
  await user.click(screen.getByLabelText('Name, row 1'))
  await user.keyboard('{ArrowDown}')
  expect(screen.getByLabelText('Name, row 2')).toHaveFocus()
  await user.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}')
  expect(screen.getByLabelText('Name, row 1')).toHaveFocus()
})

test('Enter adds below, Alt with an arrow moves, Ctrl with Delete removes', async () => {
  const { user, onadd, onmove, onremove } = shown(two)
  await user.click(screen.getByLabelText('Name, row 1'))
  await user.keyboard('{Enter}')
  expect(onadd).toHaveBeenCalledWith(1)
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(onmove).toHaveBeenCalledWith(0, 1)
  await user.keyboard('{Control>}{Delete}{/Control}')
  expect(onremove).toHaveBeenCalledTimes(1)
})

test('an empty row adds none, and goes with Delete; Delete in words only erases', async () => {
  const { user, onadd, onremove } = shown([{ id: '1', name: '', kind: 'a' }, { id: '2', name: 'two', kind: 'a' }])
  await user.click(screen.getByLabelText('Name, row 2'))
  await user.keyboard('{Delete}')
  expect(onremove).not.toHaveBeenCalled()
  await user.click(screen.getByLabelText('Name, row 1'))
  await user.keyboard('{Enter}')
  expect(onadd).not.toHaveBeenCalled()
  await user.keyboard('{Delete}')
  expect(onremove).toHaveBeenCalledWith(0)
})

test('without rows there is one sentence and the way to the first', async () => {
  const { user, onadd } = shown([])
  expect(screen.queryByRole('table')).toBeNull()
  expect(screen.getByText('None yet.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Add' }))
  expect(onadd).toHaveBeenCalledWith(0)
})
