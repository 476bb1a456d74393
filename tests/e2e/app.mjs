// Rapporteur in its real window, on a library of its own that is thrown away afterwards.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSession } from './wd.mjs'

const BUILT = fileURLToPath(new URL('../../target/debug/rapporteur-desktop', import.meta.url))

/** The sizes every screen is looked at: the one it opens in, and the smallest it allows. */
export const SIZES = [
  { width: 1280, height: 860 },
  { width: 960, height: 640 },
]

/**
 * Opens the window, hands it to `story`, closes it whatever happens; what the application printed is shown when the story fails.
 * - `theme`: what the system asks for, light or dark.
 * - `env`: called with the story's folder, gives more variables: RAPPORTEUR_TEST_PATH_SAVE and RAPPORTEUR_TEST_PATH_OPEN answer the
 *   native file dialogs.
 * - `folder`: holds library and settings; a new one, thrown away afterwards, unless the test gives its own to open twice.
 */
export async function inWindow({ theme = 'light', env = () => ({}), folder }, story) {
  if (!folder) return inNewFolder((made) => inWindow({ theme, env, folder: made }, story))
  const log = join(folder, 'window.log')
  let session
  try {
    session = await openSession({ binary: binary(), env: { ...surroundings(folder, theme), ...env(folder) }, log })
    await session.call('POST', '/timeouts', { script: 60_000 })
    await session.find('h1')
    await story(session, folder)
  } catch (cause) {
    if (existsSync(log)) console.error(readFileSync(log, 'utf8'))
    throw cause
  } finally {
    await session?.close()
  }
}

/** A folder for one or several windows after each other, thrown away afterwards. */
export async function inNewFolder(story) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-e2e-'))
  try {
    await story(folder)
  } finally {
    // Web processes still write their shader caches while they die.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

function binary() {
  const path = process.env.RAPPORTEUR_BIN ?? BUILT
  if (!existsSync(path)) throw new Error(`there is no ${path}: build it with cargo build -p rapporteur-desktop --features custom-protocol`)
  return path
}

/** Nothing of the person who runs the tests: not their library, window positions, session bus or Wayland. */
function surroundings(folder, theme) {
  const inherited = { ...process.env }
  delete inherited.WAYLAND_DISPLAY
  return {
    ...inherited,
    GDK_BACKEND: 'x11',
    GTK_THEME: theme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    RAPPORTEUR_DATA_DIR: join(folder, 'library'),
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_STATE_HOME: join(folder, 'state'),
  }
}
