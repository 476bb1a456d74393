// What the verification screen says: the verdict in plain words, then each fact.
import type { BottomLine } from '../host/types/BottomLine'
import type { HeadingFacts } from '../host/types/HeadingFacts'
import type { KnownFile } from '../host/types/KnownFile'
import type { KnownVersion } from '../host/types/KnownVersion'
import type { SignatureFacts } from '../host/types/SignatureFacts'
import type { Verification } from '../host/types/Verification'
import { counted, listed, spelled } from './counts'
import { dayWords, fullMoment } from './when'

export const verify = {
  reading: 'Reading the file…',
  readOnly: 'Opened read-only',
  page: 'The pages of this file',
  again: 'Try another file…',
  next: 'Open as next version',
  copy: 'Copy verdict',
  copied: 'Copied',
  trust: 'Trust this signer',
  trustLong: (signer: string) => `Trust this signer: ${signer}`,
  compare: 'Compare these 64 characters with what the signer tells you in another way: by telephone, in person, on paper. A name alone proves nothing.',
  same: 'They are the same',
  notNow: 'Not now',
  confirmed: (signer: string) => `${signer || 'This signer'} is known here from now on.`,
  forget: 'No longer trust',
  forgetLong: (signer: string) => `No longer trust ${signer}`,
  forgotten: (signer: string) => `${signer || 'This signer'} is not known here any more.`,
  show: 'Show',
  hide: 'Hide',
  cannot: 'This file cannot be verified',
  carries: 'What is inside',
  library: 'In your library',
  facts: {
    unchanged: 'Unchanged',
    known: 'Known signer',
    signed: 'Signed',
    remarks: 'Remarks',
    headings: 'Headings',
    data: 'The report as data',
    attachments: 'Attachments',
    file: 'This file',
    versions: 'Versions',
  },
  attachmentOk: 'matches',
  attachmentDiffers: 'not the file the report recorded',
}

const VERDICTS: Record<BottomLine, string> = {
  sound: 'This file is sound',
  not_signed: 'This file is not signed',
  changed: 'This file was changed after it was signed',
  not_valid: 'A signature in this file is not valid',
  not_checked: 'Rapporteur cannot check a signature in this file',
  ambiguous: 'Readers may show this file differently',
  not_trusted: 'Unchanged, but a signer is not known to this computer',
  headings_missing: 'Signed, but a required heading is missing',
  attachments_differ: 'Signed, but an attached file differs',
}

/** A report that was never signed is what its author calls a draft. */
function isDraft(found: Verification): boolean {
  return found.bottom_line === 'not_signed' && found.report !== null
}

/** The verdict in a line. */
export function verdictOf(found: Verification): string {
  if (isDraft(found)) return 'This is a draft; it has not been signed'
  return isByStranger(found) ? 'Unchanged; signer unknown' : VERDICTS[found.bottom_line]
}

/** Whether a sound file has a signer for whom nobody vouches: it is as it was signed, and that is all that can be said. */
export function isByStranger(found: Verification): boolean {
  return found.bottom_line === 'sound' && unknownIn(found).length > 0
}

/** The signatures of people whom neither a certificate nor a compared fingerprint vouches for. */
function unknownIn({ signatures }: Verification): SignatureFacts[] {
  return signatures.filter((one) => one.level !== 'timestamp' && one.trusted !== 'trusted' && one.confirmed_at === null)
}

/** The verdict in a few sentences, and what to do about it where something is wrong. */
export function leadOf(found: Verification): string {
  return LEADS[found.bottom_line](found)
}

