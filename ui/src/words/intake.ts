// What the review of a foreign text says: where its pieces go, what it leaves open, what was left out.
import type { Counts } from '../host/types/Counts'
import type { DateOrder } from '../host/types/DateOrder'
import type { Fit } from '../host/types/Fit'
import type { LessonRank } from '../host/types/LessonRank'
import type { LetterPart } from '../host/types/LetterPart'
import type { QuestionKind } from '../host/types/QuestionKind'
import { counted } from './counts'

/** Who writes in an encoding, by its name in the WHATWG Encoding Standard. */
const WRITERS: Record<string, string> = {
  'windows-1252': 'Western European',
  'windows-1250': 'Central European',
  'windows-1251': 'Cyrillic',
  'ISO-8859-15': 'Western European (ISO)',
  'ISO-8859-2': 'Central European (ISO)',
  'windows-1253': 'Greek',
  'windows-1254': 'Turkish',
  'windows-1257': 'Baltic',
  macintosh: 'Western European (old Macintosh)',
  'KOI8-R': 'Cyrillic (KOI8-R)',
  Shift_JIS: 'Japanese',
  gb18030: 'Chinese',
}

export const intake = {
  title: 'Open or paste',
  lead: 'Notes, a web page, a Word document, a chat or a table. You see what becomes of the text before anything is kept.',
  paste: 'Paste the text here',
  pasteHint: 'Paste here, or type',
  read: 'Read it',
  choose: 'Choose a file…',
  drop: 'or drop one on this window. PDFs are verified; reports made here are opened.',
  reading: 'Reading…',
  again: 'Go on with the review you left',

  review: 'Is each piece in the right place?',
  source: 'The text',
  result: 'What becomes of it',
  keep: 'Keep as a report',
  discard: 'Leave the review',
  counts: ({ words, placed, waiting, dropped }: Counts) =>
    `${counted(words, 'word')}: ${placed} placed, ${waiting} in the tray, ${dropped} left out`,
  keys: 'Enter moves a piece, Delete leaves it out; a heading takes what stands under it along. Shift with an arrow selects several',
  undo: (mod: string) => `${mod} Z undoes the last choice`,
  form: 'Form',
  sure: ({ percent, reasons }: Fit) => {
    const how = percent >= 85 ? 'Quite sure' : percent >= 55 ? 'Likely' : percent >= 25 ? 'A guess' : 'Nothing points to it'
    return [how, reasons.join(', ')].filter(Boolean).join(': ')
  },
  questions: {
    date_order: 'Order of day and month',
    year: 'Dates without a year',
    day: 'Rows without a day',
    versions: 'Headings that appear twice',
    changes: 'Tracked changes',
  } satisfies Record<QuestionKind, string>,
  encoding: 'Text encoding',
  /** An encoding by who writes in it, and what the text says in it where they differ. */
  encodingOption: (label: string, line: string) => `${WRITERS[label] ?? label}${line === '' ? '' : `: “${line}”`}`,
  zone: 'Time zone',
  noZone: 'Not stated in the text',
  right: 'That is right',
  /** The option offered first: "11 March 2026, Date of Incident". */
  giveDay: (option: string | null) => (option === null ? 'Give all rows the day of the report' : `All on ${option.split(',')[0]}`),
  anotherDay: 'or another day',
  dayUnread: (order: DateOrder) => `Not a day. Write it as ${order === 'month_day' ? '10/14/2026' : '14/10/2026'} or 14 October 2026.`,
  dayGiven: (option: string) => `All on ${option.split(',')[0]}, as an assumption.`,
  assumed: 'Assumed',
  nothing: 'Nothing yet',
  moved: (pieces: number, place: string) => `${counted(pieces, 'piece')} moved to ${place}.`,
  undone: 'Undone.',
  backAgain: 'Back in the review. The report made from this text was taken back.',
  backToReview: 'Go back to the review of the text',
  made: 'Made from the text you reviewed.',
  backLink: 'Back to the review',
  elsewhere: (pieces: number) => (pieces === 1 ? 'Move this piece to' : `Move these ${pieces} pieces to`),
  ask: 'A heading, a field, the timeline…',
  none: (asked: string) => `No place matches “${asked}”.`,
  rule: 'as you said',
  places: {
    title: 'Title',
    form: 'Printed by the form itself',
    fields: 'Details',
    heading: 'Heading',
    figure: (name: string) => `Picture in ${name}`,
    timeline: 'Timeline',
    day: 'Date for the rows below',
    action: 'Actions',
    linked: 'Linked incidents',
    letter: 'The letter',
    signatory: 'Signatures',
    marking: 'Marking',
    tray: 'Tray',
    dropped: 'Left out',
  },
  lessons: { good: 'Lesson: went well', bad: 'Lesson: went badly', lucky: 'Lesson: luck' } satisfies Record<LessonRank, string>,
  lessonsName: 'Lessons',
  letterParts: { dateline: 'Letter: place and date', salutation: 'Letter: salutation', closing: 'Letter: closing' } satisfies Record<LetterPart, string>,
}

export const tray = {
  label: 'Tray',
  lead: 'These words came from the original text and have no place in the report yet.',
  empty: 'The tray is empty.',
  item: (text: string) => `Not placed: ${text}`,
  keys: 'Enter places it, Delete removes it. Undo brings it back.',
  place: 'Place it',
  drop: 'Remove',
  placed: (place: string) => `Put into ${place}.`,
  dropped: 'Removed.',
}
