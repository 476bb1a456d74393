// `npm run pictures`: the pictures that the README and the first launch show, from the product as it is now.
// Needs the window's pictures of `npm run e2e`, the built command line, and poppler.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sixteenGreys } from './gray.mjs'
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
firstPage('for the first launch', 1240, join(top, 'ui', 'src', 'library', 'sample-page.png'))
firstPage('for the README', 744, join(top, 'ui', 'pictures', 'page-1.png'))
say('look at them before you commit them')

/** The sample's first page, that many pixels wide. */
function firstPage(what, width, kept) {
  const page = join(folder, 'page')
  const scaled = ['-scale-to-x', String(width), '-scale-to-y', '-1']
  step(`its first page ${what}`, 'pdftoppm', ['-f', '1', '-l', '1', '-r', '150', ...scaled, '-gray', '-singlefile', join(folder, 'report.pdf'), page])
  writeFileSync(kept, sixteenGreys(readFileSync(`${page}.pgm`)))
}
