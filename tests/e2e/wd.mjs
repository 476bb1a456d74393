// A W3C WebDriver client for one window, spoken directly to WebKitWebDriver: no package, no daemon of our own.
// Always true: close() ends driver, application and web processes, and no pipe of theirs keeps Node alive.
// Deliberately absent: anything about Rapporteur. See app.mjs.
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** The key under which the protocol returns an element (W3C WebDriver, section 12). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** How long something is waited for, in milliseconds. It says nothing of how fast the window is: a machine that builds something else at the
 *  same time may take that long. */
const PATIENCE = 60_000

/** Keys without a character (W3C WebDriver, section 17.4.2). */
export const Key = {
  backspace: '\uE003', tab: '\uE004', enter: '\uE007', shift: '\uE008', control: '\uE009', alt: '\uE00A', escape: '\uE00C',
  pageUp: '\uE00E', pageDown: '\uE00F', end: '\uE010', home: '\uE011', left: '\uE012', up: '\uE013', right: '\uE014', down: '\uE015',
  delete: '\uE017',
}

/** Starts the driver, and through it `binary` with `env`. What both print goes into the file `log`. */
export async function openSession({ binary, args = [], env, log }) {
  const port = await freePort()
  const driver = startDriver(port, env, log)
  try {
    const call = caller(`http://127.0.0.1:${port}`)
    await answers(call, driver)
    const sessionId = await begin(call, binary, args)
    return new Session(driver, (method, path, body) => call(method, `/session/${sessionId}${path}`, body))
  } catch (cause) {
    await end(driver)
    throw cause
  }
}

class Session {
  constructor(driver, call) {
    this.driver = driver
    this.call = call
  }

  /** Runs the body of a function in the page and returns its value. */
  run(script, ...args) {
    return this.call('POST', '/execute/sync', { script, args })
  }

  /** The same for a body that awaits; what it throws comes back as an error here. */
  async runAsync(script, ...args) {
    const wrapped = `const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1);
      (async function () { ${script} }).apply(null, given).then((value) => done({ value }), (e) => done({ thrown: String(e) }))`
    const { value, thrown } = await this.call('POST', '/execute/async', { script: wrapped, args })
    if (thrown) throw new Error(thrown)
    return value
  }

  /** The first element that the selector finds, waiting for it. */
  find(css, patience) {
    return this.until(`an element ${css}`, async () => {
      try {
        return (await this.call('POST', '/element', { using: 'css selector', value: css }))[ELEMENT]
      } catch (refusal) {
        if (refusal.code === 'no such element') return undefined
        throw refusal
      }
    }, patience)
  }

  /** The visible button, link, tab or menu entry whose accessible name is `name`, waiting for it. */
  named(name, patience) {
    return this.until(`something to press called "${name}"`, async () => (await this.run(NAMED, name))?.[ELEMENT], patience)
  }

  /** The field whose label is `label`, waiting for it. */
  labelled(label, patience) {
    return this.until(`a field labelled "${label}"`, async () => (await this.run(LABELLED, label))?.[ELEMENT], patience)
  }

  /** Clicks what is called `name`, once the window has said what it had to say to the last keys and the button stands still. */
  async press(name) {
    const found = await this.named(name)
    await this.runAsync(STILL, { [ELEMENT]: found })
    await this.call('POST', `/element/${await this.named(name)}/click`, {})
  }

  async click(css) {
    await this.call('POST', `/element/${await this.find(css)}/click`, {})
  }

  /** Replaces what stands in a field, as typing over the selection would. */
  async fill(label, text) {
    const field = await this.labelled(label)
    await this.call('POST', `/element/${field}/clear`, {})
    await this.call('POST', `/element/${field}/value`, { text })
  }

  /** Puts the keyboard into the field labelled `label`. */
  async enter(label) {
    await this.until(`the keyboard in “${label}”`, async () => (await this.run('arguments[0].scrollIntoView({ block: "center" }); arguments[0].focus()', await this.held(label)), true))
  }

  /** The field labelled `label`, to be handed to `run`. */
  async held(label) {
    return { [ELEMENT]: await this.labelled(label) }
  }

