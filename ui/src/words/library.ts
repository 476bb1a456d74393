// What the library and the three doors of the first launch say.
import type { ReportState } from '../host/types/ReportState'
import { counted } from './counts'

export const library = {
  title: 'Library',
  count: (count: number) => counted(count, 'report'),
  found: (count: number) => (count === 0 ? 'Nothing found' : `${counted(count, 'report')} found`),
  due: 'Due times',
  openFile: 'Open a file…',
  paste: 'Paste a text…',
  newReport: 'New report',
  search: 'Search all reports',
  searchHint: 'Search titles, references, text',
  show: 'Show',
  all: 'All',
  states: { draft: 'Draft', signed: 'Signed' } satisfies Record<ReportState, string>,
  chips: { due: 'Due', draft: 'Draft', signed: 'Signed', filed: 'Filed' } satisfies Record<Shown, string>,
  columns: { title: 'Title', reference: 'Reference', template: 'Form', state: 'State', due: 'Due', filed: 'Filed', changed: 'Changed' },
  sortBy: (column: string) => `Sort the library by “${column}”`,
  noDue: 'No due time',
  sampleDue: 'the sample’s, for show',
  notSure: 'by a rule that was not verified',
  filedLate: 'filed late',
  untitled: 'Untitled report',
  nothing: (asked: string) => `No report matches “${asked}”.`,
  clear: 'Clear search',
  noneShown: { due: 'Nothing is due.', draft: 'No drafts.', signed: 'Nothing is signed yet.', filed: 'Nothing was filed yet.' } satisfies Record<Shown, string>,
  showAll: 'Show all',
  removed: (title: string) => `“${title}” was moved to the bin.`,
  restored: (title: string) => `“${title}” is back.`,
  undo: 'Undo',
  bin: 'Bin',
  binCount: (count: number) => (count === 0 ? 'Bin' : `Bin (${count})`),
  keys: 'Enter opens, Delete moves to the bin',
  keysUndo: (mod: string) => `${mod} Z brings back`,
  drop: 'Drop a file or a folder anywhere to open or verify it',
  private: 'Nothing leaves this computer',
  elsewhere: 'This library is open in another window too. Nothing is overwritten: if both change a report, both texts are kept.',
  parted: (name: string) => `Another window changed a report while you were writing in it. Both texts are kept; yours is “${name}”.`,
  openYours: 'Open it',
  dismiss: 'Dismiss',
  opening: 'Opening the library…',
  closed: 'The library could not be opened',
  again: 'Try again',
  verifyFile: 'Verify a file…',
  choosePlace: 'Choose its folder…',
  usualPlace: 'Begin in the usual place',
}

/** What the chips of the library show. */
export type Shown = 'due' | 'draft' | 'signed' | 'filed'

export const untitled = {
  ask: 'What shall this report be called?',
  help: 'It was left without a title. The library finds it by what you call it here.',
  keep: 'Keep this title',
  leave: 'Leave it without',
  /** "SEC H9 summary INC000000912044", "Reason for outage letter, 14 October 2026" */
  proposed: (form: string, reference: string, day: string) => (reference ? `${form} ${reference}` : day ? `${form}, ${day}` : form),
  kept: (title: string) => `It is called “${title}”.`,
}

export const bin = {
  title: 'Bin',
  lead: 'What was deleted lies here until you restore it or delete it for good. The bin never empties by itself.',
  empty: 'The bin is empty.',
  count: (count: number) => counted(count, 'thing', 'things'),
  restoreAll: 'Restore all',
  emptyBin: 'Empty the bin…',
  columns: { title: 'Title', reference: 'Reference', form: 'Form', removed: 'Deleted' },
  ownForm: 'A form of your own',
  restored: (title: string) => `“${title}” was restored.`,
  restoredAll: (count: number) => `${counted(count, 'thing was', 'things were')} restored.`,
  again: (title: string) => `“${title}” is in the bin again.`,
  againAll: (count: number) => `${counted(count, 'thing is', 'things are')} in the bin again.`,
  askOne: (title: string) => `Delete “${title}” for good?`,
  askAll: (count: number) => `Delete all ${count} for good?`,
  goesReport: 'Its text, its history, and the files no other report has go with it. PDFs that were exported stay where they are. This cannot be undone.',
  goesForm: 'Reports begun with this form keep it. This cannot be undone.',
  goesAll: 'Their texts, their history, and the files no other report has go with them. PDFs that were exported stay where they are. This cannot be undone.',
  keep: 'Keep',
  erase: 'Delete for good',
  erased: (title: string) => `“${title}” was deleted for good.`,
  erasedAll: 'The bin was emptied.',
  keys: 'Enter restores, Delete deletes for good',
  loading: 'Looking into the bin…',
}

export const welcome = {
  title: 'Incident reports: written, checked, signed',
  lead: 'Your notes go into the form its reader expects. Gaps and contradictions are named before anyone else finds them. Out comes one signed PDF.',
  sample: {
    title: 'Look around in a finished report',
    text: 'The summary shown here, with its timeline, its checks and its places for signatures. It is a copy: change anything.',
  },
  begin: {
    title: 'Begin a report',
    text: (forms: string[]) => {
      const named = forms.slice(0, forms.length > 5 ? 4 : 5)
      if (named.length === 0) return 'From a form.'
      const rest = forms.length - named.length
      return rest === 0 ? `From a form: ${named.join(', ')}.` : `From a form: ${named.join(', ')} and ${rest} more.`
    },
  },
  open: {
    title: 'Open or paste',
    text: 'Text you already have is fitted to a form, and you see the result before it is kept. A PDF made here is verified and can be continued.',
  },
  kept: (path: string) => `Reports are kept on this computer, in ${path}.`,
  private: 'No account. Nothing leaves this computer.',
}

export const templates = {
  title: 'New report',
  lead: 'The form its reader expects. Headings and labels are printed exactly as shown here.',
  list: 'Forms',
  asks: (headings: number, answers: number) => `${counted(headings, 'heading')}, ${counted(answers, 'required answer')}`,
  readBy: (authority: string) => `Reader: ${authority}.`,
  /** A heading as a list of forms shows it; the zone is that of the report, and there is none yet. */
  heading: (heading: string) => heading.replace('{zone}', 'time zone'),
  notVerified: 'Not verified',
  loading: 'Loading forms…',
  open: 'Open a template file…',
  added: (title: string, replaced: boolean) => (replaced ? `“${title}” replaced the older one.` : `“${title}” was added.`),
  own: 'Your own form',
  remove: 'Remove from the list',
  removeLong: (title: string) => `Remove from the list: ${title}`,
  removed: (title: string) => `“${title}” was moved to the bin. Reports begun with it keep it.`,
  keys: 'Enter begins a report, Delete removes a form of your own from the list',
  restored: (title: string) => `“${title}” is back.`,
  undo: 'Undo',
  notTaken: (file: string) => `${file} was not added`,
  fault: (line: number, message: string) => `Line ${line}: ${message}`,
}
