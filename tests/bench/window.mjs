// How long the real window takes to be there, beside the smallest window the same web view can open.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inNewFolder, inWindow } from '../e2e/app.mjs'
import { openSample } from '../e2e/screens.mjs'
import { openSession } from '../e2e/wd.mjs'

const RELEASED = fileURLToPath(new URL('../../target/release/rapporteur-desktop', import.meta.url))
const MINI_BROWSER = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser']

/**
 * Times in milliseconds, the two in turn, after one of each that does not count. The clock starts when the driver is asked for the
 * window and stops when the page has been painted and answers; so both times hold what the driver itself takes. `alone`: without the
 * driver, from the start of our process to the painted list of reports, as the process itself says.
 */
export async function windows(rounds) {
  const browser = miniBrowser()
  if (!process.env.DISPLAY) return underXvfb(import.meta.url, 'windows', [rounds])
  const built = released()
  const [ours, theirs, alone] = [[], [], []]
  await inNewFolder(async (folder) => {
    await inWindow({ folder }, oneReport)
    for (let round = 0; round <= rounds; round++) {
      const [mine, peer] = [await ourStart(folder), await theirStart(browser)]
      if (round === 0) continue // everything is cold once
      ours.push(mine.took)
      alone.push(mine.alone)
      theirs.push(peer)
    }
  })
  return { ours, theirs, alone, built }
}

/** There is a list to show. */
async function oneReport(session) {
  await openSample(session)
  await session.press('Library')
  await session.reads('1 report')
}

async function ourStart(folder) {
  const began = performance.now()
  const log = join(folder, 'window.log')
  const said = () => /painted after (\d+) ms/.exec(readFileSync(log, 'utf8'))?.[1]
  let took
  let alone
  await inWindow({ folder, env: () => ({ RAPPORTEUR_TIMING: '1' }) }, async (session) => {
    await session.reads('1 report')
    await painted(session)
    took = performance.now() - began
    alone = Number(await session.until('what the window says of its start', said))
  })
  return { took, alone }
}

async function theirStart(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-bench-'))
  const began = performance.now()
  const env = { ...process.env, GDK_BACKEND: 'x11', HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), XDG_DATA_HOME: join(folder, 'data') }
  delete env.WAYLAND_DISPLAY
  const session = await openSession({ binary: browser, args: ['--automation'], env, log: join(folder, 'log') })
  try {
    await session.call('POST', '/url', { url: 'data:text/html,<h1>one line</h1>' })
    await session.find('h1')
    await painted(session)
    return performance.now() - began
  } finally {
    await session.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

/** Two frames have passed: what is there has been seen. */
function painted(session) {
  return session.runAsync('await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))')
}

export function miniBrowser() {
  const browser = MINI_BROWSER.find(existsSync)
  if (!browser) throw new Error('the peer is missing: MiniBrowser comes with libwebkit2gtk-4.1-0 on Debian and Ubuntu')
  return browser
}

/** Takes the release build where there is one, and says which build is measured. */
export function released() {
  if (existsSync(RELEASED)) process.env.RAPPORTEUR_BIN ??= RELEASED
  if (process.env.RAPPORTEUR_BIN === RELEASED) return 'release build'
  return 'debug build; cargo build --release -p rapporteur-desktop --features custom-protocol for the other'
}

/** Calls an exported measurement again on a screen that nobody sees. */
export function underXvfb(from, name, given) {
  const script = `import { ${name} } from ${JSON.stringify(from)}; console.log(JSON.stringify(await ${name}(...${JSON.stringify(given)})))`
  const ran = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1400x1000x24 -noreset', process.execPath, '--input-type=module', '-e', script], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  if (ran.status !== 0) throw new Error(`no window could be opened: ${ran.stderr}`)
  return JSON.parse(ran.stdout.trim().split('\n').at(-1))
}
