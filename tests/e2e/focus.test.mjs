// The keyboard never falls to the page: acts that remove or disable what has it are walked through, and after each it is somewhere that hears
// keys. A key that leads nowhere says so in place, and what is typed next runs into no text.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { keepPicture } from './picture.mjs'
import { beginForm, focused, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

const F2 = '\uE032'
const F8 = '\uE038'

test('whatever removes what has the keyboard leaves it where keys are heard', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: join(folder, 'report.pdf') }) }, async (session, folder) => {
    await openSample(session)
    await settled(session)
    const wrong = []
    /** Does it, and says where the keyboard was left, when that is the page or not what `expected` says. */
    const after = async (what, act, expected = /./) => {
      await act()
      await settled(session)
      const here = (await session.run('return document.activeElement === document.body')) ? 'the page' : await focused(session)
      if (here === 'the page' || !expected.test(here)) wrong.push(`${what}: ${here}`)
    }
    const text = () => session.enter('Root Cause, if known')

    await after('the palette closed', () => text().then(() => session.chord(Key.control, 'k')).then(() => session.find('.palette .ask')).then(() => session.chord(Key.escape)), /^Root Cause/)
    await after('a menu closed', () => text().then(() => session.chord(Key.control, '/')).then(() => session.chord(Key.escape)), /^Root Cause/)
    await after('a link given up', () => text().then(() => session.chord(Key.control, Key.shift, 'l')).then(() => session.chord(Key.escape)), /^Root Cause/)
    await after('the title reworded', () => text().then(() => session.chord(F2)).then(() => session.chord(Key.enter)), /^Root Cause/)
    await after('a row removed', () => enter(session, '[data-part=actions] tbody textarea').then(() => pressed(session, '[data-part=actions] .acts-below button', 'Remove')), /, row 1$/)
    await after('that undone', () => session.chord(Key.control, 'z'))
    await after('a file removed', () => pressed(session, '[data-part=evidence] .line button', 'Remove'), /^Description of /)
    await after('that undone', () => session.chord(Key.control, 'z'))
    await after('an entry struck', () => enter(session, '.timeline [data-index]').then(() => session.chord(Key.delete)))
    await after('an entry struck while edited', () => enter(session, '.timeline [data-index]').then(() => session.chord(Key.enter)).then(() => pressed(session, '.editing button', 'Remove this row')))
    await after('the role menu closed', () => enter(session, '.timeline .event[data-index]').then(() => session.type('r')).then(() => session.chord(Key.escape)))
    await after('a line above given up', () => session.type('i').then(() => settled(session)).then(() => session.chord(Key.escape)))
    await after('the zone asked', () => pressed(session, '.entry button', 'Change'))
    await after('the zone settled', () => pressed(session, '.entry button', 'Use this zone'), /^Change$/)
    await after('the panel hidden', () => pressed(session, '.panel button', 'Hide'))
    await after('the panel shown', () => pressed(session, '.bar button', 'Show the panel'))

    await session.fill('DCC Incident Reference Number', 'INC00000731204')
    await session.fill('Date &time incident resolved', '14/10/2025 20:41')
    await session.reads('with 11 digits and with 12')
    await after('a reason asked', () => pressed(session, '.panel .finding button', 'Give a reason'), /^Reason for leaving it as it is$/)
    await after('a reason given up', () => session.chord(Key.escape), /^Give a reason$/)
    await session.chord(Key.enter)
    await settled(session)
    await session.type('It is so')
    await after('a reason kept', () => session.chord(Key.enter))
    await after('what was kept shown', () => pressed(session, '.settled [aria-expanded]'))
    await after('what was kept asked again', () => pressed(session, '.panel .finding button', 'Reopen'))
    await after('a finding mended', () => pressed(session, '.panel .finding .button'))
    await after('a heading begun', () => pressed(session, '.more button'), /^Heading$/)
    await after('a heading removed', () => session.type('Mine').then(() => pressed(session, 'section[aria-label=Mine] button', 'Remove')))

    await session.run('document.querySelector(".panel [role=tab][id$=clocks]").click()')
    await after('a filing begun', () => pressed(session, '.due button', 'Record that it was filed'), /^Submitted on$/)
    await after('a filing given up', () => session.chord(Key.escape), /^Record that it was filed/)
    await after('a filing recorded', async () => {
      await session.chord(Key.enter)
      await session.until('the moment asked', async () => (await focused(session)) === 'Submitted on')
      await session.type('20/11/2025 09:00')
      await session.chord(Key.enter)
      await session.reads('Submitted 20/11/2025 09:00')
    }, /^Record an update: Summary report$/)
    await keepPicture(session, 'focus-filed')

    mkdirSync(join(folder, 'report.pdf', 'in-the-way'), { recursive: true })
    await after('an export that failed', async () => {
      await session.press('Sign and export')
      await session.find('.sheet > footer button')
      await pressed(session, '.sheet > footer button', 'draft')
      await session.find('.told .banner')
    }, /draft/)
    await keepPicture(session, 'focus-failed')
    await after('back in the report', () => session.chord(Key.escape).then(() => session.find('.form .column')))
    await after('in the library', () => session.chord(Key.alt, Key.home).then(() => session.find('.list tbody tr')))
    await after('a report removed', () => session.chord(Key.delete))
    await after('in the settings', () => session.chord(Key.control, ',').then(() => session.find('.settings')))
    await after('back again', () => session.chord(Key.escape))
    assert.deepEqual(wrong, [])
  }))

