import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { memory } from '../host/memory'
import { runs } from './runs'
import { Session } from './session.svelte'

let stop: () => void = () => undefined
afterEach(() => {
  stop()
  document.body.replaceChildren()
})

/** A report with two of its fields on the page. `between` is done after every key. */
async function desk(between: () => Promise<unknown> = async () => undefined) {
  const host = memory()
  const [first] = (await host.shelf({ text: 'North Region', state: null })).reports
  const session = await Session.open(host, first!.id, vi.fn())
  const fields = ['incident_reference', 'problem_reference'].map((key) => {
    const field = document.createElement('textarea')
    field.value = session.report.fields[key]?.raw ?? ''
    field.oninput = () => session.edit({ edit: 'answer', key, answer: { raw: field.value } })
    return field
  })
  document.body.append(...fields)
  stop = runs.watch(document.body)
  const user = userEvent.setup({ delay: null })
  const [one, other] = fields as [HTMLTextAreaElement, HTMLTextAreaElement]
  const keys = async (typed: string) => {
    for (const key of typed.match(/\{\w+\}|./gu) ?? []) {
      await user.keyboard(key)
      await between()
    }
  }
  /** What the fields say after each step taken back, until there is none. */
  const back = async () => {
    const said: string[] = []
    await session.flush()
    while (session.view.can_undo) {
      await session.undo()
      said.push(['incident_reference', 'problem_reference'].map((key) => session.report.fields[key]?.raw ?? '').join(' | '))
    }
    return said
  }
  /** The keyboard goes to the first field, and what is typed replaces what stands there. */
  const take = () => (one.focus(), one.select())
  return { session, user, keys, back, take, one, other, was: [one.value, other.value] as [string, string] }
}

test('a visit to a field is one step, whatever was corrected in it', async () => {
  const { keys, back, take, was } = await desk()
  take()
  await keys('INC1{Backspace}2')
  expect(await back()).toEqual([was.join(' | ')])
})

test('coming back to a field is another step', async () => {
  const { keys, back, take, one, other, was } = await desk()
  take()
  await keys('INC1')
  other.focus()
  one.focus()
  await keys('2')
  expect(await back()).toEqual([`INC1 | ${was[1]}`, was.join(' | ')])
})

test('what is pasted is a step by itself', async () => {
  const { user, keys, back, take, was } = await desk()
  take()
  await keys('INC1')
  await user.paste('-pasted')
  await keys('2')
  expect(await back()).toEqual([`INC1-pasted | ${was[1]}`, `INC1 | ${was[1]}`, was.join(' | ')])
})

test('a new line and a long text are steps of their own', async () => {
  const { keys, back, take, was } = await desk()
  take()
  await keys('first{Enter}second')
  expect(await back()).toEqual([`first | ${was[1]}`, was.join(' | ')])
  take()
  const long = 'Requests were refused at the gateway for more than four hours, and nobody was told of it'
  await keys(long)
  expect(await back()).toEqual([`${long.slice(0, long.lastIndexOf('of it'))} | ${was[1]}`, was.join(' | ')])
})

test('the same keys give the same steps, however slow the machine is', async () => {
  const random = sequence(9)
  for (let round = 0; round < 5; round += 1) {
    const typed = Array.from({ length: 30 }, () => KEYS[Math.floor(random() * KEYS.length)]!).join('')
    const steps: string[][] = []
    for (const pace of [0, 0.3, 1]) {
      const now: { session?: Session } = {}
      const made = await desk(async () => {
        if (random() < pace) await now.session?.flush()
      })
      now.session = made.session
      made.take()
      await made.keys(typed)
      steps.push(await made.back())
      stop()
      document.body.replaceChildren()
    }
    expect(steps[1], typed).toEqual(steps[0])
    expect(steps[2], typed).toEqual(steps[0])
  }
})

const KEYS = ['a', 'b', 'c ', 'd', 'word ', '. ', '{Backspace}', '{Enter}', '{Tab}', '{Delete}', '{ArrowLeft}']

function sequence(seed: number) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 4294967296
  }
}
