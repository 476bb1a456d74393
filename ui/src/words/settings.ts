// What the settings say.
import type { Paper } from '../host/types/Paper'
import type { Theme } from '../host/types/Theme'
import { counted } from './counts'

export const settings = {
  title: 'Settings',
  you: 'You',
  youHelp: 'Used for new identities and as the author of new reports. Never sent anywhere.',
  name: 'Name',
  role: 'Role',
  organisation: 'Organisation',
  look: 'Look',
  theme: 'Colours',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  paper: 'Paper',
  papers: { a4: 'A4', letter: 'US Letter' } satisfies Record<Paper, string>,
  paperHelp: 'The size pages are set for. Both print well on the other.',
  identities: 'Identities',
  identitiesHelp: 'What you sign with. The files stay where they are; a passphrase is asked each time and kept nowhere.',
  noIdentity: 'None yet. Add a certificate file, or make an identity here when you sign.',
  add: 'Add a file…',
  madeHere: 'made on this machine',
  missing: 'its file is not there now',
  validUntil: (day: string) => `valid until ${day}`,
  expired: (day: string) => `expired on ${day}`,
  data: 'Your data',
  library: 'Library',
  reveal: 'Show in folder',
  libraryText: (size: string, reports: number) => `${size}, ${counted(reports, 'report')}`,
  dataHelp: 'One file holds every report with all its versions. Back it up like any other. Nothing leaves this machine.',
  keys: 'Keys that work anywhere',
  keysHelp: 'The keys of a screen stand beside its commands.',
  saved: 'Saved',
  saving: 'Saving…',
}
