// An answer that cannot be read is none: it is said beside its field with how to write it, is not counted, and stops a filing.
import assert from 'node:assert/strict'
import test from 'node:test'
import { inWindow } from './app.mjs'
import { everySize, openSample } from './screens.mjs'
import { Key } from './wd.mjs'

test('what cannot be read in a field is said beside it, is not counted, and stops a filing', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    await session.fill('Date of Incident', '32/13/2026')
    await session.type(Key.tab)
    await session.reads('which is no day that can be read. Write it as 14/10/2026 or 14 October 2026.')
    await session.reads('13 of 14')
    await session.fill('Date/ Time Incident reported', 'yesterday')
    await session.type(Key.tab)
    await session.reads('Write it as 14/10/2026 21:52.')
    // The length that is reckoned from it is open as well.
    await session.reads('11 of 14')
    await everySize(session, 'answers-unread')
    await session.press('Sign and export')
    await session.reads('block filing')
  }))

test('what is written otherwise is read, and shown as it was read', () =>
  inWindow({}, async (session) => {
    await openSample(session)
    for (const [label, typed, read] of [
      ['Date of Incident', '14/10/25', 'Tuesday 14\u00a0October 2025'],
      ['Date/ Time Incident reported', '21:52 14/10/2025', 'Tuesday 14\u00a0October 2025, 21:52\u00a0BST'],
      ['Date &time incident resolved', '15/10/25 2.41am', 'Wednesday 15\u00a0October 2025, 02:41\u00a0BST'],
    ]) {
      await session.fill(label, typed)
      await session.reads(read)
      assert.equal(await session.run('return arguments[0].value', await session.held(label)), typed, 'what was typed stays as it was typed')
    }
    await session.type(Key.tab)
    await session.reads('14 of 14')
    await everySize(session, 'answers-read-otherwise')
  }))
