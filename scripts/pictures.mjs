// `npm run pictures`: the pictures that the README and the first launch show, from the product as it is now.
// Needs the window's pictures of `npm run e2e`, the built command line, and poppler and ImageMagick.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, say, step, top } from './run.mjs'

const window = (name) => join(top, 'target', 'e2e', `${name}-1280x860.png`)
const SHOWN = {
  'editor-findings-light': 'editor-light.png', 'editor-preview-dark': 'preview-dark.png', verify: 'verify-light.png',
  'intake-review': 'intake-light.png', 'clocks-running': 'clock-light.png',
}

mkdirSync(join(top, 'ui', 'pictures'), { recursive: true })
for (const [taken, kept] of Object.entries(SHOWN)) {
  if (!existsSync(window(taken))) fail(`there is no ${window(taken)}: run npm run e2e first`)
  copyFileSync(window(taken), join(top, 'ui', 'pictures', kept))
}

const folder = join(top, 'target', 'pictures')
mkdirSync(folder, { recursive: true })
step('the sample', join(top, 'target', 'debug', 'rapporteur'), ['demo', folder])
step('its first page', 'pdftoppm', ['-f', '1', '-l', '1', '-r', '150', '-gray', '-png', '-singlefile', join(folder, 'report.pdf'), join(folder, 'page')])
const page = join(folder, 'page.png')
step('for the first launch', 'convert', [page, '-resize', '1240x', '-colors', '16', join(top, 'ui', 'src', 'library', 'sample-page.png')])
step('for the README', 'convert', [page, '-resize', '744x', '-colors', '16', join(top, 'ui', 'pictures', 'page-1.png')])
say('look at them before you commit them')
