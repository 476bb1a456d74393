// Where words stand: every form, blank and filled, at both sizes, with its findings and the tabs of the panel, and with words that cannot be
// broken. No words over each other, none cut off, nothing that scrolls sideways.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { inWindow, SIZES } from './app.mjs'
import { faultsOfBoxes } from './boxes.mjs'
import { keepPicture } from './picture.mjs'
import { doors, forms, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

const TEMPLATES = fileURLToPath(new URL('../../crates/report/templates', import.meta.url))
const samples = readdirSync(TEMPLATES).filter((name) => name.endsWith('.sample.json')).map((name) => name.replace('.sample.json', ''))
const LONG = 'Überlastungsschutzvorrichtungsprüfungsprotokollnummernverzeichnis'
const pictures = Boolean(process.env.RAPPORTEUR_LAYOUT_PICTURES)

test('no form prints words over each other or scrolls sideways while it is blank', () =>
  inWindow({}, async (session) => {
    await doors(session)
    const wrong = []
    const all = await session.runAsync('return (await window.__TAURI_INTERNALS__.invoke("templates")).map(({ id }) => id)')
    for (let at = 0; at < all.length; at++) {
      await begin(session, at)
      wrong.push(...(await everyWay(session, `${all[at]}, blank`)))
    }
    report(wrong)
  }))

test('no form prints words over each other or scrolls sideways once it is filled', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.json') }) }, async (session, folder) => {
    await doors(session)
    const evidence = join(TEMPLATES, 'attachments')
    if (existsSync(evidence)) cpSync(evidence, join(folder, 'attachments'), { recursive: true })
    const wrong = []
    for (const id of samples) {
      await open(session, folder, await filled(session, id))
      wrong.push(...(await everyWay(session, `${id}, filled`)))
    }
    report(wrong)
  }))

test('words that cannot be broken stay in their boxes', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.json') }) }, async (session, folder) => {
    await doors(session)
    cpSync(join(TEMPLATES, 'attachments'), join(folder, 'attachments'), { recursive: true })
    const wrong = []
    for (const id of ['sec-h9-summary', 'rfo', 'dora-intermediate', 'sre-postmortem', 'ccadb-3.2']) {
      await open(session, folder, unbroken(await filled(session, id)))
      wrong.push(...(await everyWay(session, `${id}, long words`)))
    }
    report(wrong)
  }))

test('everything twice as large still finds room', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.json') }) }, async (session, folder) => {
    await doors(session)
    cpSync(join(TEMPLATES, 'attachments'), join(folder, 'attachments'), { recursive: true })
    const wrong = []
    for (const id of ['sec-h9-summary', 'dora-intermediate', 'ccadb-3.2']) {
      await open(session, folder, await filled(session, id))
      await session.runAsync('await window.__TAURI_INTERNALS__.invoke("zoom", { percent: 200 })')
      await session.until('a window of half the width', () => session.run('return innerWidth <= 640'))
      await session.runAsync('await document.fonts.ready; await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      for (const fault of await faultsOfBoxes(session)) wrong.push(`${id}, 640, zoomed: ${fault}`)
      await keepPicture(session, `layout-${id}-zoomed`)
      await session.runAsync('await window.__TAURI_INTERNALS__.invoke("zoom", { percent: 100 })')
    }
    report(wrong)
  }))

test('the editor grows step by step to twice its size, and the page lives', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    const widths = []
    for (let step = 0; step < 6; step++) {
      const before = await session.run('return innerWidth')
      await session.chord(Key.control, '=')
      widths.push(await session.until('a narrower page', async () => {
        const now = await session.run('return innerWidth')
        return now < before && now
      }))
      await session.runAsync('await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))')
      if (widths.at(-1) <= 640) break
    }
    assert.equal(widths.at(-1), 640)
    assert.deepEqual(await faultsOfBoxes(session), [])
    await session.press('Library')
    await session.reads('1 report')
    for (const { width, height } of SIZES) {
      await session.resize(width, height)
      await session.until(`a page ${width / 2} wide`, () => session.run('return innerWidth === arguments[0]', width / 2))
      await keepPicture(session, 'library-zoomed')
      const out = await session.run('return [...document.querySelectorAll("button, .list td")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.innerText)')
      assert.deepEqual([...(await faultsOfBoxes(session)), ...out], [])
    }
  }))

