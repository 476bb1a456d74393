// Files to verify, by name: one for every answer the screen has to give.
import { asFault } from '../fault'
import type { ConfirmedSigner } from '../types/ConfirmedSigner'
import type { Fault } from '../types/Fault'
import type { FaultCode } from '../types/FaultCode'
import type { Judged } from '../types/Judged'
import type { PlaceToSign } from '../types/PlaceToSign'
import type { SignatureFacts } from '../types/SignatureFacts'
import type { Verification } from '../types/Verification'

const FINGERPRINT = 'b2075de94188cc1307a4f0195c2e83d6ab74120f9e6631c85d20b7fae4c1709a'

const author: SignatureFacts = {
  field: 'Signature1', signer: 'Helen Marsh', organisation: 'Specimen Data Communications', intact: true, valid: true, unchecked: false, trusted: 'trusted', level: 'B-B',
  covers_whole_file: false, changed_since: { kind: 'foreseen', what: ['a second signature'] }, time: '2025-10-15T14:06:12Z',
  time_source: 'the signer’s own clock', fingerprint: FINGERPRINT.replace('b2', '4f'), confirmed_at: null, remarks: [],
}
const approver: SignatureFacts = {
  ...author, field: 'Signature2', signer: 'David Okafor', trusted: 'not_trusted', covers_whole_file: true, changed_since: { kind: 'nothing' },
  time: '2025-10-16T08:31:40Z', fingerprint: FINGERPRINT,
}
const sound: Verification = {
  bottom_line: 'sound', signatures: [author, { ...approver, trusted: 'trusted' }],
  headings: { required: 7, present: 7, in_order: true, missing: [] }, report_embedded: true,
  report: {
    title: 'Service Requests refused in the North Region, 14 October', reference: 'INC000000731204', version: '1.0',
    template: 'SEC H9 summary',
  },
  attachments: ['gateway-node-2.log', 'node-2-certificate.txt', 'bridge-notes.txt'].map((name, i) => ({
    name, sha256: FINGERPRINT.replace(/^../, `0${i}`), ok: true,
  })),
  file_name: 'sound.pdf',
}
const broken: SignatureFacts = {
  ...approver, intact: false, changed_since: { kind: 'unexplained', what: ['the words on page 2', 'the attached file bridge-notes.txt'] },
}

const VERDICTS: Record<string, Verification> = {
  'sound.pdf': sound,
  'one-signer.pdf': { ...sound, signatures: [{ ...approver, trusted: 'trusted' }] },
  'not-trusted.pdf': { ...sound, bottom_line: 'not_trusted', signatures: [author, approver] },
  'changed.pdf': { ...sound, bottom_line: 'changed', signatures: [author, broken] },
  'ambiguous.pdf': { ...sound, bottom_line: 'ambiguous' },
  'unknown-kind.pdf': { ...sound, bottom_line: 'not_checked', signatures: [{ ...approver, valid: false, unchecked: true }] },
  'unsigned.pdf': { ...sound, bottom_line: 'not_signed', signatures: [] },
  'headings.pdf': {
    ...sound, bottom_line: 'headings_missing', headings: { required: 7, present: 6, in_order: true, missing: ['Root Cause, if known'] },
  },
  'attachments.pdf': {
    ...sound, bottom_line: 'attachments_differ', attachments: sound.attachments.map((a, i) => ({ ...a, ok: i !== 1 })),
  },
  'foreign.pdf': {
    ...sound, signatures: [{ ...approver, trusted: 'not_asked' }], headings: null, report_embedded: false, report: null, attachments: [],
  },
}
const FAULTS: Record<string, FaultCode> = {
  'damaged.pdf': 'damaged_pdf', 'encrypted.pdf': 'encrypted_pdf', 'notes.txt': 'not_pdf', 'gone.pdf': 'gone',
}

export function verdict(path: string): Verification {
  const name = path.split(/[\\/]/).at(-1) ?? path
  const code = FAULTS[name]
  if (code) throw { code, detail: `${code}: ${path}`, facts: { path } } satisfies Fault
  return { ...(VERDICTS[name] ?? sound), file_name: name }
}

/** Every file there is, as a folder of them holds them. */
export const NAMES = [...Object.keys(VERDICTS), ...Object.keys(FAULTS)]

export function isFolder(path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path)
}

/** With when each signer was confirmed. */
export function marked(found: Verification, confirmed: ConfirmedSigner[]): Verification {
  const when = (print: string) => confirmed.find(({ fingerprint }) => fingerprint === print)?.at ?? null
  return { ...found, signatures: found.signatures.map((one) => ({ ...one, confirmed_at: when(one.fingerprint) })) }
}

export function judged(path: string, confirmed: ConfirmedSigner[]): Judged {
  const name = path.split('/').at(-1) ?? path
  try {
    return { path, name, found: marked(verdict(path), confirmed), fault: null }
  } catch (thrown) {
    return { path, name, found: null, fault: asFault(thrown) }
  }
}

/** A place for each of those who signed, then one that was made for somebody and one for anybody. */
export function placesOf(found: Verification): PlaceToSign[] {
  const place = (nth: number, more: Partial<PlaceToSign>): PlaceToSign =>
    ({ field: `Place${nth + 1}`, page: 0, rect: [72 + nth * 160, 100, 220 + nth * 160, 160], signed: false, part: '', name: '', ...more })
  const signed = found.signatures.map((one, nth) => place(nth, { field: one.field, signed: true, part: nth === 0 ? 'Author' : 'Approver' }))
  if (found.file_name === 'sound.pdf') return signed // every place is taken
  return [...signed, place(signed.length, { part: 'Head of operations', name: 'Dana Osei' }), place(signed.length + 1, { part: 'Data protection officer' })]
}
