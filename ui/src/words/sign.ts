// What the sign sheet says: what was checked, who signs, what came out.
import type { Progress } from '../host/types/Progress'
import type { Readiness } from '../host/types/Readiness'
import { counted, spelled } from './counts'
import { sizeWords } from './lengths'

export const sign = {
  renumber: (next: string) => `Number it ${next}`,
  title: 'Sign and export',
  page: 'The pages that will be signed',
  setting: 'Laying out pages…',
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
      unanswered > 0 && `${counted(unanswered, 'needs', 'need')} an answer`,
      accepted > 0 && `${accepted} set aside with a reason`,
    ]
    return parts.filter(Boolean).join('; ')
  },
  file: 'Archival (PDF/A-3a), accessible (PDF/UA-1)',

  blocked: (count: number) => (count === 1 ? 'One thing blocks filing' : `${count} things block filing`),
  blockedLead: 'The reader of this form would send it back. Each line takes you to its place. You can still export a draft.',
  go: 'Show it',

  as: 'Sign as',
  signIn: 'Identities',
  passphrase: 'Passphrase',
  addFile: 'Add a certificate file…',
  lookForTokens: 'Look for a card or token',
  noToken: 'No card or token shows a certificate for signing. Plug it in, install the program that came with it, and look again.',
  onToken: 'Card or token',
  pin: 'PIN',
  makeOne: 'Make an identity on this computer',
  makeMore: 'Readers cannot look it up',
  missing: 'File not found',
  expired: (day: string) => `Expired on ${day}`,
  noIdentity: 'To sign you need an identity: a certificate file or a card that you were given, or one made here.',
  make: {
    lead: 'Made and kept on this computer. Readers can check that the file is unchanged, but cannot look up who you are: give them the fingerprint another way.',
    name: 'Name',
    organisation: 'Organisation',
    passphrase: 'Passphrase',
    again: 'Repeat it',
    make: 'Make identity',
    making: 'Making…',
    kept: 'It cannot be recovered. Keep it somewhere safe.',
    noName: 'Enter a name.',
    tooShort: (least: number) => `At least ${least} characters.`,
    differs: 'The two passphrases differ.',
  },
  strength: {
    weak: 'Easily guessed. Several words that do not belong together are best.',
    fair: 'Fair. One or two more words would make it strong.',
    strong: 'Strong.',
  },

  signers: 'Signers',
  now: 'Now',
  later: 'Later, in the same file',
  nobody: 'Nobody else',
  inPlaceOf: (signer: string, meant: string) => `The report names ${meant} here, and ${signer} signs. The file will say “${signer}, in the place of ${meant}”; to change that, choose another identity, or name ${signer} under Signatures.`,
  unnamed: (part: string) => `${part}, no name yet`,
  time: 'Time of signing',
  times: { machine: 'This computer’s clock', trusted: 'Trusted time' },
  machineHelp: 'The level is PAdES B-B. The signature is valid either way.',
  trustedHelp: (address: string) => `A fingerprint of the signature is sent to ${address}, and nothing else. The level is PAdES B-T.`,
  noAuthority: 'The level is PAdES B-B. A time-stamp authority can confirm the time instead of this computer.',
  nameAuthority: 'Add one in the settings',

  fileFacts: ({ pages, attachments: [count, bytes] }: Readiness) =>
    [counted(pages, 'page'), count > 0 && `${counted(count, 'attachment')} (${sizeWords(bytes)})`].filter(Boolean).join(', '),
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
        return `Laying out pages, ${progress.pages} done…`
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
    signed: (signers: string) => `Signed by ${signers}, then read back and verified.`,
    draft: 'Every page is marked as a draft. It is not signed.',
  },
  noTrustedTime: (reason: string) => `The time-stamp authority could not be used: ${reason.replace(/\.$/, '')}. The time is this computer’s; the signature is still valid.`,
  unnoted: (why: string) => `The file is finished, but the library could not note it: ${why} The report still counts as it did before; sign it again, unchanged, to put that right.`,
  result: { path: 'File', pages: 'Pages', size: 'Size', sha: 'SHA-256' },
  reveal: 'Show in folder',
  verify: 'Verify it',
  back: 'Back to the report',
}
