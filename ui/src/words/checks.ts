// What the list of findings says around the sentences of the checks themselves.
import type { Level } from '../host/types/Level'

export const checks = {
  label: 'Findings',
  groups: { blocks: 'Blocks filing', answer: 'Needs an answer or a reason', note: 'Notes' } satisfies Record<Level, string>,
  /** Said before the sentence, for those who do not see the mark. */
  spoken: { blocks: 'Blocks filing: ', answer: 'Needs an answer: ', note: 'Note: ' } satisfies Record<Level, string>,
  all: 'All',
  filter: 'Which findings',
  levels: { blocks: 'Blocking', answer: 'To answer', note: 'Notes' } satisfies Record<Level, string>,
  byPlace: 'Group by place',
  byWeight: 'Group by severity',
  rule: (rule: string) => `Rule: ${rule}`,
  whereRow: (paper: string, row: number) => `${paper}, row ${row}`,
  elsewhere: 'The report',
  nothing: 'nothing yet',
  writeIt: 'Write it',
  show: 'Show it',
  notYetKnown: 'Not yet known…',
  giveReason: 'Give a reason',
  sayWhyNot: 'Give a reason',
  dismiss: 'Dismiss',
  dismissed: 'Noted.',
  reason: 'Reason for leaving it as it is',
  keep: 'Save reason',
  cancel: 'Cancel',
  or: 'or',
  /** Said where a key leads nowhere. */
  noRepair: 'There is no automatic fix for this finding.',
  noReason: 'This finding blocks filing. A reason cannot waive it.',
  noteNeedsNone: 'A note needs no reason. It can be dismissed.',
  noneChosen: 'No finding is chosen. F8 goes to the next one.',
  noneFound: 'There are no findings.',
  goneMeanwhile: (reason: string) => (reason === '' ? 'This finding is gone: the text it was about has changed.' : `This finding is gone: the text it was about has changed. Your reason was: ${reason}`),
  wayBack: 'Esc goes back',
  headings: (count: number, form: string) => `All ${count} headings of ${form} are present and in order`,
  marking: 'Marking on every page',
  accepted: (count: number) => (count === 1 ? '1 finding set aside with a reason.' : `${count} findings set aside with a reason.`),
  showAccepted: 'Show',
  hideAccepted: 'Hide',
  reopen: 'Reopen',
  because: (reason: string) => `Reason: ${reason}`,
  later: 'Still to answer',
  answered: (done: number, asked: number) => `${done} of ${asked} required answers given.`,
  showAll: 'Show all that is missing',
  sound: 'Nothing stands in the way of filing this report.',
  count: (blocks: number, answers: number) => {
    if (blocks + answers === 0) return 'No findings'
    const parts = [blocks > 0 && `${blocks} block${blocks === 1 ? 's' : ''} filing`, answers > 0 && `${answers} need${answers === 1 ? 's' : ''} an answer`]
    return parts.filter(Boolean).join(', ')
  },
}
