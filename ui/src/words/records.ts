// What the record of exports and filings says.
import type { Audience } from '../host/types/Audience'
import type { Record as Kept } from '../host/types/Record'
import type { Recorded } from '../host/types/Recorded'
import { counted } from './counts'
import { fullMoment, shortMoment } from './when'

export const records = {
  title: 'Exported and filed',
  of: (title: string) => `Exported and filed: ${title}`,
  list: 'What was exported and filed',
  count: (count: number) => counted(count, 'entry', 'entries'),
  loading: 'Looking it up…',
  empty: 'Nothing was exported or filed yet. Sign and export a report, and it stands here with its fingerprint.',
  none: (asked: string) => `No entry matches “${asked}”.`,
  clear: 'Clear search',
  search: 'Search these entries',
  searchHint: 'Search report, signer, file, fingerprint',
  table: 'Save as a table…',
  json: 'Save as JSON…',
  tableName: 'exported and filed.csv',
  jsonName: 'exported and filed.json',
  saved: (name: string) => `Saved as ${name}.`,
  columns: { at: 'When', what: 'What', report: 'Report', version: 'Version', signer: 'Signer', audience: 'Written for', file: 'File', sha256: 'SHA-256' },
  keys: 'Enter opens the report, C copies the fingerprint',
  copy: 'Copy the fingerprint',
  copied: 'The fingerprint was copied.',
  open: 'Open the report',
  safe: 'An entry says what was made at that time, not where the file is now',
}

const WHAT: Record<Recorded, string> = { exported: 'Exported, not signed', signed: 'Signed', filed: 'Filed' }
const AUDIENCES: Record<Audience, string> = { public: 'the public', customers: 'customers', regulator: 'an authority', internal: 'own people' }

export function whatWords({ what, due }: Kept): string {
  return due ? `${WHAT[what]}: ${due}` : WHAT[what]
}

export function audienceWords({ audience }: Kept): string {
  return AUDIENCES[audience]
}

/** "13 Oct 17:12", or as it was typed where only a day was. */
export function whenWords({ at, moment }: Kept): string {
  return at ? shortMoment(at) : moment
}

export function fileName({ file }: Kept): string {
  return file.split(/[\\/]/).at(-1) ?? file
}

/** "b2075de9…709a": enough to tell two files apart at a glance. */
export function digestShort({ sha256 }: Kept): string {
  return sha256 ? `${sha256.slice(0, 8)}…${sha256.slice(-4)}` : ''
}

/** All that is known, a line each below the names of the columns. */
export function tableOf(all: Kept[]): string[][] {
  const head = ['When', 'What', 'Report', 'Reference', 'Version', 'Form', 'Written for', 'Signer', 'File', 'Bytes', 'SHA-256']
  const row = (one: Kept) => [
    one.at ? fullMoment(one.at) : one.moment, whatWords(one), one.title, one.reference, one.version, one.form, audienceWords(one), one.signer, one.file,
    one.bytes === null ? '' : String(one.bytes), one.sha256,
  ]
  return [head, ...all.map(row)]
}
