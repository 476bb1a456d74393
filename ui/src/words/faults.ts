// What the window says when something could not be done: what happened, and what the person can do next.
// Always true: every code has its words (the type sees to it); nothing here repeats what a report says.
import type { Fault } from '../host/types/Fault'
import type { FaultCode } from '../host/types/FaultCode'
import { dayWords } from './when'

export interface Trouble {
  what: string
  next: string
}

type Facts = Fault['facts']

export function troubleOf(fault: Fault): Trouble {
  return WORDS[fault.code](fault.facts, fault.detail)
}

const WORDS: Record<FaultCode, (facts: Facts, detail: string) => Trouble> = {
  refused: ({ reason, copy }) => (copy ? OVERTAKEN : { what: `That change does not fit the report${because(reason)}.`, next: 'Nothing was changed.' }),
  signed: ({ version }) => ({
    what: `${version ? `Version ${version}` : 'This report'} is signed and stays as it is.`,
    next: 'To change something, begin its next version.',
  }),
  version_taken: ({ version, next }) => ({
    what: `Another text was already signed as version ${version ?? ''}.`,
    next: `No two texts may carry one version number. Give this one the number ${next ?? 'that follows'}, then sign.`,
  }),
  no_such_report: () => ({
    what: 'This report is no longer in the library.',
    next: 'It may have been removed in another window. Go back to the library to see what is there.',
  }),
  no_such_template: ({ template }) => ({
    what: template ? `There is no form called “${template}” here.` : 'This form is not here.',
    next: 'Choose another form from the list.',
  }),
  blocked: () => ({
    what: 'Something still blocks filing.',
    next: 'Answer what the list of findings names, then sign. A draft can be exported at any time.',
  }),
  disk_full: ({ path }) => ({
    what: path ? `There is no space left on the disk that holds ${path}.` : 'The disk is full.',
    next: 'Free some space. Your text is still in this window, and Rapporteur keeps trying to save it.',
  }),
  no_permission: ({ path }) => ({
    what: path ? `Rapporteur is not allowed to read or write ${path}.` : 'Rapporteur is not allowed to read or write there.',
    next: 'Choose another place, or ask whoever looks after this computer.',
  }),
  gone: ({ path }) => ({
    what: path ? `${path} is not there any more.` : 'The file or folder is not there any more.',
    next: 'If it is on a USB stick or a network drive, connect it and try again.',
  }),
  unreadable: ({ path, reason }) => ({
    what: `${path ?? 'The file'} cannot be read or written${because(reason)}.`,
    next: 'Try again, or choose another place.',
  }),
  too_large: ({ path, limit }) => ({
    what: `${path ?? 'The file'} is too large${limit ? `: the limit is ${limit}` : ''}.`,
    next: 'Attach a smaller version, or say in the text where the file is kept.',
  }),
  library_newer: ({ path, found, known }) => ({
    what: `The library was made by a newer version of Rapporteur${versions(found, known)}.`,
    next: `Update Rapporteur to open it. ${path ? `${path} was` : 'It was'} left as it is.`,
  }),
  library_damaged: ({ path }) => ({
    what: 'The library’s file is damaged.',
    next: `${path ? `${path} was` : 'It was'} left as it is. Restore it from a backup; signed PDFs can be opened without it.`,
  }),
  library_busy: () => ({
    what: 'Another window is writing to the library.',
    next: 'Nothing is lost. Wait a moment and try again.',
  }),
  library_away: ({ path }) => ({
    what: `The library lies at ${path ?? 'a place'} that cannot be reached now.`,
    next: 'Connect the disk or network drive and try again. Nothing was changed.',
  }),
  library_shared: () => ({
    what: 'The library is open in another window as well.',
    next: 'Close the other window, then try again. Nothing was changed.',
  }),
  place_taken: ({ path }) => ({
    what: path ? `There is a library at ${path} already.` : 'There is a library already.',
    next: 'Choose another folder. Neither library was touched.',
  }),
  goes_on: ({ name, by }) => ({
    what: `The report${name ? ` “${name}”` : ''} cannot be deleted for good yet: ${by ? `“${by}”` : 'another report'} goes on from it.`,
    next: 'Delete that one first, or both together. Nothing was deleted.',
  }),
  wrong_passphrase: ({ reason, token }) =>
    token
      ? { what: sentence(reason), next: 'Type it with care: after too many wrong ones the token locks itself.' }
      : { what: 'This passphrase does not open the identity.', next: 'Type it again; capitals and spaces count.' },
  bad_identity: ({ reason, token }) =>
    token
      ? { what: sentence(reason), next: 'Nothing was signed. See that the card or token is plugged in, or sign with another identity.' }
      : {
          what: `This file cannot be used to sign${because(reason)}.`,
          next: 'Choose a certificate file (.p12, .pfx or .pem) that holds its private key.',
        },
  identity_not_valid: ({ not_before, not_after }) => ({
    what: `The certificate is not valid today${validity(not_before, not_after)}.`,
    next: 'Sign with another identity, or ask for a new certificate.',
  }),
  not_pdf: ({ path }) => ({
    what: `${path ?? 'This file'} is not a PDF.`,
    next: 'Choose the signed PDF itself.',
  }),
  damaged_pdf: ({ path }) => ({
    what: `${path ?? 'This PDF'} cannot be read to its end: it was cut off or is damaged.`,
    next: 'Ask for it again.',
  }),
  encrypted_pdf: ({ path, locked }) =>
    locked === 'writing'
      ? { what: `${path ?? 'This PDF'} is encrypted, so nothing can be added to it.`, next: 'It can be verified. To sign it, ask for a copy that is not encrypted.' }
      : locked === 'unknown'
        ? { what: `${path ?? 'This PDF'} is encrypted in a way that cannot be read here.`, next: 'Ask for a copy that is not encrypted.' }
        : { what: `${path ?? 'This PDF'} is locked with a password.`, next: 'Ask for it without one. Rapporteur never locks what it files.' },
  no_report_inside: ({ path }) => ({
    what: `${path ?? 'This PDF'} carries no report that could be edited.`,
    next: 'It can be verified all the same. To go on from it, begin a new report.',
  }),
  report_newer: ({ found, known }) => ({
    what: `The report was written by a newer version of Rapporteur${versions(found, known)}.`,
    next: 'Update Rapporteur to open it.',
  }),
  not_a_report: ({ reason }) => ({
    what: `This file is not a Rapporteur report${because(reason)}.`,
    next: 'Open a PDF made here, or its report.json.',
  }),
  attachment_missing: ({ name }) => ({
    what: name ? `The attached file ${name} is missing or has changed.` : 'An attached file is missing or has changed.',
    next: 'Remove it from the evidence and attach it again.',
  }),
  no_place_to_sign: ({ reason }) => ({
    what: reason ? `This place cannot be signed${because(reason)}.` : 'Every place for a signature is taken.',
    next: reason ? 'Nothing was signed.' : 'Add a signatory to the report, then sign again.',
  }),
  not_imported: ({ path, reason }) => ({
    what: `${path ? `${path} could not be imported` : 'This text could not be imported'}${because(reason)}.`,
    next: 'Nothing was changed.',
  }),
  bad_picture: ({ name, reason }) => ({
    what: `${name ? `The picture ${name}` : 'This picture'} cannot be used${because(reason)}.`,
    next: 'Save it as PNG or JPEG and add it again.',
  }),
  not_extended: ({ path, reason }) => ({
    what: `Nothing was added to ${path ?? 'the file'}${because(reason)}.`,
    next: 'Verify the file to see what is wrong with it.',
  }),
  no_trusted_time: ({ reason }) => ({
    what: `The time-stamp authority could not be used${because(reason)}.`,
    next: 'Sign with this computer’s clock instead. The signature is valid either way.',
  }),
  page_ended: ({ unsaved }) => ({
    what: 'What showed the window broke down and was started again.',
    next: unsaved
      ? `The open report could not be saved${because(unsaved)}: look at its last words before you go on.`
      : 'What you had written was saved, except perhaps your last keys. Open the report and look at its last words.',
  }),
  cancelled: () => ({ what: 'Cancelled.', next: 'Nothing was written.' }),
  internal: (_facts, detail) => ({
    what: 'Something went wrong inside Rapporteur.',
    next: detail ? `Nothing is lost. If it happens again, report this message: ${detail}` : 'Nothing is lost. Try again.',
  }),
}

const OVERTAKEN: Trouble = {
  what: 'Another window changed this report meanwhile. Nothing was written.',
  next: 'Your text was kept as a report of its own and is what this sheet now shows; the other text is in the library. Look at both, then export again.',
}

function sentence(reason: string | undefined): string {
  const words = reason ?? 'the token could not be used'
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`
}

function because(reason: string | undefined): string {
  return reason ? `: ${reason.replace(/\.$/, '')}` : ''
}

function versions(found: string | undefined, known: string | undefined): string {
  return found && known ? ` (it has format ${found}, this one knows up to ${known})` : ''
}

function validity(from: string | undefined, until: string | undefined): string {
  if (from && until) return `: it is valid from ${dayWords(from)} to ${dayWords(until)}`
  if (until) return `: it expired on ${dayWords(until)}`
  return from ? `: it is not valid before ${dayWords(from)}` : ''
}
