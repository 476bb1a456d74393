// What was acknowledged is kept, whatever becomes of the window; and two windows on one library know of each other.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inNewFolder, inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { Key } from './wd.mjs'

const isSaved = (session) => session.until('the text saved', () => session.run("return document.querySelector('.save')?.dataset.save === 'saved'"))

/** The library shows one report; Enter on its row opens it. */
async function openSample(session) {
  await session.find('tbody tr')
  await session.run("document.querySelector('tbody tr').focus()")
  await session.chord(Key.enter)
  await session.find('.save')
}

test('what the window said was saved is there after the application was killed', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, async (session) => {
      await session.reads('Look around')
      await session.type('1')
      await session.reads('14 of 14')
      await session.fill('DCC Problem Reference Number', 'PBI000000777777')
      await session.run("document.querySelector('.save').dataset.save = 'asked'") // the answer to this edit, not to an earlier one
      await session.enter('Region / Location impacted')
      await session.chord(Key.control, Key.end)
      await session.type(' Kept to the last letter.')
      await isSaved(session)
      session.kill()
    })
    await inWindow({ folder }, async (session) => {
      await openSample(session)
      await session.reads('Kept to the last letter.')
      assert.equal(await session.run('return arguments[0].value', await session.held('DCC Problem Reference Number')), 'PBI000000777777')
    })
  }))

test('a page that dies by itself is opened anew, and what the core had heard is kept', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, async (session) => {
      await session.reads('Look around')
      await session.type('1')
      await session.reads('14 of 14')
      await session.enter('Region / Location impacted')
      await session.chord(Key.control, Key.end)
      await session.type(' Heard before the page died.')
      await isSaved(session)
      const pages = () => spawnSync('pgrep', ['-g', String(session.driver.pid), 'WebKitWebProces'], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
      const [page] = pages()
      process.kill(Number(page), 'SIGKILL')
      // The driver has let go of the window with the page; that there is another page is seen from outside.
      await session.until('another page', () => pages().some((now) => now !== page))
    })
    await inWindow({ folder }, async (session) => {
      await openSample(session)
      await session.reads('Heard before the page died.')
    })
  }))

test('a second window on the library is told, and both texts are kept', () =>
  inNewFolder((folder) =>
    inWindow({ folder }, async (first) => {
      await first.reads('Look around')
      await first.type('1')
      await first.reads('14 of 14')
      await first.fill('DCC Problem Reference Number', 'PBI000000111111')
      await isSaved(first)
      await inWindow({ folder }, async (second) => {
        await second.reads('This library is open in another window too')
        await keepPicture(second, 'library-elsewhere')
        await openSample(second)
        await second.reads('14 of 14')
        await second.fill('DCC Problem Reference Number', 'PBI000000222222')
        await isSaved(second)
      })
      await first.fill('DCC Problem Reference Number', 'PBI000000333333')
      await first.reads('Show the other text')
      await keepPicture(first, 'editor-kept-both')
      await first.press('Library')
      await first.reads('2 reports')
    }),
  ))

test('a library that is no library is left as it is and said so', () =>
  inNewFolder(async (folder) => {
    await inWindow({ folder }, (session) => session.find('h1'))
    const file = join(folder, 'library', 'library.rapporteur')
    for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true })
    const damaged = Buffer.from('this was a library once '.repeat(400))
    writeFileSync(file, damaged)
    await inWindow({ folder }, async (session) => {
      await session.reads('The library’s file is damaged')
      await keepPicture(session, 'library-damaged')
    })
    assert.ok(readFileSync(file).equals(damaged), 'the file is as it was')
  }))

test('a pasted picture becomes a figure, is taken back in one step, and travels as the text has it', () =>
  inWindow({}, async (session) => {
    await session.reads('Look around')
    await session.type('1')
    await session.reads('14 of 14')
    await session.enter('Region / Location impacted')
    await session.chord(Key.control, Key.end)
    await session.runAsync(`
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 120 })
      canvas.getContext('2d').fillRect(20, 20, 200, 60)
      const data = new DataTransfer()
      data.items.add(new File([await new Promise((made) => canvas.toBlob(made, 'image/png'))], 'rack.png', { type: 'image/png' }))
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))`)
    await session.find('.prose .figure img[src^="blob:"]')
    await session.type('Rack 7 as found')
    await isSaved(session)
    await session.press('Preview')
    await session.find('.panel canvas')
    await keepPicture(session, 'editor-figure')
    await session.enter('Region / Location impacted')
    const figures = () => session.run("return document.querySelectorAll('.prose .figure').length")
    const begun = await figures()
    for (let steps = 0; steps < 2; steps++) await session.chord(Key.control, 'z') // the caption, then figure and picture
    await session.until('the figure gone', async () => (await figures()) === begun - 1)
  }))