/** Both sizes, and each tab of the panel at each. */
async function everyWay(session, what) {
  const wrong = []
  for (const { width, height } of SIZES) {
    await session.resize(width, height)
    await session.until(`a window ${width} wide`, () => session.run('return innerWidth === arguments[0]', width))
    const tabs = await session.run('return [...document.querySelectorAll(".panel [role=tab]")].map((tab) => tab.id.replace(/^.*-/, ""))')
    for (const tab of tabs.filter((tab) => tab !== 'preview')) {
      await session.run('const tab = document.querySelector(`.panel [role=tab][id$="-${arguments[0]}"]`); if (tab.getAttribute("aria-selected") !== "true") tab.click()', tab)
      await session.runAsync('await document.fonts.ready; await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      for (const fault of await faultsOfBoxes(session)) wrong.push(`${what}, ${width}, ${tab}: ${fault}`)
      if (pictures) await keepPicture(session, `layout-${what.replace(/\W+/g, '-')}-${tab}`)
    }
  }
  return wrong
}

/** A fault of the frame shows in every form: each is told once, with how many have it. */
function report(wrong) {
  const told = new Map()
  for (const one of wrong) {
    const fault = one.replace(/^.*?, \d+, \w+: /, '')
    told.set(fault, [...(told.get(fault) ?? []), one.slice(0, -fault.length - 2)])
  }
  const lines = [...told].map(([fault, places]) => `${fault}   [${places.length}: ${places.slice(0, 2).join('; ')}]`)
  assert.deepEqual(lines, [])
}

async function begin(session, at) {
  await session.chord(Key.control, 'n')
  await forms(session)
  await session.run('document.querySelectorAll(".begin")[arguments[0]].click()', at)
  await session.find('.form .column')
}

async function open(session, folder, report) {
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
  await session.run('document.querySelector(".form")?.setAttribute("data-old", "")')
  await session.chord(Key.control, 'o')
  await session.find('.form:not([data-old]) .column')
}

async function filled(session, id) {
  const { report } = await session.runAsync('return window.__TAURI_INTERNALS__.invoke("begin", { template: arguments[0] })', id)
  const sample = JSON.parse(readFileSync(join(TEMPLATES, `${id}.sample.json`), 'utf8'))
  return { ...report, ...sample, id: report.id }
}

function unbroken(report) {
  const long = (text) => (typeof text === 'string' && text !== '' ? `${LONG}${LONG} ${text}` : text)
  return {
    ...report,
    title: long(report.title),
    timeline: report.timeline.map((row) => ({ ...row, ...(row.text ? { text: long(row.text) } : {}), ...(row.kind === 'phase' ? { name: LONG } : {}) })),
    actions: report.actions.map((one) => ({ ...one, text: long(one.text), owner: LONG })),
    fields: Object.fromEntries(Object.entries(report.fields).map(([key, answer], at) => [key, at % 3 === 0 && answer.raw ? { ...answer, raw: long(answer.raw) } : answer])),
    attachments: (report.attachments ?? []).map((one) => ({ ...one, caption: long(one.caption) })),
    causes: (report.causes ?? []).map((one) => ({ ...one, text: long(one.text) })),
    impact: (report.impact ?? []).map((one) => ({ ...one, service: LONG + LONG })),
    sections: report.sections.map((one, at) => (at % 2 === 0 && one.body[0]?.type === 'paragraph' ? { ...one, body: [{ type: 'paragraph', content: [{ type: 'text', text: LONG + LONG + LONG }] }, ...one.body] } : one)),
  }
}
