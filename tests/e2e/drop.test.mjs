// Files dropped on the real window by the system's own protocol, as a file manager drops them.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'smol-toml'
import { inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { doors, openSample } from './screens.mjs'

const PICTURE = fileURLToPath(new URL('../fixtures/cabinet.jpg', import.meta.url))
const FORMS = fileURLToPath(new URL('../../crates/report/templates', import.meta.url))

const drop = (...files) => promisify(execFile)('python3', [fileURLToPath(new URL('drop.py', import.meta.url)), ...files])

test('a text dropped on the library is reviewed, and a report of ours is opened', () =>
  inWindow({}, async (session, folder) => {
    const notes = join(folder, 'night.md')
    writeFileSync(notes, '# Region / Location impacted\n\nSouth Region only.\n')
    await doors(session)
    await drop(notes)
    await session.reads('Is each piece in the right place?')
    await keepPicture(session, 'dropped-text')
    await session.press('Library')
    await doors(session)

    const ours = join(folder, 'report.json')
    const template = parse(readFileSync(join(FORMS, 'sec-h9-summary.toml'), 'utf8'))
    const sample = JSON.parse(readFileSync(join(FORMS, 'sec-h9-summary.sample.json'), 'utf8'))
    writeFileSync(ours, JSON.stringify({ ...sample, template, attachments: [] }))
    await drop(ours)
    await session.reads('14 of 14')
  }))

test('a picture dropped while a text is written becomes a figure there; elsewhere in the report it is evidence', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.enter('Region / Location impacted')
    await drop(PICTURE)
    await session.find('.prose .figure img[src^="blob:"]')
    await keepPicture(session, 'dropped-picture')
    const files = () => session.run('return document.querySelectorAll(".panel [role=tab]").length && [...document.querySelectorAll(".panel [role=tab]")].find((e) => e.innerText.startsWith("Evidence"))?.innerText')
    const before = await files()
    await session.run('document.activeElement.blur()')
    await drop(PICTURE)
    await session.until('one file more', async () => (await files()) !== before)
    assert.match(await files(), /Evidence\s*4/)
  }))
