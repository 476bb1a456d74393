// What is deleted comes back, by keyboard, several in turn, from its own screen and from the bin; and what was never written leaves no trace.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inNewFolder, inWindow } from './app.mjs'
import { beginForm, doors, everySize, focused, forms, openSample, prepareToSign, sign } from './screens.mjs'
import { Key } from './wd.mjs'

const titles = (session) => session.run("return [...document.querySelectorAll('tbody tr[tabindex] td:first-child')].map((one) => one.innerText.trim())")
const rows = (session, count) => session.until(`${count} rows`, async () => (await titles(session)).length === count)
const onRow = (session) => session.until('the keyboard on a row', () => session.run("return document.activeElement?.matches('tbody tr')"))
const isSaved = (session) => session.until('the text saved', () => session.run("return document.querySelector('.save')?.dataset.save === 'saved'"))

/** Three reports with titles, and the library with the keyboard in its table. */
async function threeReports(session) {
  for (const title of ['Alpha outage', 'Beta outage', 'Gamma outage']) {
    await beginAnother(session, /Reason for outage/)
    await session.fill('Title of this report', title)
    await isSaved(session)
    await session.press('Library')
    await session.until(`${title} in the library`, async () => (await titles(session)).includes(title))
  }
  await onRow(session)
}

/** From wherever one is into a blank report of a form. */
async function beginAnother(session, name) {
  await session.chord(Key.control, 'n')
  await forms(session)
  await session.run(`[...document.querySelectorAll('.begin')].find((e) => new RegExp(arguments[0]).test(e.querySelector('.title').innerText)).click()`, name.source)
  await session.find('.save')
}

test('the bin by keyboard: deleted, brought back in turn, restored one and all, and deleted for good only when asked', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await threeReports(session)
    const before = await titles(session)
    await session.chord(Key.delete)
    await rows(session, 2)
    await onRow(session)
    await session.reads('was moved to the bin')
    await everySize(session, 'library-deleted')
    await session.chord(Key.delete)
    await rows(session, 1)
    await onRow(session)
    await session.chord(Key.control, 'z')
    await rows(session, 2)
    await session.chord(Key.control, 'z')
    await rows(session, 3)
    assert.deepEqual(await titles(session), before)
    await session.chord(Key.control, Key.shift, 'z')
    await rows(session, 2)
    await onRow(session)
    await session.chord(Key.delete)
    await rows(session, 1)
    await session.reads('Bin (2)')

    await session.chord(Key.control, 'k')
    await session.type('open the bin')
    await session.chord(Key.enter)
    await session.reads('The bin never empties by itself')
    await rows(session, 2)
    await onRow(session)
    await everySize(session, 'bin')
    const binned = await titles(session)
    await session.chord(Key.enter)
    await rows(session, 1)
    await session.reads(`“${binned[0]}” was restored.`)
    await session.chord(Key.control, 'z')
    await rows(session, 2)

    await onRow(session)
    await session.chord(Key.delete)
    await session.reads('for good?')
    await session.until('the keyboard on the answer that keeps it', async () => (await focused(session)) === 'Keep')
    await everySize(session, 'bin-asked')
    await session.chord(Key.escape)
    await session.until('nothing asked', async () => !(await session.allText()).includes('for good?'))
    await onRow(session)
    const going = await session.run("return document.activeElement.querySelector('td').innerText.trim()")
    await session.chord(Key.delete)
    await session.press('Delete for good')
    await session.reads(`“${going}” was deleted for good.`)
    await rows(session, 1)
    await session.press('Restore all')
    await session.reads('The bin is empty.')
    await everySize(session, 'bin-empty')
    await session.chord(Key.escape)
    await rows(session, 2)
    assert.ok(!(await titles(session)).includes(going))
  }))

test('a form of one’s own, an identity and a trusted signer come back where they were taken away', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf'), RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.pdf') }) }, async (session) => {
    await openSample(session)
    await prepareToSign(session)
    await sign(session)
    await session.reads('read back and verified', 30_000)
    await session.press('Verify it')
    await session.reads('Unchanged; signer unknown', 30_000)
    await session.reads('Not looked up')
    await session.chord(Key.control, 'k')
    await session.type('trust this signer')
    await session.chord(Key.enter)
    await session.reads('A name alone proves nothing')
    await everySize(session, 'verify-trust')
    await session.press('They are the same')
    await session.reads('Yes: you compared the fingerprint on')
    await everySize(session, 'verify-trusted')
    await session.chord(Key.control, 'z')
    await session.reads('Not looked up')
    await session.chord(Key.control, Key.shift, 'z')
    await session.reads('Yes: you compared the fingerprint on')

    await session.chord(Key.control, 'k')
    await session.type('signers you trust')
    await session.chord(Key.enter)
    await session.press('No longer trust Robin Ash')
    await session.reads('Robin Ash is not known here any more')
    await session.press('Remove from the list: Robin Ash')
    await session.reads('None yet. Add a certificate file')
    await session.chord(Key.control, 'z')
    await session.named('Remove from the list: Robin Ash')
    await session.chord(Key.control, 'z')
    await session.named('No longer trust Robin Ash')
    await everySize(session, 'settings-lists')
  }))