const LEADS: Record<BottomLine, (found: Verification) => string> = {
  sound: (found) => `${holding(found)}${headingsSentence(found)}${strangers(found)}`,
  not_trusted: (found) => `${holding(found)}${headingsSentence(found)}${strangers(found)}`,
  not_signed: (found) => isDraft(found) ? 'It carries the report and can be opened and continued. Without a signature, nobody can tell whether it is as its author left it.' :
    'Without a signature, nobody can tell whether it is as its author left it. Ask for the signed file if this is the one to be filed.',
  changed: (found) =>
    `This is not what was signed. ${changes(found)}Do not rely on this copy: ask the signer for the original.`,
  not_valid: () => 'It was not made by the one it names, or contradicts itself. Do not rely on this copy: ask the signer for the original.',
  not_checked: () => 'Its kind is not known here, which says nothing for or against it. Have it verified with another program.',
  ambiguous: () =>
    'It is built so that two programs can show two documents, and nobody can tell which of them was signed. Do not rely on this copy: ask the signer for another.',
  headings_missing: (found) => {
    const missing = found.headings?.missing ?? []
    const which = missing.length > 0 ? ` It has no heading ${listed(missing.map((m) => `“${m}”`))}.` : ' Its headings are not in the order of the form.'
    return `${holding(found)}${which} Its reader may send it back: open it as the next version, complete it and sign again.`
  },
  attachments_differ: (found) => {
    const differing = found.attachments.filter((a) => !a.ok).map((a) => a.name)
    return `The pages are unchanged, but ${listed(differing)} ${differing.length === 1 ? 'is not the file' : 'are not the files'} the report recorded. Ask for ${differing.length === 1 ? 'it' : 'them'} another way.`
  },
}

/** "Helen Marsh, Specimen Data Communications" */
export function signerName({ signer, organisation }: SignatureFacts): string {
  return [signer || 'Someone without a name', organisation].filter(Boolean).join(', ')
}

/** Whether what was signed is what is there, in one sentence. */
export function unchangedWords(one: SignatureFacts): string {
  if (one.unchecked) return 'Not known: Rapporteur cannot check signatures of this kind'
  if (!one.intact) return 'No: the bytes that were signed have changed'
  if (!one.valid) return 'No: the signature is not valid'
  switch (one.changed_since.kind) {
    case 'nothing':
      return one.covers_whole_file ? 'Yes; covers the whole file' : 'Yes; something was added after it'
    case 'foreseen':
      return `Yes; ${listed(one.changed_since.what) || 'something'} was added after it, as foreseen`
    case 'unexplained':
      return `No: changed afterwards: ${listed(one.changed_since.what) || 'something that cannot be named'}`
  }
}

/** Whether it is no signature of a person, but the time-stamp of an authority over the whole file. */
export function isStamp({ level }: SignatureFacts): boolean {
  return level === 'timestamp'
}

/** "PAdES B-T" */
export function levelWords(one: SignatureFacts): string {
  return isStamp(one) ? 'a time-stamp over the whole file' : `PAdES ${one.level}`
}

export function isUnchanged(one: SignatureFacts): boolean {
  return one.intact && one.valid && one.changed_since.kind !== 'unexplained'
}

/** Only the owner of a signature that holds can be confirmed; whom the machine vouches for already need not be. */
export function canConfirm(one: SignatureFacts): boolean {
  return one.confirmed_at === null && one.trusted !== 'trusted' && one.fingerprint !== '' && isUnchanged(one)
}

export function knownWords({ trusted, confirmed_at }: SignatureFacts): string {
  if (confirmed_at !== null) return `Yes: you compared the fingerprint on ${dayWords(confirmed_at)}`
  switch (trusted) {
    case 'trusted':
      return 'Yes, through a certificate this computer trusts'
    case 'not_trusted':
      return 'No: no authority this computer trusts has issued it. Ask the signer for the fingerprint'
    case 'not_asked':
      return 'Not looked up. Compare its fingerprint with the signer’s'
  }
}

/** Whether this very file was made here, and when. */
export function madeWords({ made_at }: KnownFile): string {
  return made_at ? `Made here, ${fullMoment(made_at)}` : 'Not made here as it is, but its report is in the library'
}

/** "1.1, a draft: Service Requests refused" */
export function versionWords({ version, signed, title }: KnownVersion): string {
  return `${version}, ${signed ? 'signed' : 'a draft'}: ${title}`
}

