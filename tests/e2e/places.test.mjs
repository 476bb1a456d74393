// Findings at every kind of place in the real window: each is jumped to, marked where it stands, heard, mended; and one that is accepted
// with a reason, taken back, and asked again once its text has changed.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { inWindow } from './app.mjs'
import { doors, everySize, focused, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

const LETTER = fileURLToPath(new URL('../../crates/report/templates/rfo.sample.json', import.meta.url))
const LEFT = 'TODO'
const OFFICE = 'minutes.docx'
const MINUTES = Buffer.from('what was said that night')

/** Where a word is left to be filled in, by the spot it belongs to, and what the control is called that the keyboard must land on. */
const PLACES = [
  ['field:our_reference', 'Our reference'],
  ['timeline', null],
  ['impact', 'Service, row 1'],
  ['actions', 'What, row 2'],
  ['causes', 'Why?, row 2'],
  ['targets', 'Target, row 1'],
  ['lessons', 'Kind, row 2'],
  ['linked', 'Incident, row 2'],
  ['diagrams', 'Box 2'],
  ['evidence', `Description of “${OFFICE}”`],
  ['signatures', 'Signs as, row 1'],
]

test('a finding at every kind of place is jumped to, carries its mark there, is heard, and its mark goes once it is mended', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.json') }) }, async (session, folder) => {
    await doors(session)
    write(folder, left(await letter(session)))
    await session.chord(Key.control, 'o')
    await session.reads('Blocks filing')
    for (const [spot, control] of PLACES) {
      const finding = await find(session, spot)
      await jump(session, finding)
      const landed = await here(session)
      assert.equal(landed.spot, spot, `${finding.message}: the keyboard is in ${landed.spot}`)
      if (control) assert.equal(await focused(session), control, finding.message)
      assert.ok(landed.seen, `${spot}: what has the keyboard is in sight`)
      assert.ok(landed.marks.includes(finding.message), `${spot}: ${JSON.stringify(landed.marks)} lacks ${finding.message}`)
      assert.ok(landed.heard.includes(finding.message), `${spot}: heard is only ${landed.heard}`)
    }
    await everySize(session, 'findings-at-rows')
    for (const [spot] of PLACES) await mend(session, spot)
  }))

test('findings of the title, the letter, the marking, a paragraph and text that waits are jumped to and marked too', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_OPEN: join(folder, 'report.json') }) }, async (session, folder) => {
    await doors(session)
    const report = await letter(session)
    report.title = report.title.replace('11\u00a0March', '9\u00a0March')
    report.letter.date = '10/03/2026'
    report.markings = [{ scheme: 'tlp', label: 'CLEAR' }, { scheme: 'words', text: 'TLP:RED' }]
    report.sections[1].body.push({ type: 'paragraph', content: [{ type: 'text', text: 'The second pump is [insert the model].' }] })
    report.unplaced = [{ id: id(90), text: 'These words have no place yet.', source: 'notes.txt' }]
    write(folder, report)
    await session.chord(Key.control, 'o')
    await session.reads('Blocks filing')

    await jump(session, await find(session, 'report'))
    assert.equal(await focused(session), 'Title of this report')
    assert.match((await here(session)).heard, /nothing in the report happened on that day/)
    await session.until('the mark at the title', () => session.run('return document.querySelector(".bar .found .mark")?.checkVisibility()'))
    await everySize(session, 'findings-title')
    await session.fill('Title of this report', 'Object storage in Bergen, 11 March 2026')
    await session.until('the title without a mark', async () => !(await session.run('return document.querySelector(".bar .found")')))

    const row = (await findings(session)).find(({ message }) => message.includes('after the date of the letter'))
    await session.run('arguments[0].click()', row.sides[1])
    assert.equal(await focused(session), 'Date')
    assert.match((await here(session)).heard, /after the date of the letter/)
    await session.fill('Date', '13/03/2026')
    await session.until('the letter without a mark', async () => !(await session.run('return document.querySelector("[data-spot=letter] .mark")')))

    await jump(session, await find(session, 'marking'))
    const marking = await here(session)
    assert.equal(marking.spot, 'marking')
    assert.ok(marking.heard.trim() && marking.marks, JSON.stringify(marking))
    const paragraph = await find(session, `section:${report.sections[1].id}`)
    await jump(session, paragraph)
    const text = await here(session)
    assert.ok(text.line.includes('[insert the model]'), `the caret is in “${text.line}”`)
    assert.ok(text.heard.includes(paragraph.message) && text.marks.includes(paragraph.message), JSON.stringify([paragraph.message, text]))
    await jump(session, await find(session, 'tray'))
    assert.match(await focused(session), /^Place it: These words/)
    await session.reads('have no place in the report yet')
    await everySize(session, 'findings-tray')
  }))

