// The keys everybody knows: save, print, find and replace, zoom, help. And everyday words in the palette.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inNewFolder, inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { everySize, focused, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

const [F1, F3] = ['\uE031', '\uE033']

test('Ctrl+S says that everything is saved and when; Ctrl+P exports a draft that is marked as one', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'draft.pdf') }) }, async (session, folder) => {
    await openSample(session)
    await session.fill('Title of this report', 'Gateway outage, as saved')
    await session.chord(Key.control, 's')
    await session.until('the save said to be done', () => session.run("return document.querySelector('.save.confirmed')?.dataset.save === 'saved'"))
    await session.reads('Everything is saved, as of')
    assert.match(await session.text('.save'), /Saved \d\d:\d\d:\d\d/)
    await session.enter('Title of this report')
    await session.type('!')
    await session.until('the next edit not confirmed', () => session.run("return document.querySelector('.save.confirmed') === null"))

    await session.chord(Key.control, 'p')
    await session.reads('Draft exported to', 60_000)
    const path = join(folder, 'draft.pdf')
    assert.ok(existsSync(path) && readFileSync(path).subarray(0, 5).toString() === '%PDF-')
    await keepPicture(session, 'draft-exported')
  }))

test('words are found in every text, shown one after the other, and replaced in one step', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.chord(Key.control, 'f')
    await session.until('the keyboard in the search', async () => (await focused(session)) === 'Find')
    await session.type('gateway')
    const total = await session.until('hits', async () => Number(/1 of (\d+)/.exec(await session.text('.find .said'))?.[1] ?? 0))
    assert.ok(total > 2, `${total} hits`)
    await everySize(session, 'find')

    await session.chord(Key.enter)
    await session.until('the words selected in the report', async () => /gateway/i.test(await selected(session)))
    const first = await where(session)
    await session.chord(F3)
    await session.until('the next hit', async () => (await where(session)) !== first || (await session.text('.find .said')).startsWith('2 of'))

    const before = await session.allText()
    await session.fill('Replace with', 'portcullis')
    await session.press('Replace')
    await session.reads('Replaced 1 time.')
    await session.until('one fewer', async () => (await hits(session)) === total - 1)
    await session.press('Replace all')
    await session.reads(`Replaced ${total - 1} times.`)
    await session.reads('No text in this report contains “gateway”.')
    await keepPicture(session, 'find-replaced')
    assert.match(await session.allText(), /portcullis/)

    // All of it is one step, and the one before it another.
    await session.chord(Key.escape)
    await session.run("document.querySelector('main').focus()")
    await session.chord(Key.control, 'z')
    await session.chord(Key.control, 'z')
    await session.until('every word as it was', async () => !(await session.allText()).includes('portcullis'))
    assert.equal(before.includes('portcullis'), false)
  }))

test('the window is zoomed by keys, keeps its zoom, and the pages are zoomed where the keyboard is on them', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, async (session) => {
      await openSample(session)
      assert.equal(await narrow(session, 1100), false)
      await session.chord(Key.control, '=')
      await session.chord(Key.control, '=')
      await session.until('everything larger', () => narrow(session, 1100))
      for (const [width, height] of [[960, 640], [1280, 860]]) {
        await session.resize(width, height)
        await keepPicture(session, 'zoomed')
      }
      await session.chord(Key.alt, '2')
      await session.run("document.querySelector('.desk').focus()")
      await session.chord(Key.control, '=')
      await session.reads('125 %')
      assert.equal(await narrow(session, 1000), false, 'the pages alone')
    })
    await inWindow({ folder }, async (session) => {
      await session.reads('1 report')
      await session.until('as large as it was left', () => narrow(session, 1100))
      await session.chord(Key.control, '0')
      await session.until('as it comes', async () => !(await narrow(session, 1100)))
    })
  }))

test('F1 shows the keys, the forms and where the data lies, and gives the keyboard back', () =>
  inWindow({}, async (session, folder) => {
    await openSample(session)
    await session.enter('Title of this report')
    await session.chord(F1)
    await session.reads('Keys that work here')
    for (const words of ['Save now', 'Ctrl S', 'Find and replace', 'SEC H9 summary', join(folder, 'library')]) await session.reads(words)
    await everySize(session, 'help')
    await session.chord(Key.escape)
    await session.until('the keyboard where it was', async () => (await focused(session)) === 'Title of this report')
  }))

test('everyday words find their command in the palette', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.chord(Key.control, 'k')
    await session.type('print')
    await session.until('the draft first', async () => /^Export a draft PDF/.test(await session.text('.palette [role=option][aria-selected=true]')))
    await everySize(session, 'palette-words')
    await session.chord(Key.control, 'a')
    await session.type('compare')
    await session.reads('rapporteur diff')
    await keepPicture(session, 'palette-hint')
  }))

const selected = (session) =>
  session.run(`
    const here = document.activeElement
    return here.selectionStart === undefined || here.selectionStart === null ? String(getSelection()) : here.value.slice(here.selectionStart, here.selectionEnd)`)

/** Whether the window is at most so wide as its styles see it: a window that is zoomed in is narrower to them. */
const narrow = (session, width) => session.run('return matchMedia(`(max-width: ${arguments[0]}px)`).matches', width)

const where = (session) => session.run("return document.querySelector('.find [aria-current=true]')?.getAttribute('aria-label')")

const hits = (session) => session.run("return document.querySelectorAll('.find .hit').length")