  /** Types at the caret, wherever that is. */
  type(text) {
    return this.keys([...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]))
  }

  /** Holds all keys but the last, presses that, lets go: `chord(Key.control, 'k')`. */
  chord(...values) {
    const down = values.map((value) => ({ type: 'keyDown', value }))
    const up = values.toReversed().map((value) => ({ type: 'keyUp', value }))
    return this.keys([...down, ...up])
  }

  keys(actions) {
    return this.call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  async text(css) {
    return this.call('GET', `/element/${await this.find(css)}/text`)
  }

  /** All that can be read in the window. */
  allText() {
    return this.run('return document.body.innerText')
  }

  /** Waits until the window shows the text. */
  reads(text, patience) {
    return this.until(`the words "${text}"`, async () => (await this.allText()).includes(text), patience)
  }

  resize(width, height) {
    return this.call('POST', '/window/rect', { width, height })
  }

  /** The visible page as PNG bytes, just as the driver gives it: see picture.mjs for one that can be believed. */
  async png() {
    return Buffer.from(await this.call('GET', '/screenshot'), 'base64')
  }

  /** Asks again until the answer is true-ish, and returns it; after `patience` milliseconds fails, saying what was awaited. */
  async until(what, ask, patience = PATIENCE) {
    const end = Date.now() + patience
    for (;;) {
      try {
        const answer = await ask()
        if (answer) return answer
      } catch (refusal) {
        // What was found was drawn anew before it was looked at.
        if (refusal.code !== 'stale element reference') throw refusal
      }
      if (Date.now() > end) throw new Error(`waited ${patience} ms in vain for ${what}`)
      await sleep(50)
    }
  }

  /** Ends the application at once, as a power cut would. */
  kill() {
    process.kill(-this.driver.pid, 'SIGKILL')
  }

  async close() {
    await this.call('DELETE', '').catch(() => undefined) // an application that has died cannot say goodbye
    await end(this.driver)
  }
}

const NAMED = `
  const name = arguments[0]
  const said = (e) => (e.getAttribute('aria-label') ?? e.innerText).replace(/\\s+/g, ' ').trim()
  const all = document.querySelectorAll('button, a[href], summary, [role=button], [role=tab], [role=menuitem], [role=option]')
  return [...all].find((e) => e.checkVisibility() && said(e) === name) ?? null`

/** A person clicks where a button is; the driver, where it was. What is typed may add lines above it a moment later. */
const STILL = `
  const [button] = arguments
  const place = () => { const { x, y } = button.getBoundingClientRect(); return x + ',' + y }
  const frame = () => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)))
  const busy = () => document.querySelector('[data-save]')?.dataset.save === 'pending'
  for (let tries = 0, calm = 0, last = ''; tries < 60 && calm < 3; tries++) {
    await frame()
    const now = place()
    calm = now === last && !busy() ? calm + 1 : 0
    last = now
    if (calm === 0) await new Promise((later) => setTimeout(later, 30))
  }`

const LABELLED = `
  const label = arguments[0]
  const said = (e) => e.innerText.replace(/\\s+/g, ' ').trim()
  const byLabel = [...document.querySelectorAll('label')].find((e) => said(e) === label)?.control
  const byName = () => [...document.querySelectorAll('input, textarea, select, [contenteditable=true]')]
    .find((e) => (e.getAttribute('aria-label') ?? '') === label
      || (e.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => id && said(document.getElementById(id) ?? e) === label))
  return byLabel ?? byName() ?? null`

function startDriver(port, env, log) {
  const out = openSync(log, 'w') // a file: an orphan that holds a pipe would keep Node alive for ever
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    detached: true, // a process group of its own, so that end() reaches the application and its children
    stdio: ['ignore', out, out],
    env: { ...env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' },
  })
  driver.on('error', () => undefined) // answers() reports it with a sentence
  closeSync(out)
  return driver
}

async function begin(call, binary, args) {
  try {
    // No browserName: the driver would compare it with the application's and refuse.
    const { sessionId } = await call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } } })
    return sessionId
  } catch (cause) {
    throw new Error(`${binary} opened no window that can be driven: ${cause.message}`, { cause })
  }
}

async function answers(call, driver) {
  for (let tries = 0; ; tries++) {
    if (driver.pid === undefined) throw new Error('WebKitWebDriver is not installed (Debian: webkit2gtk-driver)')
    try {
      return await call('GET', '/status')
    } catch (cause) {
      if (tries > PATIENCE / 50 || driver.exitCode !== null) throw new Error('WebKitWebDriver does not answer', { cause })
      await sleep(50)
    }
  }
}

/** The whole group: ending the session does not always end the application. */
async function end(driver) {
  if (driver.pid === undefined) return
  const gone = driver.exitCode === null && driver.signalCode === null ? once(driver, 'exit') : undefined
  try {
    process.kill(-driver.pid, 'SIGKILL')
  } catch (refusal) {
    if (refusal.code !== 'ESRCH') throw refusal
  }
  await gone
}

function caller(base) {
  return async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(3 * PATIENCE),
    })
    const { value } = await answer.json()
    if (answer.ok) return value
    throw Object.assign(new Error(`${method} ${path}: ${value?.error}: ${value?.message}`), { code: value?.error })
  }
}

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => found(port))
    })
  })
}
