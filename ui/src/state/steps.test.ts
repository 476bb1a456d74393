import { expect, test } from 'vitest'
import { Steps } from './steps.svelte'

function remover(list: string[]) {
  return (about: string) => ({
    about, undone: `${about} is back`, redone: `${about} is gone`,
    undo: async () => list.push(about),
    redo: async () => list.splice(list.indexOf(about), 1),
  })
}

test('several things taken away come back in turn, and go again', async () => {
  const list = ['a', 'b', 'c']
  const steps = new Steps()
  const remove = remover(list)
  await steps.do(remove('a'))
  await steps.do(remove('b'))
  expect(list).toEqual(['c'])
  expect((await steps.undo())?.undone).toBe('b is back')
  expect((await steps.undo())?.about).toBe('a')
  expect(await steps.undo()).toBeUndefined()
  expect(list).toEqual(['c', 'b', 'a'])
  expect((await steps.redo())?.redone).toBe('a is gone')
  expect([list, steps.canUndo, steps.canRedo]).toEqual([['c', 'b'], true, true])
})

test('keys that come faster than the core answers are heard one after the other', async () => {
  const list = ['a', 'b']
  const steps = new Steps()
  const remove = remover(list)
  void steps.do(remove('a'))
  void steps.do(remove('b'))
  void steps.undo()
  await steps.undo()
  expect(list).toEqual(['b', 'a'])
})

test('a step that fails stays where it was, and what is gone for good is forgotten', async () => {
  const steps = new Steps()
  await steps.do({ ...remover(['a'])('a'), undo: () => Promise.reject(new Error('no')) })
  await expect(steps.undo()).rejects.toThrow('no')
  expect(steps.last?.about).toBe('a')
  steps.forget('a')
  expect(steps.canUndo).toBe(false)
})
