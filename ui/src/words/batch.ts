// What the table of many verified files says: each file in a line, its reason in a few sentences, all of them in one heading.
import type { BottomLine } from '../host/types/BottomLine'
import type { Judged } from '../host/types/Judged'
import type { SignatureFacts } from '../host/types/SignatureFacts'
import type { Verification } from '../host/types/Verification'
import { counted, listed } from './counts'
import { troubleOf } from './faults'
import { headingWords, isByStranger, knownWords, leadOf, signerName, verdictOf } from './verify'
import { fullMoment, shortMoment } from './when'

/** How a file stands, the worst first. */
export const KINDS = ['unsound', 'unread', 'look', 'unsigned', 'unknown', 'sound'] as const
export type Kind = (typeof KINDS)[number]

export const batch = {
  list: 'Verified files',
  several: (count: number) => counted(count, 'file'),
  count: (count: number) => `${counted(count, 'file')}, read only`,
  begun: 'Looking for files…',
  progress: (done: number, all: number) => `${done} of ${all}`,
  stop: 'Stop',
  stopped: (done: number, all: number) => `Stopped after ${done} of ${all}.`,
  startAgain: 'Start again',
  nothing: 'No PDF in this folder.',
  cannot: 'This folder cannot be read',
  anotherFolder: 'Another folder…',
  save: 'Save as a table…',
  saved: (name: string) => `Saved as ${name}.`,
  tableName: (name: string) => `${name} verified.csv`,
  search: 'Search these files',
  searchHint: 'Search file, signer, reason',
  none: (asked: string) => `No file matches “${asked}”.`,
  clear: 'Clear search',
  show: 'Show',
  all: 'All',
  kinds: { unsound: 'Not sound', unread: 'Not readable', look: 'To look at', unsigned: 'Not signed', unknown: 'Signer unknown', sound: 'Sound' } satisfies Record<Kind, string>,
  columns: { file: 'File', verdict: 'Bottom line', signer: 'Signer', trust: 'Known by', time: 'Signed, by whose clock', level: 'Level', headings: 'Headings', since: 'Since then' },
  sortBy: (column: string) => `Sort the files by “${column}”`,
  open: 'Open this file',
  openLong: (name: string) => `Open this file: ${name}`,
  copy: 'Copy the reason',
  copied: 'Copied.',
  more: (count: number) => `Show more of the ${count} others`,
  nobody: 'none',
  nil: '–',
  keys: [['Arrow', 'next file'], ['Enter', 'opens its reason'], ['O', 'opens the file'], ['C', 'copies the reason'], ['/', 'searches']] as const,
  safe: 'No file was changed, nothing was sent',
}

const KIND_OF: Record<BottomLine, Kind> = {
  sound: 'sound', not_trusted: 'look', headings_missing: 'look', not_checked: 'look', not_signed: 'unsigned',
  changed: 'unsound', not_valid: 'unsound', ambiguous: 'unsound', attachments_differ: 'unsound',
}

const SHORT: Record<BottomLine, string> = {
  sound: 'Sound', not_signed: 'Not signed', changed: 'Changed after signing', not_valid: 'Signature not valid', not_checked: 'Cannot be checked here',
  ambiguous: 'Shows differently', not_trusted: 'Unchanged; signer unknown', headings_missing: 'A heading is missing', attachments_differ: 'An attached file differs',
}

export function kindOf({ found }: Judged): Kind {
  if (!found) return 'unread'
  return isByStranger(found) ? 'unknown' : KIND_OF[found.bottom_line]
}

/** "Changed after signing": the verdict in the width of a column. */
export function shortLine({ found }: Judged): string {
  if (!found) return 'Cannot be read'
  return isByStranger(found) ? SHORT.not_trusted : SHORT[found.bottom_line]
}

/** "INC000000731204 summary v1": without the ending that all of them have. */
export function fileName({ name }: Judged): string {
  return name.replace(/\.pdf$/i, '')
}

/** Those who signed; an authority that stamped the whole file is no signer. */
export function signers(found: Verification | null): SignatureFacts[] {
  return found?.signatures.filter(({ level }) => level !== 'timestamp') ?? []
}

/** One signer with the organisation, several by name. */
export function signerWords({ found }: Judged): string {
  const [first, ...others] = signers(found)
  if (!first) return ''
  return others.length === 0 ? signerName(first) : [first, ...others].map(({ signer }) => signer || 'someone without a name').join(', ')
}

