// What surrounds every screen: the bar, the banner, and the acts that are there wherever one is.
export const frame = {
  commands: 'Commands',
  settings: 'Settings',
  troubles: 'What went wrong',
  dismiss: 'Dismiss',
  back: { library: 'Library', editor: 'Editor', templates: 'New report', sign: 'Sign and export', verify: 'Verification', settings: 'Settings', intake: 'Open or paste', due: 'Due times', bin: 'Bin', batch: 'Verified files', further: 'Signature', records: 'Exported and filed' },
  opening: 'Opening…',
}

/** The groups that the list of keys is divided by. */
export const groups = { window: 'Anywhere', library: 'In the library', report: 'In a report', sign: 'When signing', verify: 'When verifying', batch: 'Among verified files', bin: 'In the bin' }

/** Labels of acts, in the imperative. */
export const acts = {
  palette: 'Show all commands',
  library: 'Go to the library',
  verify: 'Verify a PDF',
  verifyFolder: 'Verify every PDF in a folder',
  help: 'Help',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show at 100 %',
  templates: 'Begin a report',
  openFile: 'Open a file',
  paste: 'Open or paste a text',
  undo: 'Undo',
  redo: 'Redo',
  due: 'Show every due time',
  records: 'Show what was exported and filed',
  sample: 'Look around in a finished report',
  settings: 'Open settings',
  light: 'Use light colours',
  dark: 'Use dark colours',
  system: 'Use the system’s colours',
  back: 'Go back',
  search: 'Search the library',
  bin: 'Open the bin',
  trustedTime: 'Set trusted time (a time-stamp authority)',
  addIdentity: 'Add an identity to sign with',
  trustedSigners: 'Show the signers you trust',
  moveLibrary: 'Move the library to another folder',
}
