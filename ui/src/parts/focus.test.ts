import { afterEach, beforeEach, expect, test } from 'vitest'
import { giveBack, keepFocus } from './focus'

let stop: () => void
beforeEach(() => {
  document.body.innerHTML = `
    <div id="troubles"></div>
    <div id="screens"><div><main tabindex="-1">
      <section id="rows"><p><button>Row 1</button></p><p><button>Row 2</button></p><p><button>Row 3</button></p></section>
      <section id="text"><textarea></textarea><button>Other</button></section>
    </main></div></div>`
  stop = keepFocus(() => document.querySelector('#screens'))
})
afterEach(() => stop())

const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name)!
const here = () => document.activeElement?.textContent || document.activeElement?.tagName
const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
const put = (where: string, html: string) => document.querySelector(where)!.insertAdjacentHTML('beforeend', html)

test('the next takes the place of what was removed, the one before it at the end', async () => {
  button('Row 2').focus()
  button('Row 2').closest('p')!.remove()
  await settled()
  expect(here()).toBe('Row 3')
  button('Row 3').closest('p')!.remove()
  await settled()
  expect(here()).toBe('Row 1')
})

test('the same act that comes back as another element has the keyboard again', async () => {
  button('Other').focus()
  document.querySelector('#text')!.innerHTML = '<textarea></textarea><button>Cancel</button>'
  await settled()
  document.querySelector('#text')!.innerHTML = '<textarea></textarea><button>Draft</button><button>Other</button>'
  await settled()
  expect(here()).toBe('Other')
})

test('what comes and goes gives the keyboard back', async () => {
  document.querySelector('textarea')!.focus()
  put('#troubles', '<div data-passing><button>Dismiss</button></div>')
  button('Dismiss').focus()
  document.querySelector('#troubles')!.innerHTML = ''
  await settled()
  expect(here()).toBe('TEXTAREA')
  put('#troubles', '<p data-passing tabindex="-1">Nothing to mend</p>')
  const said = document.querySelector<HTMLElement>('[data-passing]')!
  said.focus()
  expect(giveBack(said)).toBe(true)
  expect(here()).toBe('TEXTAREA')
})

test('words that were being typed run into no other text', async () => {
  document.querySelector('textarea')!.focus()
  put('#text', '<form data-passing><input id="why"></form>')
  const why = document.querySelector<HTMLInputElement>('#why')!
  why.focus()
  why.dispatchEvent(new KeyboardEvent('keydown', { key: 'w', bubbles: true }))
  document.querySelector('form')!.remove()
  await settled()
  expect(here()).toBe('Other')
})

test('what goes a moment after its part went leaves the keyboard to its neighbour', async () => {
  const row = button('Row 2').closest('p')!
  row.innerHTML = '<span><input></span>'
  row.querySelector('input')!.focus()
  row.querySelector('span')!.remove()
  await Promise.resolve()
  row.remove()
  await settled()
  expect(here()).toBe('Row 3')
})

test('what is put somewhere meanwhile stays there, and so does who left by themselves', async () => {
  button('Row 1').focus()
  button('Row 1').closest('p')!.remove()
  document.querySelector('textarea')!.focus()
  await settled()
  expect(here()).toBe('TEXTAREA')
  document.querySelector('textarea')!.blur()
  await settled()
  put('#rows', '<p>News</p>')
  await settled()
  expect(document.activeElement).toBe(document.body)
})

test('a new screen is left to itself', async () => {
  button('Row 1').focus()
  document.querySelector('#screens')!.innerHTML = '<div><main><button>Elsewhere</button></main></div>'
  await settled()
  expect(document.activeElement).toBe(document.body)
})
