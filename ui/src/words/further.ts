// What the sheet for a further signature says: what became of the file since it was signed, who signs where, what the signature reaches.
import type { PlaceToSign } from '../host/types/PlaceToSign'
import type { SignatureFacts } from '../host/types/SignatureFacts'
import type { Verification } from '../host/types/Verification'
import { listed, spelled } from './counts'
import { isUnchanged, unchangedWords } from './verify'
import { shortMoment } from './when'

export const further = {
  title: 'Sign this file too',
  first: 'Sign this file',
  act: 'Sign this file too…',
  page: 'The pages that will be signed',
  reading: 'Reading the file…',
  signedTimes: (count: number) => (count === 0 ? 'Not signed yet' : count === 1 ? 'Signed once' : count === 2 ? 'Signed twice' : `Signed ${spelled(count)} times`),
  since: 'Since the last signature',
  before: 'Before you sign',
  facts: { pages: 'The pages', added: 'Also added', yours: 'Yours will add' },
  nobody: 'Nobody has signed this file. Yours is the first signature: it closes the file to everything but further signatures.',
  unchanged: (signer: string) => `Unchanged since ${signer || 'the last signer'} signed`,
  yours: (signed: number) => `One signature in a place kept for it. ${signed === 1 ? 'The first stays valid.' : 'Those before stay valid.'}`,
  signers: 'Signers, in order',
  anybody: 'A place for anybody',
  now: 'you, now',
  signedAt: (at: string) => (at ? `signed ${shortMoment(at)}` : 'signed'),
  later: 'later',
  choose: (place: string) => `Sign in this place: ${place}`,
  none: 'Every place for a signature in this file is taken. Nobody can sign it further here.',
  noPlaces: 'This file has no place for a signature. Rapporteur signs only where the file’s author left one.',
  refused: 'This file cannot be signed further',
  sign: 'Sign',
  stays: 'The file you opened stays as it is',
  done: 'Signed',
  doneLead: (signer: string) => `Signed by ${signer}, then read back and verified. The file you opened is as it was.`,
  /** "report (signed twice).pdf": what is offered for the file that carries so many signatures. */
  fileName: (path: string, signatures: number) => {
    const stem = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.pdf$/i, '').replace(/ \(signed[^)]*\)$/, '')
    return `${stem} (signed${signatures === 1 ? '' : signatures === 2 ? ' twice' : ` ${spelled(signatures)} times`}).pdf`
  },
}

/** Those who signed; an authority that stamped the whole file is no signer. */
function people({ signatures }: Verification): SignatureFacts[] {
  return signatures.filter(({ level }) => level !== 'timestamp')
}

/** Whether the pages are what the one who signed last saw, in a sentence. */
export function pagesSince(found: Verification): { sound: boolean; words: string } {
  const last = people(found).at(-1)
  if (!last) return { sound: true, words: further.nobody }
  return isUnchanged(last) ? { sound: true, words: further.unchanged(last.signer) } : { sound: false, words: unchangedWords(last) }
}

/** What was added since the one who signed last, as foreseen; empty for nothing. */
export function addedSince(found: Verification): string {
  const since = people(found).at(-1)?.changed_since
  return since?.kind === 'foreseen' ? listed(since.what) : ''
}

/** Whose place it is: who signed there, or for whom it was made. */
export function placeWords(place: PlaceToSign, found: Verification): string {
  const signed = found.signatures.find(({ field }) => field === place.field)
  const name = signed && place.signed ? signed.signer : place.name
  return [name, place.part].filter(Boolean).join(', ') || further.anybody
}

export function signedThere(place: PlaceToSign, found: Verification): SignatureFacts | null {
  return found.signatures.find(({ field }) => place.signed && field === place.field) ?? null
}
