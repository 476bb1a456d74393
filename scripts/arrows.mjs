// Which folder of ui/src may import which: the arrows of ARCHITECTURE.md, checked. Prints each import that goes up or sideways.
// Usage: node scripts/arrows.mjs [FOLDER]   exit 0: every arrow points down; 1: one does not.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const GROUND = ['host', 'words', 'state', 'actions', 'parts']

/**
 * Every folder, and the folders below it that it may use. Files directly in ui/src (the roof) may use all of them.
 * A folder that is not here may not exist: name it and say what it stands on.
 */
export const ARROWS = {
  style: [],
  host: [],
  parts: ['style'],
  words: ['host'],
  state: ['host', 'words'],
  actions: ['host', 'words', 'state'],
  prose: [...GROUND],
  timeline: [...GROUND, 'prose'],
  diagram: [...GROUND, 'prose'],
  checks: [...GROUND],
  clocks: [...GROUND, 'timeline'],
  preview: [...GROUND],
  seal: [...GROUND, 'checks', 'preview'],
  review: [...GROUND, 'checks', 'prose'],
  intake: [...GROUND, 'timeline'],
  settings: [...GROUND],
  palette: [...GROUND],
  find: [...GROUND],
  help: [...GROUND],
  editor: [...GROUND, 'prose', 'timeline', 'diagram', 'checks', 'clocks', 'preview', 'seal', 'review', 'find'],
  library: [...GROUND, 'preview', 'checks'],
}

/** Packages that stand behind one door, so that they can be exchanged there and nowhere else. */
export const DOORS = {
  '@tauri-apps': ['host'],
  'pdfjs-dist': ['preview'],
}

/** Every forbidden import below `root`, one sentence each. An empty list is the aim. */
export function wrongArrows(root) {
  return sources(root).flatMap((file) => {
    const from = folderOf(root, file)
    return importsOf(file).flatMap((to) => verdict(root, file, from, to))
  })
}

function verdict(root, file, from, to) {
  const place = relative(root, file)
  if (from !== ROOF && !(from in ARROWS)) return [`${place}: the folder ${from} has no line in scripts/arrows.mjs`]
  if (!to.startsWith('.')) {
    const door = Object.keys(DOORS).find((name) => to === name || to.startsWith(`${name}/`))
    if (!door || DOORS[door].includes(from)) return []
    return [`${place}: ${to} may be imported only in ${DOORS[door].join(', ')}`]
  }
  const target = resolve(dirname(file), to)
  if (relative(root, target).startsWith('..')) return [`${place}: ${to} leaves the window's sources`]
  const into = folderOf(root, target)
  if (from === ROOF || into === from || ARROWS[from].includes(into)) return []
  return [`${place}: ${from} may not import ${into === ROOF ? to : into}`]
}

const ROOF = '.'

function folderOf(root, file) {
  const parts = relative(root, file).split(sep)
  return parts.length > 1 || parts[0] in ARROWS ? parts[0] : ROOF // '../host' means its index.ts
}

/** Tests are left out: a test may reach for the fake host and for what it puts together. */
function sources(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.svelte'].includes(extname(entry.name)))
    .filter((entry) => !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Static, dynamic and type-only imports and re-exports, as TypeScript itself finds them. */
function importsOf(file) {
  const text = readFileSync(file, 'utf8')
  const scripts = file.endsWith('.svelte') ? [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((m) => m[1]) : [text]
  return scripts.flatMap((script) => ts.preProcessFile(script, true, true).importedFiles.map((found) => found.fileName))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../ui/src', import.meta.url)))
  const wrong = wrongArrows(root)
  for (const sentence of wrong) console.error(sentence)
  console.log(`arrows: ${sources(root).length} files, ${wrong.length} imports in the wrong direction`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
