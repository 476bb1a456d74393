// What several stories do alike: the ways to the screens, and looking at one from every side.
import { SIZES } from './app.mjs'
import { assertAccessible } from './axe.mjs'
import { keepPicture } from './picture.mjs'
import { Key } from './wd.mjs'

export const PASSPHRASE = 'correct horse battery staple'

/** Each screen at both sizes, and once in the dark: axe finds nothing serious in either theme, and a picture of each is kept. */
export async function everySize(session, name) {
  for (const { width, height } of SIZES.toReversed()) {
    await session.resize(width, height)
    await session.until(`a window ${width} wide`, () => session.run('return innerWidth === arguments[0]', width))
    await keepPicture(session, name)
  }
  await assertAccessible(session, name)
  const before = await session.run('const was = document.documentElement.dataset.theme ?? null; document.documentElement.dataset.theme = "dark"; return was')
  await keepPicture(session, `${name}-in-the-dark`)
  await assertAccessible(session, `${name}, dark`)
  await session.run('if (arguments[0] === null) delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = arguments[0]', before)
}

/** From the first launch into the finished sample. */
export async function openSample(session) {
  await doors(session)
  await session.type('1')
  await session.reads('14 of 14')
}

/** From the first launch into a blank report of the form whose name fits. */
export async function beginForm(session, name) {
  await doors(session)
  await session.chord(Key.control, 'n')
  await forms(session)
  const found = await session.run(
    `const one = [...document.querySelectorAll('.begin')].find((e) => new RegExp(arguments[0]).test(e.querySelector('.title').innerText))
     one?.scrollIntoView({ block: 'center' })
     one?.click()
     return one?.querySelector('.title').innerText ?? [...document.querySelectorAll('.begin .title')].map((e) => e.innerText).join('; ')`,
    name.source,
  )
  if (!name.test(found)) throw new Error(`no form ${name} among ${found}`)
}

/** The list of forms is there, the keyboard on its first. */
export async function forms(session) {
  await session.reads('The form its reader expects')
  await session.until('the keyboard on a form', () => session.run('return document.activeElement?.matches(".begin")'))
}

/** The three doors of the first launch are there, and hear the keyboard. */
export async function doors(session) {
  await session.reads('Look around')
}

/** From the editor to the sign sheet, with an identity made there and its passphrase typed. */
export async function prepareToSign(session, name = 'Robin Ash') {
  await session.press('Sign and export')
  await session.press('Make an identity on this computer')
  for (const [label, text] of [['Name', name], ['Passphrase', PASSPHRASE], ['Repeat it', PASSPHRASE]]) await session.fill(label, text)
  await session.press('Make identity')
  await session.until('the identity made', async () => !(await session.allText()).includes('Repeat it'))
}

/** The button of the sheet, not the one of the same name in the bar. */
export function sign(session) {
  return session.click('.sheet > footer .button-primary')
}

/** What has the keyboard, by the name that is heard of it. */
export function focused(session) {
  return session.run(`
    const here = document.activeElement
    const said = (e) => (e?.innerText ?? '').replace(/\\s+/g, ' ').trim()
    const named = (here.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map((id) => said(document.getElementById(id))).join(' ')
    return here.getAttribute('aria-label') ?? (named || said(here.labels?.[0]) || said(here))`)
}
