// What can be done wherever one is.
import { acts, groups } from '../words/frame'
import { app } from '../state/app.svelte'
import { action } from './registry'
import type { Theme } from '../host/types/Theme'

const group = groups.window

export const showPalette = action({ id: 'window.commands', label: acts.palette, keys: 'Mod+K', group, run: () => void (app.palette = !app.palette) })

export const beginReport = action({
  id: 'window.begin', label: acts.templates, keys: 'Mod+N', group,
  available: () => app.screen.kind !== 'templates',
  run: () => app.show({ kind: 'templates' }),
})

export const openFromDisk = action({
  id: 'window.open', label: acts.openFile, keys: 'Mod+O', group,
  async run() {
    const path = await app.host.pickOpen('any')
    if (path) await openFile(path)
  },
})

export const openOrPaste = action({
  id: 'window.paste', label: acts.paste, group,
  available: () => app.screen.kind !== 'intake',
  run: () => app.show({ kind: 'intake' }),
})

export const openSample = action({
  id: 'window.sample', label: acts.sample, group,
  async run() {
    const { report } = await app.host.beginSample()
    app.show({ kind: 'editor', report: report.id })
  },
})

export const goToLibrary = action({
  id: 'window.library', label: acts.library, keys: 'Alt+Home', group,
  available: () => app.screen.kind !== 'library',
  run: () => app.show({ kind: 'library' }),
})

export const showDue = action({
  id: 'window.due', label: acts.due, keys: 'Alt+End', group,
  available: () => app.screen.kind !== 'due',
  run: () => app.show({ kind: 'due' }),
})

export const showRecords = action({
  id: 'window.records', label: acts.records, group,
  available: () => app.screen.kind !== 'records',
  run: () => app.show({ kind: 'records' }),
})

export const openSettings = action({
  id: 'window.settings', label: acts.settings, keys: 'Mod+,', group,
  available: () => app.screen.kind !== 'settings',
  run: () => app.show({ kind: 'settings' }),
})

export const openBin = action({
  id: 'window.bin', label: acts.bin, group,
  available: () => app.screen.kind !== 'bin',
  run: () => app.show({ kind: 'bin' }),
})

/** Acts whose place is in the settings. */
const inSettings = [
  action({ id: 'window.trusted-time', label: acts.trustedTime, group, run: () => app.show({ kind: 'settings', at: 'time' }) }),
  action({ id: 'window.identities', label: acts.addIdentity, group, run: () => app.show({ kind: 'settings', at: 'identities' }) }),
  action({ id: 'window.trusted-signers', label: acts.trustedSigners, group, run: () => app.show({ kind: 'settings', at: 'signers' }) }),
  action({ id: 'window.library-place', label: acts.moveLibrary, group, run: () => app.show({ kind: 'settings', at: 'data' }) }),
]

export const verifyPdf = action({
  id: 'window.verify', label: acts.verify, group,
  async run() {
    verifyAll(await app.host.pickPdfs())
  },
})

export const verifyFolder = action({
  id: 'window.verify-folder', label: acts.verifyFolder, group,
  async run() {
    const folder = await app.host.pickFolder()
    if (folder) app.show({ kind: 'batch', paths: [folder] })
  },
})

export const showHelp = action({ id: 'window.help', label: acts.help, keys: 'F1', group, run: () => void (app.help = !app.help) })

export const zoomIn = action({ id: 'window.zoom-in', label: acts.zoomIn, keys: 'Mod+=', group, available: () => app.canZoom(1), run: () => app.zoom(1) })
export const zoomOut = action({ id: 'window.zoom-out', label: acts.zoomOut, keys: 'Mod+-', group, available: () => app.canZoom(-1), run: () => app.zoom(-1) })
export const zoomReset = action({ id: 'window.zoom-reset', label: acts.zoomReset, keys: 'Mod+0', group, available: () => app.settings.zoom !== 100, run: () => app.zoomTo(100) })
/** The sign as it is on a number pad, and under Shift. */
const zoomInToo = action({ ...zoomIn, id: 'window.zoom-in-too', keys: 'Mod+Plus', unlisted: true })

/** Everything above, and the colours. */
export function windowActions() {
  return [
    beginReport, openFromDisk, openOrPaste, verifyPdf, verifyFolder, openSample, goToLibrary, showDue, showRecords, openBin, openSettings, ...inSettings,
    zoomIn, zoomInToo, zoomOut, zoomReset, showHelp,
    colours('light', acts.light), colours('dark', acts.dark), colours('system', acts.system), showPalette,
  ]
}

/** One file has a screen of its own, several have a table. */
function verifyAll(paths: string[]) {
  const [path] = paths
  if (paths.length > 1) app.show({ kind: 'batch', paths })
  else if (path) app.show({ kind: 'verify', path })
}

/** What was dropped: several PDFs and whole folders are verified together, a single file is shown for what it is. */
export async function openFiles(paths: string[]): Promise<void> {
  const [path] = paths
  if (!path) return
  if (await app.host.isFolder(path)) app.show({ kind: 'batch', paths })
  else if (paths.length > 1 && paths.every((one) => /\.pdf$/i.test(one))) app.show({ kind: 'batch', paths })
  else await openFile(path)
}

/**
 * Shows a file for what it is: a PDF is verified first, a text from elsewhere is reviewed, a report of ours is opened. What it holds
 * decides; what only calls itself a PDF is verified too, because that screen says what is wrong with it.
 */
export async function openFile(path: string): Promise<void> {
  const unread = () => false // the next screen reads it again, and says in its place why it cannot be read
  if (/\.pdf$/i.test(path) || (await app.host.isPdf(path).catch(unread))) app.show({ kind: 'verify', path })
  else app.show({ kind: 'intake', from: { from: 'file', path } })
}

function colours(theme: Theme, label: string) {
  return action({
    id: `window.${theme}`, label, group,
    available: () => app.settings.theme !== theme,
    run: () => app.keepSettings({ ...app.settings, theme }),
  })
}
