// Forms beyond the first two: an organisation's own, opened from a file and taken out again; and a regime's with every kind of field.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { beginForm, doors, everySize, focused } from './screens.mjs'
import { Key } from './wd.mjs'

const OWN = `id = "grid-note"
version = "1"
title = "Note on a grid incident"
short_title = "Grid note"
authority = "Our own control room"
summary = "What the next shift must know."

[[field]]
key = "feeder"
label = "Feeder"
type = "text"
required = true

[[section]]
key = "what"
heading = "What happened"
required = true
`

test('a form of one’s own is refused with each fault, added, used, taken out of the list and brought back', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'grid.toml') }) }, async (session, folder) => {
    const file = join(folder, 'grid.toml')
    writeFileSync(file, OWN.replace('"text"', '"colour"').replace('heading =', 'headnig ='))
    await doors(session)
    await session.chord(Key.control, 'n')
    await session.press('Open a template file…')
    await session.reads('grid.toml was not added')
    await session.reads('Line 1')
    await everySize(session, 'template-refused')
    writeFileSync(file, OWN)
    await session.press('Open a template file…')
    await session.reads('“Grid note” was added.')
    assert.match(await focused(session), /^Grid note/)
    await everySize(session, 'template-own')
    await session.press('Remove from the list: Grid note')
    await session.reads('was moved to the bin')
    await session.until('the form gone', async () => !(await session.allText()).includes('What the next shift must know'))
    await everySize(session, 'template-removed')
    await session.chord(Key.control, 'z')
    await session.until('the form back', async () => (await focused(session)).startsWith('Grid note'))
    await session.chord(Key.enter)
    await session.reads('0 of 2')
    await session.fill('Feeder', '11 kV north')
    await session.reads('1 of 2')
  }))

test('a regime’s form takes numbers, amounts, codes and several answers, and says what keeps it from being handed in', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.json') }) }, async (session, folder) => {
    await beginForm(session, /^DORA intermediate/)
    await session.until('the form', async () => (await session.run('return document.querySelectorAll(".field").length')) > 20)
    await everySize(session, 'dora-blank')
    for (const kind of ['input[type=checkbox]', 'input.mono', 'select.input']) {
      const shown = await session.run('const one = document.querySelector(`.form .field ${arguments[0]}`); one?.scrollIntoView({ block: "center" }); one?.focus(); return one !== null', kind)
      if (shown) await keepPicture(session, `dora-field-${kind.replace(/\W+/g, '-')}`)
    }
    await session.run('const box = document.querySelector(".form .boxes input"); box.click()')
    await session.until('the box ticked', () => session.run('return document.querySelector(".form .boxes input").checked'))
    await session.chord(Key.control, 'k')
    await session.type('IR-1.2')
    await session.chord(Key.enter)
    await session.reads('was not written')
    await everySize(session, 'dora-missing')
    assert.ok(!existsSync(join(folder, 'report.json')))
    const first = await session.run('return document.querySelector(".missing button").innerText')
    await session.press(first.replace(/\s+/g, ' ').trim())
    await session.until('the keyboard where something is missing', () => session.run('return document.activeElement.closest(".form .column") !== null'))
  }))