test('a finding is accepted with a reason by key, with who and when; undo takes that back, and another text asks again', () =>
  inWindow({}, async (session) => {
    await doors(session)
    await session.press('Settings')
    await session.fill('Name', 'Robin Ash')
    await session.until('the settings saved', async () => /(^|\n)Saved/.test(await session.allText()))
    await session.press('Library')
    await openSample(session)
    await session.fill('DCC Incident Reference Number', 'INC00000731204')
    await session.reads('with 11 digits and with 12')
    const kept = () => session.run('return /(\\d+) findings? set aside with a reason/.exec(document.querySelector(".findings").innerText)?.[1] ?? "0"')
    const before = await kept()
    for (let steps = 0; steps < 8; steps++) {
      await session.chord('\uE038')
      if ((await session.run('return document.querySelector(".finding.current")?.innerText ?? ""')).includes('with 11 digits')) break
    }
    await session.chord(Key.control, ';')
    await session.until('where the reason is typed', async () => (await focused(session)) === 'Reason for leaving it as it is')
    await session.type('The register of the operator has eleven')
    await session.chord(Key.enter)
    const more = String(Number(before) + 1)
    await session.until('one more kept', async () => (await kept()) === more)
    if ((await session.run('return document.querySelector(".settled [aria-expanded]").getAttribute("aria-expanded")')) === 'false') await session.click('.settled [aria-expanded]')
    await session.reads('Reason: The register of the operator has eleven')
    const [who] = await session.run('return [...document.querySelectorAll(".finding .ways")].map((one) => one.innerText).filter((one) => one.includes("eleven"))')
    assert.match(who, /\(Robin Ash, \d{1,2} \w+ \d{4}/)
    await everySize(session, 'finding-accepted')
    await session.chord(Key.control, 'z')
    await session.until('it is asked again', async () => (await kept()) === before)
    await session.chord(Key.control, 'y')
    await session.until('it is kept again', async () => (await kept()) === more)
    await session.fill('DCC Incident Reference Number', 'INC0000731204')
    await session.reads('with 10 digits and with 12')
    assert.equal(await kept(), before, 'what was accepted was another text')
  }))

/** The finding whose own side is that spot. */
async function find(session, spot) {
  return session.until(`a finding at ${spot}`, async () => (await findings(session)).find((one) => one.spot === spot))
}

/** Presses the side of a finding that leads to its place, and waits for the keyboard to leave the list. */
async function jump(session, { message, sides, own }) {
  await session.run('arguments[0].focus(); arguments[0].click()', sides[own])
  await session.until(`the keyboard away from the list: ${message}`, () => session.run('return !document.activeElement.closest(".findings")'))
}

/** Every open finding of the panel, with the buttons of its sides; `own` is the first that leads somewhere. */
async function findings(session) {
  await session.run('const tab = document.querySelector("[role=tab][id$=findings]"); if (tab.getAttribute("aria-selected") !== "true") tab.click()')
  const listed = await session.run(`
    return [...document.querySelectorAll('.findings .finding')].map((one) => ({
      message: one.querySelector(':scope > p').lastChild.textContent,
      words: one.querySelector('.source:is(button) .where')?.innerText ?? '',
      sides: [...one.querySelectorAll('.source')],
      own: [...one.querySelectorAll('.source')].findIndex((side) => side.matches('button')),
    }))`)
  for (const one of listed) one.spot = await spotOf(session, one.words)
  return listed
}

const WORDS = {
  'The report': 'report', Timeline: 'timeline', Downtime: 'impact', Actions: 'actions', Causes: 'causes', Targets: 'targets', Lessons: 'lessons',
  Drawings: 'diagrams', 'Linked incidents': 'linked', Evidence: 'evidence', Marking: 'marking', Signatures: 'signatures', 'Text that waits': 'tray',
}

/** The spot that the words of a place name: a paper, a field by its label, a heading. */
async function spotOf(session, words) {
  const name = words.replace(/, (row|paragraph) \d+$/, '')
  return WORDS[name] ?? session.run(`
    const said = (e) => e.innerText.replace(/\\s+/g, ' ').trim()
    const of = (css) => [...document.querySelectorAll(css)].find((e) => said(e) === arguments[0])?.closest('[data-spot]')?.dataset.spot
    return of('.form .field > label, .form .field > .label') ?? of('.form h2') ?? ''`, name)
}

/** Where the keyboard is: the spot, the marks that stand there, what is heard of the control, whether it is in sight. */
function here(session) {
  return session.run(`
    const active = document.activeElement
    const spot = active.closest('[data-spot]')
    const box = active.getBoundingClientRect()
    const words = (e) => (e?.innerText ?? e?.textContent ?? '').replace(/\\s+/g, ' ').trim()
    const at = getSelection().anchorNode
    const described = (e) => (e?.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
    const ids = [...described(active), ...described(active.closest('[role=radiogroup]'))]
    return {
      spot: spot?.dataset.spot ?? '',
      seen: box.bottom > 0 && box.top < innerHeight,
      marks: [...(spot?.querySelectorAll('.mark') ?? [])].filter((e) => e.checkVisibility()).map((e) => words(e.parentElement)).join(' '),
      heard: [...ids.map((id) => words(document.getElementById(id))), active.matches('[role=row]') ? words(active) : ''].join(' '),
      line: words((at instanceof Element ? at : at?.parentElement)?.closest('p')),
    }`)
}

/** Takes the word that was left out of every control of a place, as its author would, and waits until its mark is gone. */
async function mend(session, spot) {
  const finding = await find(session, spot)
  await jump(session, finding)
  if (spot === 'timeline') await session.chord(Key.enter)
  const fields = await session.run(`
    const spot = document.querySelector('[data-spot="' + arguments[0] + '"]')
    return [...spot.querySelectorAll('input, textarea')].filter((e) => e.value.includes(arguments[1])).map((e) => ({ held: e, text: e.value.replace(' ' + arguments[1], '') }))`, spot, LEFT)
  assert.ok(fields.length > 0, `nothing to mend in ${spot}`)
  for (const { held, text } of fields) {
    await session.run(`
      const { held, text } = { held: arguments[0], text: arguments[1] }
      held.focus()
      held.select()
      document.execCommand('insertText', false, text)`, held, text)
  }
  if (spot === 'timeline') await session.chord(Key.enter)
  await session.until(`${spot} without a mark`, async () => !(await session.run('return document.querySelector(`[data-spot="${arguments[0]}"]`).innerText', spot)).includes(LEFT))
  await session.until(`no finding at ${spot}`, async () => !(await findings(session)).some((one) => one.message === finding.message))
}

/** The finished letter, with the form it is written in. */
async function letter(session) {
  const { report } = await session.runAsync('return window.__TAURI_INTERNALS__.invoke("begin", { template: "rfo" })')
  return { ...report, ...JSON.parse(readFileSync(LETTER, 'utf8')) }
}

/** The letter with a word left to be filled in at every kind of place. */
function left(report) {
  report.fields.our_reference = { raw: `FLC-2026-0311 ${LEFT}` }
  const second = report.timeline.filter((row) => row.kind === 'event')[1]
  second.text += ` ${LEFT}`
  report.impact = [{ id: id(1), service: `Storage ${LEFT}`, state: 'down', from: { kind: 'moment', at: '2026-03-11T02:37:00' }, to: { kind: 'moment', at: '2026-03-11T04:51:00' } }]
  report.actions = [
    { id: id(2), text: 'Fit a second filter', kind: 'prevent', owner: 'Plant team', due: '30/04/2026', state: 'open' },
    { id: id(3), text: `Watch the inlet pressure ${LEFT}`, kind: 'detect', owner: 'Plant team', due: '30/04/2026', state: 'open' },
  ]
  report.causes = [{ id: id(4), why: 'Why did the pump stop?', text: 'Its inlet was clogged.' }, { id: id(5), why: 'Why was it clogged?', text: `The filter was full ${LEFT}.` }]
  report.targets = [{ id: id(6), measure: 'Time to restore', target: '4 h', actual: `2 h 14 min ${LEFT}` }]
  report.lessons = [{ id: id(7), kind: 'good', text: 'The page came at once.' }, { id: id(8), kind: 'lucky', text: `It was night ${LEFT}.` }]
  report.linked = [{ id: id(9), incident: 'FLC-2026-0311', linked: 'FLC-2026-0290', nature: 'Same pump' }, { id: id(10), incident: 'FLC-2026-0311', linked: 'FLC-2026-0291', nature: `Same filter ${LEFT}` }]
  report.diagrams = [{
    id: id(11), caption: 'The cooling loop',
    nodes: [{ id: 'a', label: 'Pump A', column: 0, row: 0, failed: false }, { id: 'b', label: `Pump B ${LEFT}`, column: 1, row: 0, failed: true }],
    edges: [{ from: 'a', to: 'b', label: '', broken: true }],
  }]
  report.attachments = [{
    id: id(12), name: OFFICE, media_type: 'application/octet-stream', size: MINUTES.length, sha256: createHash('sha256').update(MINUTES).digest('hex'),
    caption: `Minutes of the night ${LEFT}`, evidence: true,
  }]
  report.signatories[0].person.role += ` ${LEFT}`
  return report
}

/** A report.json with its files beside it. */
function write(folder, report) {
  mkdirSync(join(folder, 'attachments'), { recursive: true })
  writeFileSync(join(folder, 'attachments', OFFICE), MINUTES)
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
}

function id(nth) {
  return `0199e8f5-1580-7000-9000-${String(nth).padStart(12, '0')}`
}
