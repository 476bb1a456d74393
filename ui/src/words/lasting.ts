// What is said where a signed file is made to last: how far it goes, who is asked for what, what came back.
import type { Asked } from '../host/types/Asked'
import type { ExtendedFile } from '../host/types/ExtendedFile'
import type { Lasting } from '../host/types/Lasting'
import type { Purpose } from '../host/types/Purpose'
import type { Verification } from '../host/types/Verification'
import { listed } from './counts'
import { sizeWords } from './lengths'

export const lasting = {
  time: 'Add trusted time…',
  last: 'Make it last…',
  title: 'How long should it stay provable?',
  reaches: [
    { value: 'time', label: 'Trusted time' },
    { value: 'proofs', label: 'With proofs' },
    { value: 'archive', label: 'For the archive' },
  ],
  /** What is sent to whom, before anybody is asked. */
  help: {
    time: (authority: string) => `A fingerprint of each signature without a trusted time is sent to ${authority}, and nothing else. The level is then PAdES B-T.`,
    proofs: (authority: string) =>
      `${authority ? `A fingerprint of each signature without a trusted time is sent to ${authority}. ` : ''}The addresses that the certificates in the file name are asked whether these were revoked: they learn the certificates’ numbers, and nothing of the file. The level is then PAdES B-LT.`,
    archive: (authority: string) =>
      `As with proofs, and a fingerprint of the whole file is sent to ${authority}. The level is then PAdES B-LTA; do it again before the authority’s own certificate expires.`,
  } satisfies Record<Lasting, (authority: string) => string>,
  noAuthority: 'For this a time-stamp authority is needed, and none is set.',
  nameAuthority: 'Add one in the settings',
  go: 'Ask them and save…',
  notNow: 'Not now',
  stays: 'Nobody is asked before. The file you opened stays as it is.',
  beginning: 'Reading the file…',
  asking: ({ address, purpose }: Asked) => `Asking ${address} for ${PURPOSES[purpose]}…`,
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was written.',
  reached: 'As far as you wanted. The new file was read back and verified.',
  short: 'Not as far as you wanted. What could be had was added, read back and verified.',
  nothing: 'Nothing could be added, and nothing was written.',
  facts: { file: 'New file', level: 'Level', asked: 'Asked', lacking: 'Not had' },
  nobodyAsked: 'Nobody',
  open: 'Verify the new file',
  fileName: (path: string) => `${(path.split(/[\\/]/).at(-1) ?? path).replace(/\.pdf$/i, '')} (lasting).pdf`,
}

const PURPOSES: Record<Purpose, string> = { time: 'the time', standing: 'the standing of a certificate', file: 'a certificate or a list' }

/** "https://tsa.example/: the time, 4.2 kB" */
export function askedWords({ address, purpose, bytes }: Asked): string {
  return `${address}: ${PURPOSES[purpose]}, ${bytes === null ? 'no answer' : sizeWords(bytes)}`
}

export function outcomeWords({ path, reached }: ExtendedFile): string {
  if (path === null) return lasting.nothing
  return reached ? lasting.reached : lasting.short
}

const people = ({ signatures }: Verification) => signatures.filter(({ level }) => level !== 'timestamp')

/** "Helen Marsh PAdES B-LTA, David Okafor PAdES B-T" */
export function levelsWords(found: Verification): string {
  const all = people(found)
  const same = new Set(all.map(({ level }) => level)).size === 1
  return same ? `PAdES ${all[0]?.level ?? ''}` : listed(all.map(({ signer, level }) => `${signer} PAdES ${level}`))
}

/** What would come next for a file, by the signature that is the least far. */
export function nextReach(found: Verification): Lasting {
  const levels = people(found).map(({ level }) => level)
  if (levels.some((level) => level === 'B-B' || level === 'CMS')) return 'time'
  return levels.some((level) => level === 'B-T') ? 'proofs' : 'archive'
}
