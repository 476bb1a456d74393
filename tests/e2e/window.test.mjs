// The window opens: painted, in our fonts, in both themes, with nothing to reach outside and nothing axe refuses.
import assert from 'node:assert/strict'
import test from 'node:test'
import { inWindow, SIZES } from './app.mjs'
import { assertAccessible } from './axe.mjs'
import { keepPicture } from './picture.mjs'

for (const theme of ['light', 'dark']) {
  test(`the window opens in the system's ${theme} theme, and axe finds nothing serious`, () =>
    inWindow({ theme }, async (session) => {
      assert.equal(await session.run("return matchMedia('(prefers-color-scheme: dark)').matches"), theme === 'dark')
      await assertAccessible(session, `the first screen, ${theme}`)
      for (const { width, height } of SIZES) {
        await session.resize(width, height)
        await session.until(`a window ${width} wide`, () => session.run('return innerWidth === arguments[0]', width))
        await keepPicture(session, `first-screen-${theme}`)
      }
    }))
}

test('words are set in the fonts that come with the application', () =>
  inWindow({}, async (session) => {
    const loaded = await session.runAsync(`
      await document.fonts.ready
      return [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('"', ''))`)
    assert.ok(loaded.includes('Rapporteur Sans'), `loaded: ${loaded.join(', ') || 'none'}`)
  }))

test('the window can neither run text as code nor reach the network', () =>
  inWindow({}, async (session) => {
    // As code of the page itself: what the driver injects is not under the policy.
    const refused = await session.runAsync(`
      const heard = []
      document.addEventListener('securitypolicyviolation', (e) => heard.push(e.effectiveDirective))
      await fetch('https://example.org/').then(() => heard.push('fetched'), () => undefined)
      const image = new Image()
      image.src = 'https://example.org/x.png'
      const script = document.createElement('script')
      script.textContent = 'window.escaped = true'
      document.body.append(script)
      // The policy's refusals are told in the order in which they were made; the script's is the last.
      for (const end = performance.now() + 60_000; !heard.includes('script-src-elem') && performance.now() < end; ) await new Promise((later) => setTimeout(later, 20))
      return { heard: [...new Set(heard)].sort(), escaped: window.escaped === true }`)
    assert.deepEqual(refused, { heard: ['connect-src', 'img-src', 'script-src-elem'], escaped: false })
  }))
