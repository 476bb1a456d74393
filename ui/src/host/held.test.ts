import { expect, test } from 'vitest'
import { held } from './held'
import type { Opened } from './types/Opened'

/** A core in which the sitting of a report is called as the report, unless it is said which one goes on. */
function door() {
  const heard: string[] = []
  const doors = held({
    async open(report, sitting) {
      heard.push(`open ${report}`)
      return { sitting: sitting ?? report } as Opened
    },
    async close(sitting) {
      heard.push(`closing ${sitting}`)
      await new Promise((later) => setTimeout(later, 5))
      heard.push(`closed ${sitting}`)
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

test('a text that goes on in another report is closed with its own sitting, while the report it was opened as stays open', async () => {
  const { open, close, heard } = door()
  await open('a')
  await open('copy', 'a')
  await open('other')
  await close('a')
  expect(heard).toEqual(['open a', 'open copy', 'open other'])
  await close('a')
  expect(heard.slice(3)).toEqual(['closing a', 'closed a'])
})