/** By whom those who signed are known, the least known first. */
export function trustWords({ found }: Judged): string {
  const all = signers(found)
  if (all.length === 0) return ''
  if (all.some((one) => one.confirmed_at === null && one.trusted === 'not_trusted')) return 'nobody'
  if (all.some((one) => one.confirmed_at === null && one.trusted === 'not_asked')) return 'not looked up'
  return all.some((one) => one.confirmed_at !== null) ? 'you' : 'an authority'
}

export interface SignedAt {
  at: string
  short: string
  /** Whose clock it was. */
  clock: string
}

/** When it was signed last, and by whose clock. */
export function signedAt({ found }: Judged): SignedAt | null {
  const last = signers(found).at(-1)
  if (!last?.time) return null
  return { at: last.time, short: shortMoment(last.time), clock: isStamped(last) ? 'stamped' : 'own clock' }
}

function isStamped({ level }: SignatureFacts): boolean {
  return /^B-(T|LT|LTA)$/.test(level)
}

const LEVELS = ['CMS', 'B-B', 'B-T', 'B-LT', 'B-LTA']

/** The level that all of those who signed have reached. */
export function levelWords({ found }: Judged): string {
  const all = signers(found).map(({ level }) => LEVELS.indexOf(level))
  return all.length > 0 ? (LEVELS[Math.min(...all)] ?? '') : ''
}

export function headingsShort({ found }: Judged): string {
  return found?.headings ? `${found.headings.present} of ${found.headings.required}` : ''
}

/** What became of the file since it was first signed, in a word or two. */
export function sinceWords({ found }: Judged): string {
  const first = signers(found)[0]
  if (!first) return ''
  if (!first.intact && !first.unchecked) return 'changed'
  const since = first.changed_since
  if (since.kind === 'nothing') return 'nothing'
  if (since.kind === 'foreseen' && since.what.some((what) => /signature/.test(what))) return 'signed again'
  return listed(since.what) || 'something'
}

/** Why it stands as it does: one sentence to begin with, then what it means and what is remarkable. */
export function reasonOf(file: Judged): { title: string; rest: string[] } {
  const { found, fault, name } = file
  if (!found) {
    const { what, next } = troubleOf({ code: 'unreadable', detail: '', ...fault, facts: { ...fault?.facts, path: name.split(/[\\/]/).at(-1) ?? name } })
    return { title: what, rest: [next] }
  }
  return { title: `${verdictOf(found)}.`, rest: [...new Set([leadOf(found), ...found.signatures.flatMap(({ remarks }) => remarks)])] }
}

/** The reason as plain text, for a mail or a ticket. */
export function reasonText(file: Judged): string {
  const { title, rest } = reasonOf(file)
  return `${file.name}: ${[title, ...rest].join(' ')}`
}

/** The bottom line of all of them: what weighs most, and of how many. */
export function bottomLine(count: (kind: Kind) => number, all: number): string {
  const said: [Kind, string, string][] = [
    ['unsound', 'is not sound', 'are not sound'], ['unread', 'cannot be read', 'cannot be read'], ['look', 'needs a look', 'need a look'], ['unsigned', 'is not signed', 'are not signed'],
    ['unknown', 'is of a signer nobody has confirmed here', 'are of signers nobody has confirmed here'],
  ]
  const [kind, one, many] = said.find(([kind]) => count(kind) > 0) ?? []
  if (!kind) return all === 1 ? 'The file is sound' : all === 2 ? 'Both files are sound' : `All ${all} are sound`
  return `${count(kind)} of ${all} ${count(kind) === 1 ? one : many}`
}

const HEAD = ['File', 'Bottom line', 'Signers', 'Known by', 'Signed', 'By whose clock', 'Level', 'Headings', 'Since then', 'Reason', 'SHA-256 of the certificates', 'Path']

/** Everything that is known of the files, a line each below the names of the columns. */
export function tableOf(files: Judged[]): string[][] {
  const row = (file: Judged) => {
    const all = signers(file.found)
    const last = all.at(-1)
    const { title, rest } = reasonOf(file)
    return [
      file.name, shortLine(file), all.map(signerName).join('; '), all.map(knownWords).join('; '), last?.time ? fullMoment(last.time) : '', last?.time_source ?? '',
      levelWords(file), file.found?.headings ? headingWords(file.found.headings) : '', sinceWords(file), [title, ...rest].join(' '), all.map(({ fingerprint }) => fingerprint).join('; '), file.path,
    ]
  }
  return [HEAD, ...files.map(row)]
}