/** "15 October 2026, 15:06:12 BST, the signer’s own clock" */
export function signedWords(one: SignatureFacts): string {
  return [one.time ? fullMoment(one.time) : 'at a time not given', one.time_source].filter(Boolean).join(', ')
}

export function headingWords({ required, present, in_order, missing }: HeadingFacts): string {
  if (missing.length > 0) return `${present} of ${required}; missing: ${listed(missing.map((one) => `“${one}”`))}`
  return `${present} of ${required}, ${in_order ? 'in order' : 'not in the form’s order'}`
}

export function dataWords(found: Verification): string {
  if (!found.report_embedded || !found.report) return 'None: it was not made with Rapporteur, or was printed to PDF'
  const { version, template } = found.report
  return `${template}, version ${version}`
}

export function attachmentWords(found: Verification): string {
  const all = found.attachments.length
  const differ = found.attachments.filter((a) => !a.ok).length
  if (all === 0) return 'None'
  if (differ > 0) return `${differ} of ${all} ${differ === 1 ? 'differs' : 'differ'} from the recorded SHA-256`
  return all === 1 ? '1, matches its recorded SHA-256' : `${all}, each matches its recorded SHA-256`
}

/** "B2 07 5D E9 41 88 CC 13 … 70 9A": enough to compare by telephone. */
export function fingerprintShort(hex: string): string {
  const pairs = hex.toUpperCase().match(/../g) ?? []
  return pairs.length <= 10 ? pairs.join(' ') : [...pairs.slice(0, 8), '…', ...pairs.slice(-2)].join(' ')
}

/** All of it, in groups of four that can be read out. */
export function fingerprintWhole(hex: string): string {
  return (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
}

/** The whole verdict as plain text, for a mail or a ticket. */
export function verdictText(found: Verification): string {
  const lines = [
    `${found.file_name}: ${verdictOf(found)}.`,
    leadOf(found),
    ...found.signatures.flatMap((one) => [
      '',
      signerName(one),
      `  ${verify.facts.unchanged}: ${unchangedWords(one)}`,
      `  ${verify.facts.known}: ${knownWords(one)}`,
      `  ${verify.facts.signed}: ${signedWords(one)} (${levelWords(one)})`,
      `  SHA-256 of the certificate: ${one.fingerprint}`,
      ...one.remarks.map((remark) => `  ${remark}`),
    ]),
    '',
    ...(found.headings ? [`${verify.facts.headings}: ${headingWords(found.headings)}`] : []),
    `${verify.facts.data}: ${dataWords(found)}`,
    `${verify.facts.attachments}: ${attachmentWords(found)}`,
  ]
  return lines.join('\n')
}

/** Those who signed; an authority that stamped the whole file is no signer. */
function people({ signatures }: Verification): SignatureFacts[] {
  return signatures.filter((one) => !isStamp(one))
}

function holding(found: Verification): string {
  const signatures = people(found)
  if (signatures.length === 1) return 'The signature is valid, and nothing has changed since.'
  const all = signatures.length === 2 ? 'Both signatures are valid' : `All ${spelled(signatures.length)} signatures are valid`
  return `${all}, and nothing has changed since the last.`
}

function headingsSentence({ headings }: Verification): string {
  if (!headings || headings.missing.length > 0 || !headings.in_order) return ''
  return ' Every heading the form asks for is there, in order.'
}

function strangers(found: Verification): string {
  const signatures = people(found)
  const unknown = unknownIn(found)
  if (unknown.length === 0) return ''
  if (signatures.length === 1) return ' Nobody has confirmed here who the signer is: check the fingerprint with them before you rely on the name.'
  const who = unknown.length === 1 ? 'one of the signers is' : `${counted(unknown.length, 'signer')} are`
  return ` Nobody has confirmed here who ${who}: check the fingerprint before you rely on the name.`
}

function changes({ signatures }: Verification): string {
  const what = signatures.flatMap((one) => (one.changed_since.kind === 'unexplained' ? one.changed_since.what : []))
  return what.length > 0 ? `Changed: ${listed([...new Set(what)])}. ` : ''
}