test('whoever comes back from the sheet or the settings is where they were, to the letter', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    const at = () => session.run('return document.querySelector("main.form").scrollTop')
    const visits = [
      ['Root Cause, if known', () => session.chord(Key.control, Key.shift, 's'), '.sheet [type=password], .sheet button'],
      ['Root Cause, if known', () => session.chord(Key.control, ','), '.settings'],
      ['DCC Problem Reference Number', () => session.chord(Key.control, ','), '.settings'],
    ]
    for (const [label, leave, there] of visits) {
      await session.enter(label)
      await session.chord(Key.home)
      await session.type('Qx')
      const before = await at()
      await leave()
      await session.find(there)
      await session.chord(Key.escape)
      await session.find('.form .column')
      await session.until(`the keyboard in ${label}`, async () => (await focused(session)).startsWith(label))
      assert.equal(await at(), before)
      await session.type('y')
      await session.until('the letter where it belongs', () => session.run('return (document.activeElement.value ?? document.activeElement.innerText).includes("Qxy")'))
    }
  }))

test('what went wrong is put aside, and the keyboard is back where it was', () =>
  inWindow({ env: (folder) => ({ RAPPORTEUR_TEST_PATH_SAVE: folder }) }, async (session) => {
    await openSample(session)
    await settled(session)
    await session.run('document.querySelector(".panel [role=tab][id$=clocks]").click()')
    await pressed(session, '.panel button', 'Calendar file')
    await pressed(session, '.troubles button')
    await session.until('the keyboard on what failed', async () => (await focused(session)).startsWith('Calendar file'))
  }))

test('a key that leads nowhere says so in place, and words meant for it never land in the report', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await settled(session)
    const refused = async (what, keys, from = 'Root Cause, if known') => {
      await session.enter(from)
      await session.chord(...keys)
      await session.until(`${what}: said, with the keyboard on it`, () => session.run('return document.activeElement.matches(".refused")'))
      await session.type('meant for elsewhere')
      assert.ok(!(await session.run('return [...document.querySelectorAll("input, textarea")].some((e) => e.value.includes("meant for")) || document.querySelector(".form").innerText.includes("meant for")')), what)
      await session.chord(Key.escape)
      await session.until(`${what}: back in the text`, async () => (await focused(session)).startsWith(from))
    }
    await refused('mend where nothing is found', [Key.control, '.'])
    await refused('explain where nothing is found', [Key.control, ';'])
    await refused('walk where nothing is found', [F8])
    await refused('the tray of a report without one', [Key.alt, '4'])
    await refused('a link where no text runs', [Key.control, Key.shift, 'l'], 'DCC Incident Reference Number')
    await keepPicture(session, 'refused-nothing')

    await session.enter('DCC Incident Reference Number')
    await session.chord(Key.control, 'a')
    await session.chord(Key.delete)
    await session.reads('must be answered')
    await session.chord(F8)
    await session.until('a finding', () => session.run('return document.querySelector(".finding.current") !== null'))
    await refused('explain what blocks', [Key.control, ';'], 'DCC Incident Reference Number')
    await refused('mend what has no repair', [Key.control, '.'], 'DCC Incident Reference Number')
    await session.enter('DCC Incident Reference Number')
    await session.chord(Key.control, '.')
    await session.reads('There is no automatic fix for this finding.')
    await keepPicture(session, 'refused-repair')
  }))

test('a form without due times says so when their key is pressed', () =>
  inWindow({}, async (session) => {
    await beginForm(session, /^Public/)
    await session.find('.form .column')
    await session.chord(Key.alt, '5')
    await session.reads('This form has no due times.')
    assert.ok(await session.run('return document.activeElement.matches(".refused")'))
  }))

/** Waits until the window has answered what was pressed: the core told, the page drawn, nothing pending. */
function settled(session) {
  return session.until('the window at rest', () => session.runAsync(`
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await frames()
    const before = document.body.innerHTML.length
    await new Promise((done) => setTimeout(done, 120))
    await frames()
    return document.querySelector('[data-save=pending]') === null && document.body.innerHTML.length === before`))
}

async function enter(session, css) {
  await session.run('const one = document.querySelector(arguments[0]); one.scrollIntoView({ block: "center" }); one.focus()', css)
}

/** Enter on the first such button, as a person who came to it by Tab. */
async function pressed(session, css, words = '') {
  await session.until(`${css} ${words}`, () => session.run(`
    const one = [...document.querySelectorAll(arguments[0])].find((e) => e.checkVisibility() && (e.getAttribute('aria-label') ?? e.innerText).includes(arguments[1]))
    one?.scrollIntoView({ block: 'center' })
    one?.focus()
    return one !== undefined`, css, words))
  await session.chord(Key.enter)
}
