// Two windows on one folder, without the guard that keeps a second one from opening: both write one report, and both keep every word.
// And what was signed: one key asks, Enter begins the next version with that key in it, undo gives the signed report back.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { inNewFolder, inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { everySize, openSample, prepareToSign, sign } from './screens.mjs'
import { Key } from './wd.mjs'

const REGION = 'Region / Location impacted'

const isSaved = (session) => session.until('the text saved', () => session.run("return document.querySelector('.save')?.dataset.save === 'saved'"), 30_000)
const state = (session) => session.run("return document.querySelector('.bar .state')?.innerText.trim() ?? ''")
const region = async (session) => session.run("return arguments[0].innerText.replace(/\\s+/g, ' ').trim()", await session.held(REGION))

/** The rows of the library, as they are read. */
const rows = (session) => session.run("return [...document.querySelectorAll('tbody tr')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())")

/** Whether the notice stands where the writer looks: in the window, whatever the form is scrolled to. */
const inView = (session) =>
  session.run(`
    const at = document.querySelector('.notices .banner')?.getBoundingClientRect()
    const form = document.querySelector('main.form').getBoundingClientRect()
    return Boolean(at) && at.top >= form.top - 1 && at.bottom <= innerHeight`)

async function openRow(session, nth) {
  await session.find('tbody tr')
  await session.run('document.querySelectorAll("tbody tr")[arguments[0]].focus()', nth)
  await session.chord(Key.enter)
  await session.find('.save')
}

test('two windows that write one report in turn end with two complete reports, and each goes on where it is', () =>
  inNewFolder((folder) =>
    inWindow({ folder }, async (first) => {
      await openSample(first)
      await isSaved(first)
      await inWindow({ folder }, async (second) => {
        await openRow(second, 0)
        await second.reads('14 of 14')
        const sentences = ['The first window wrote every one of these words.', 'The second window wrote all of these.']
        for (const window of [first, second]) {
          await window.enter(REGION)
          await window.chord(Key.control, Key.end)
        }
        const words = sentences.map((sentence) => sentence.split(' '))
        for (let nth = 0; nth < Math.max(...words.map((list) => list.length)); nth++) {
          for (const [at, window] of [first, second].entries()) if (words[at][nth]) await window.type(` ${words[at][nth]}`)
        }
        await Promise.all([isSaved(first), isSaved(second)])
        const told = []
        for (const [at, window] of [first, second].entries()) {
          const shown = await region(window)
          assert.ok(shown.endsWith(sentences[at]), `what was typed is shown, whole: ${shown}`)
          if (await window.run("return document.querySelector('.notices .banner') !== null")) told.push(window)
        }
        assert.equal(told.length, 1, 'who was slower is told, and nobody else')
        const [slower] = told
        assert.ok(await inView(slower), 'the news stands where the writer looks')
        await slower.reads('Nothing is lost.')
        await everySize(slower, 'editor-kept-apart')
        await slower.type(' And a word more.')
        await isSaved(slower)
        await slower.press('Show the other text')
        const other = sentences[slower === first ? 1 : 0]
        await slower.until('the other text', async () => (await region(slower)).endsWith(other))
        await slower.press('Library')
        await slower.reads('2 reports')
        const texts = []
        for (const nth of [0, 1]) {
          await openRow(slower, nth)
          await slower.labelled(REGION)
          texts.push(await region(slower))
          await slower.press('Library')
          await slower.reads('2 reports')
        }
        const mine = sentences[slower === first ? 0 : 1]
        assert.ok(texts.some((text) => text.endsWith(`${mine} And a word more.`)) && texts.some((text) => text.endsWith(other)), texts.join('\n'))
      })
    }),
  ))

test('what was signed is asked about at the first key, goes on as the next version, and comes back with undo', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('Signed and exported', 60_000)
    await session.press('Back to the report')
    await session.reads('Signed 1.0')
    const before = await region(session)

    await session.enter(REGION)
    await session.chord(Key.control, Key.end)
    await session.type('Zz')
    await session.reads('Begin version 1.1 with what you typed?')
    assert.ok(await inView(session), 'the question stands where the writer looks')
    assert.equal(await state(session), 'Signed 1.0')
    await everySize(session, 'editor-next-version')
    await session.chord(Key.escape)
    await session.until('the text as it was signed', async () => (await region(session)) === before)

    await session.enter(REGION)
    await session.chord(Key.control, Key.end)
    await session.type('Zz')
    await session.reads('Begin version 1.1 with what you typed?')
    await session.chord(Key.enter)
    await session.until('the next version', async () => (await state(session)) === 'Draft 1.1')
    await session.type(' top')
    await isSaved(session)
    assert.ok((await region(session)).endsWith('Zz top'), 'no key is lost')
    await keepPicture(session, 'editor-version-begun')
    await session.until('the signed report back', async () => {
      if ((await state(session)) === 'Signed 1.0') return true
      await session.chord(Key.control, 'z')
      return false
    })
    assert.equal(await region(session), before)
    await session.press('Library')
    await session.reads('1 report')

    await openRow(session, 0)
    await session.enter(REGION)
    await session.chord(Key.control, Key.end)
    await session.type('!')
    await session.reads('Begin version 1.1 with what you typed?')
    await session.chord(Key.enter)
    await session.until('the next version', async () => (await state(session)) === 'Draft 1.1')
    await session.press('Library')
    await session.reads('2 reports')
    const listed = await rows(session)
    assert.ok(listed.some((row) => row.includes('Signed')) && listed.some((row) => row.includes('Draft')), listed.join('\n'))
  }))
