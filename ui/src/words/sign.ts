// What the sign sheet says: what was checked, who signs, what came out.
import type { Progress } from '../host/types/Progress'
import type { Readiness } from '../host/types/Readiness'
import { counted, spelled } from './counts'
import { sizeWords } from './lengths'

export const sign = {
  title: 'Sign and export',
  page: 'The pages that will be signed',
  setting: 'Setting pages…',
  checking: 'Checking…',
  checked: 'Checked just now',
  facts: { headings: 'Headings', answers: 'Required answers', findings: 'Findings', file: 'The file' },
  headings: ({ headings: [required, present] }: Readiness, form: string) =>
    present < required ? `${present} of ${required} of ${form}` : `All ${required} of ${form}, in order`,
  answers: ({ answers: [required, given], not_yet_known }: Readiness) => {
    const known = not_yet_known === 0 ? '' : `; ${spelled(not_yet_known)} “not yet known”, with owner and date`
    return `${given} of ${required}${known}`
  },
  findings: ({ blocking, unanswered, accepted }: Readiness) => {
    const parts = [
      blocking.length === 0 ? 'None blocks filing' : `${counted(blocking.length, 'blocks', 'block')} filing`,
      unanswered > 0 && `${counted(unanswered, 'wants', 'want')} an answer`,
      accepted > 0 && `${accepted} kept with a reason`,
    ]
    return parts.filter(Boolean).join('; ')
  },
  file: 'Archival (PDF/A-3a), accessible (PDF/UA-1)',

  blocked: (count: number) => (count === 1 ? 'One thing blocks filing' : `${count} things block filing`),
  blockedLead: 'The form’s reader would send it back. Each line leads to its place. A draft can be exported all the same.',
  go: 'Show it',

  as: 'Sign as',
  signIn: 'Identities',
  passphrase: 'Passphrase',
  addFile: 'Add a certificate file…',
  makeOne: 'Make an identity on this machine',
  makeMore: 'Readers cannot look it up',
  missing: 'Its file is not there now',
  expired: (day: string) => `Expired on ${day}`,
  noIdentity: 'To sign you need an identity: a certificate file you were given, or one made here.',
  make: {
    lead: 'Made and kept on this machine. Readers can check that the file is unchanged, but not look up who you are: tell them the fingerprint by another way.',
    name: 'Name',
    organisation: 'Organisation',
    passphrase: 'Passphrase',
    again: 'The same again',
    make: 'Make identity',
    making: 'Making…',
    kept: 'Nobody can recover it. Keep it where you keep such things.',
    noName: 'Say whose identity it is.',
    tooShort: (least: number) => `At least ${least} characters.`,
    differs: 'The two are not the same yet.',
  },
  strength: {
    weak: 'Easily guessed. Several words that do not belong together are best.',
    fair: 'Fair. One or two more words would make it strong.',
    strong: 'Strong.',
  },

  signers: 'Signers',
  now: 'Now',
  later: 'Later, same file',
  nobody: 'Nobody else',
  unnamed: (part: string) => `${part}, no name yet`,
  time: 'Time of signing',
  times: { machine: 'This machine’s clock', trusted: 'Trusted time' },
  machineHelp: 'The level is PAdES B-B. The signature is valid either way.',
  trustedHelp: (address: string) => `A fingerprint of the signature is sent to ${address}, and nothing else. The level is PAdES B-T.`,
  noAuthority: 'The level is PAdES B-B. A time-stamp authority can say when instead of this machine.',
  nameAuthority: 'Name one in the settings',

  fileFacts: ({ pages, attachments: [count, bytes] }: Readiness) =>
    [counted(pages, 'page'), count > 0 && `${counted(count, 'attachment')}, ${sizeWords(bytes)}`].filter(Boolean).join(', '),
  draft: 'Export draft',
  draftName: (name: string) => name.replace(/\.pdf$/i, '') + ' draft.pdf',
  sign: 'Sign and export',
  needsIdentity: 'Choose who signs.',
  needsPassphrase: 'Type the passphrase of this identity.',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was written.',

  progress: (progress: Progress | null): string => {
    if (progress === null) return 'Beginning…'
    switch (progress.step) {
      case 'setting':
        return `Setting pages, ${progress.pages} done…`
      case 'writing':
        return 'Writing the file…'
      case 'signing':
        return 'Signing…'
      case 'checking':
        return 'Reading it back and checking the signature…'
    }
  },

  done: { signed: 'Signed and exported', draft: 'Draft exported' },
  doneLead: {
    signed: (signers: string) => `Signed by ${signers}, read back and found sound.`,
    draft: 'It is marked as a draft on every page and is not signed.',
  },
  noTrustedTime: (reason: string) => `No trusted time could be had: ${reason.replace(/\.$/, '')}. The time is this machine’s; the signature is valid all the same.`,
  result: { path: 'File', pages: 'Pages', size: 'Size', sha: 'SHA-256' },
  reveal: 'Show in folder',
  verify: 'Verify it',
  back: 'Back to the report',
}
