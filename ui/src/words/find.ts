// What finding and replacing in a report says.
import { counted } from './counts'

export const find = {
  label: 'Find and replace',
  tab: 'Find',
  find: 'Find',
  replace: 'Replace with',
  capitals: 'Match case',
  whole: 'Whole words',
  lead: 'Searches every text of the report: title, fields, headings, timeline, actions, captions and the rest.',
  none: (asked: string) => `No text in this report contains “${asked}”.`,
  count: (at: number, total: number) => (total === 0 ? 'Not found' : `${at} of ${total}`),
  more: (shown: number, total: number) => `The first ${shown} of ${total} are listed. A longer word finds fewer.`,
  fixed: (count: number) => `${counted(count, 'hit is', 'hits are')} in a choice from a list. Change ${count === 1 ? 'it' : 'them'} in the form.`,
  isFixed: 'chosen from a list',
  next: 'Next',
  previous: 'Previous',
  one: 'Replace',
  all: 'Replace all',
  hits: 'Where it stands',
  replaced: (count: number, undo: string) => `Replaced ${counted(count, 'time')}. ${undo} undoes it.`,
  nothing: 'Nothing was replaced.',
  close: 'Close',
}
