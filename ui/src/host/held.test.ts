import { expect, test } from 'vitest'
import { held } from './held'
import type { Opened } from './types/Opened'

function door() {
  const heard: string[] = []
  const doors = held({
    async open(report) {
      heard.push(`open ${report}`)
      return {} as Opened
    },
    async close(report) {
      heard.push(`closing ${report}`)
      await new Promise((later) => setTimeout(later, 5))
      heard.push(`closed ${report}`)
    },
  })
  return { ...doors, heard }
}

test('a report handed from one screen to the next stays open, whichever of them speaks first', async () => {
  const { open, close, heard } = door()
  await open('a')
  await Promise.all([close('a'), open('a')])
  await Promise.all([open('a'), close('a')])
  expect(heard).toEqual(['open a', 'open a', 'open a'])
  await close('a')
  expect(heard.slice(3)).toEqual(['closing a', 'closed a'])
})

test('a report that is being closed is opened only afterwards', async () => {
  const { open, close, heard } = door()
  await open('a')
  const leaving = close('a')
  await new Promise((later) => setTimeout(later, 2))
  await open('a')
  await leaving
  expect(heard).toEqual(['open a', 'closing a', 'closed a', 'open a'])
})