test('a report begun and left without a word is gone, and one with words is asked for a title', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /SEC H9/)
    await session.find('.save')
    await session.press('Library')
    await doors(session)
    await session.until('no trace', async () => !/Bin \(/.test(await session.allText()))

    await beginAnother(session, /SEC H9/)
    await session.fill('DCC Incident Reference Number', 'INC000000812345')
    await isSaved(session)
    await session.press('Library')
    await session.reads('What shall this report be called?')
    await session.until('the keyboard on the title proposed', async () => (await focused(session)) === 'What shall this report be called?')
    assert.equal(await session.run('return document.activeElement.value'), 'SEC H9 summary INC000000812345')
    await everySize(session, 'library-untitled')
    await session.chord(Key.enter)
    await session.until('its title', async () => (await titles(session))[0] === 'SEC H9 summary INC000000812345')
    await onRow(session)
    await session.chord(Key.enter)
    await session.find('.save')
    assert.equal(await session.run('return arguments[0].value', await session.held('Title of this report')), 'SEC H9 summary INC000000812345')
    await session.press('Library')
    await onRow(session)
    assert.ok(!(await session.allText()).includes('What shall this report be called?'), 'asked once')
  }))

test('what is due and what was filed stand in the library, sorted, and any column sorts by keyboard', () =>
  inWindow({}, async (session) => {
    await doors(session)
    for (const [title, aware] of [['Later', '20/11/2026 09:00'], ['Long ago', '02/02/2026 09:00']]) {
      await beginAnother(session, /GDPR/)
      await session.fill('Title of this report', title)
      await session.chord(Key.alt, '5')
      await session.press('Use this zone').catch(() => undefined) // asked only where the form has none
      await session.find('.clocks .event input')
      await session.run("document.querySelector('.clocks .event input').focus()")
      await session.type(aware)
      await session.chord(Key.tab)
      await isSaved(session)
      await session.press('Library')
      await session.until(`${title} in the library`, async () => (await titles(session)).includes(title))
    }
    await session.until('both counted', async () => /\d+\s(months|weeks|days) late/.test(await session.allText()))
    assert.equal((await titles(session))[0], 'Long ago', 'the soonest due first')
    assert.equal(await session.run("return document.querySelector('th[aria-sort]').innerText.trim()"), 'Due')
    await everySize(session, 'library-due')
    await session.chord(Key.control, 'k')
    await session.type('sort the library by “title”')
    await session.chord(Key.enter)
    await session.until('sorted by title', async () => (await titles(session))[0] === 'Later')
    await session.run("document.querySelector('th.due button').focus()")
    await session.chord(Key.enter)
    await session.until('sorted by due again', async () => (await titles(session))[0] === 'Long ago')
  }))

test('Ctrl+Z takes back what was just chosen in the review, in turn, and leads back from the report that was kept', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await session.type('3')
    await session.until('the keyboard where one pastes', async () => (await focused(session)) === 'Paste the text here')
    await session.run(
      `const data = new DataTransfer()
       data.setData('text/plain', arguments[0])
       document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))`,
      'Written in the night\n\nRegion / Location impacted\nSouth Region only.\n\nRoot Cause, if known\nA log had grown for three weeks.\n',
    )
    await session.reads('Keep as a report')
    const left = () => session.run("return document.querySelectorAll('[role=listbox] .piece.left').length")
    await session.chord(Key.home)
    // As fast as the keys come: nothing waits for the text to be split between them.
    await session.keys(['keyDown', 'keyUp'].map((type) => ({ type, value: Key.delete })).concat([{ type: 'keyDown', value: Key.control }, { type: 'keyDown', value: 'z' }, { type: 'keyUp', value: 'z' }, { type: 'keyUp', value: Key.control }]))
    await session.reads('Undone.')
    await session.until('nothing left out', async () => (await left()) === 0)
    await session.chord(Key.delete)
    await session.chord(Key.down)
    await session.chord(Key.down)
    await session.chord(Key.delete)
    await session.until('two left out', async () => (await left()) === 2)

    await session.chord(Key.control, Key.enter)
    await session.reads('Made from the text you reviewed.')
    await everySize(session, 'editor-from-review')
    await session.chord(Key.control, 'z')
    await session.reads('Keep as a report')
    assert.equal(await left(), 2, 'with its choices')
    await session.chord(Key.control, 'z')
    await session.until('one left out', async () => (await left()) === 1)
    await session.chord(Key.control, 'z')
    await session.until('none left out', async () => (await left()) === 0)
    await session.chord(Key.control, Key.enter)
    await session.find('.save')
    await session.press('Library')
    await session.until('the library', async () => (await titles(session)).length === 1)
    assert.ok(!/Bin \(/.test(await session.allText()), 'what was taken back left no trace')
  }))

test('the library is moved to another folder and found there again; one that cannot be reached says so', () =>
  inNewFolder(async (folder) => {
    const elsewhere = join(folder, 'other disk')
    mkdirSync(elsewhere)
    const env = () => ({ RAPPORTEUR_TEST_PATH_FOLDER: elsewhere })
    await inWindow({ folder, env }, async (session) => {
      await openSample(session)
      await session.chord(Key.control, 'k')
      await session.type('move the library')
      await session.chord(Key.enter)
      await session.until('the keyboard on the act', async () => (await focused(session)) === 'Move to another folder…')
      await session.chord(Key.enter)
      await session.reads('Moved. The library now lies at', 30_000)
      await everySize(session, 'settings-moved')
      assert.ok(existsSync(join(elsewhere, 'library.rapporteur')) && !existsSync(join(folder, 'library', 'library.rapporteur')))
      await session.chord(Key.enter)
      await session.reads('already')
      await everySize(session, 'settings-not-moved')
    })
    await inWindow({ folder, env }, (session) => session.reads('1 report'))
    const { renameSync } = await import('node:fs')
    renameSync(elsewhere, join(folder, 'drawer'))
    await inWindow({ folder, env: () => ({ RAPPORTEUR_TEST_PATH_FOLDER: join(folder, 'drawer') }) }, async (session) => {
      await session.reads('that cannot be reached now')
      await everySize(session, 'library-away')
      await session.press('Choose its folder…')
      await session.reads('1 report')
    })
  }))
