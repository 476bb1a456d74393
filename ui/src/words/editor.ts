// What the editor says: the bar, the outline, the form and the papers kept beside it.
import type { ActionKind } from '../host/types/ActionKind'
import type { ActionState } from '../host/types/ActionState'
import type { Annex } from '../host/types/Annex'
import type { DateOrder } from '../host/types/DateOrder'
import type { KeptApart } from '../host/types/KeptApart'
import type { ImpactState } from '../host/types/ImpactState'
import type { LessonKind } from '../host/types/LessonKind'
import type { PartState } from '../host/types/PartState'
import type { TlpLabel } from '../host/types/TlpLabel'
import type { Outgoing } from '../host/types/Outgoing'

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const bar = {
  back: 'Library',
  title: 'Title of this report',
  draft: (version: string) => `Draft ${version}`.trim(),
  signed: (version: string) => `Signed ${version}`.trim(),
  waits: 'Waiting for your answer',
  saved: (time: string) => `Saved ${time}`,
  saving: 'Saving…',
  unsaved: 'Not saved',
  notSaved: (why: string) => `Not saved: ${why}`,
  retrying: 'Your text is still here, and Rapporteur keeps trying to save it.',
  savedAgain: 'Saved again.',
  savedNow: (time: string) => `Everything is saved, as of ${time}.`,
  commands: 'Commands',
  sign: 'Sign and export',
  showPanel: 'Show the panel',
  elsewhere: 'This library is open in another window too. If both change this report, both texts are kept, each complete in a report of its own.',
  opening: 'Opening the report…',
}

/** What stands at the top of the form while it matters: the question before a next version begins, and news of texts kept apart. */
export const notices = {
  signed: (version: string) => (version ? `Version ${version} is signed and stays as it is.` : 'This report is signed and stays as it is.'),
  question: (next: string) => `Begin version ${next} with what you typed?`,
  begin: (next: string) => `Begin version ${next}`,
  leave: 'Leave it as signed',
  keys: { begin: 'Enter', leave: 'Esc' },
  parted: {
    overtaken: 'Another window changed this report while you were writing.',
    signed: 'Another window signed this report while you were writing.',
    removed: 'Another window moved this report to the bin while you were writing.',
  } satisfies Record<KeptApart, string>,
  goesOn: {
    overtaken: (name: string) => `Nothing is lost. Your text continues here as “${name}”; the report you opened holds the other text.`,
    signed: (_name: string, version: string) => `Nothing is lost. Your text continues here as version ${version}; what was signed stays as it is.`,
    removed: () => 'Nothing is lost. Your text continues here, as a report of its own.',
  } satisfies Record<KeptApart, (name: string, version: string) => string>,
  other: { overtaken: 'Show the other text', signed: 'Show the signed version', removed: '' } satisfies Record<KeptApart, string>,
  dismiss: 'Dismiss',
}

export const outline = {
  label: 'Outline',
  details: 'Details',
  letter: 'The letter',
  papers: 'Working papers',
  timeline: 'Timeline',
  downtime: 'Downtime',
  actions: 'Actions',
  evidence: 'Evidence',
  signatures: 'Signatures',
  marking: 'Marking',
  lead: 'Opening paragraph',
  state: { empty: 'empty', begun: 'begun', complete: 'complete' } satisfies Record<PartState, string>,
  blockVerb: (count: number) => (count === 1 ? 'blocks filing' : 'block filing'),
  answerVerb: (count: number) => (count === 1 ? 'needs an answer' : 'need an answer'),
  progress: (answered: number, required: number) => `${answered} of ${required}`,
  progressOf: 'required answers',
  progressShort: (answered: number, required: number) => `${answered} of ${required} required`,
  position: (at: number, all: number) => `${at} of ${all}`,
  contents: 'Contents',
  closeContents: 'Close contents',
}

export const form = {
  label: 'The form',
  requiredCount: (count: number) => `${count} required`,
  required: 'Required',
  optional: 'Optional',
  askedIf: (when: string) => `Only if ${when}.`,
  notOffered: (lines: string[]) => `Not one of the choices, kept as written: ${lines.join('; ')}`,
  noneIsAnAnswer: 'Required; “None” counts as an answer',
  example: (example: string) => `Example: ${example}`,
  pattern: (order: DateOrder, timed: boolean) => `${order === 'month_day' ? 'mm/dd/yyyy' : 'dd/mm/yyyy'}${timed ? ' hh:mm' : ''}`,
  qualifier: 'What this time refers to',
  qualifierOf: (label: string) => `What “${label}” refers to`,
  writeHere: 'Write here.',
  writeOrAnswer: 'Write here, or answer “not yet known”.',
  yes: 'Yes',
  no: 'No',
  choose: 'Choose…',
  known: 'Known',
  notYetKnown: 'Not yet known',
  notApplicable: 'N/A',
  standing: (label: string) => `Is “${label}” known?`,
  owner: 'Owner',
  due: 'Expected by',
  reason: 'Why it does not apply',
  computedFrom: (from: string, to: string, clock: string) => `Calculated from ${from} to ${to}. Clock: ${clock}.`,
  computedLater: (from: string, to: string) => `Calculated once “${from}” and “${to}” are filled in.`,
  writeAnother: 'Enter it yourself',
  useComputed: 'Use the calculated length',
  addHeading: 'Add a heading of your own',
  ownHeading: 'Heading',
  ownHeadingRule: 'Your own heading',
  newHeading: 'New heading',
  up: 'Move up',
  down: 'Move down',
  remove: 'Remove',
  removeHeading: (heading: string) => `Remove the heading “${heading || 'without a name'}”`,
}

export const letter = {
  guidance: 'The frame of the letter: sender, addressee, place and date.',
  sender: 'Sender',
  address: 'Address of the sender',
  addressee: 'To',
  place: 'Place',
  date: 'Date',
  salutation: 'Salutation',
  closing: 'Closing',
  exampleSalutation: 'Dear customer,',
}

export const papers = {
  annexOn: (name: string) => `Printed as ${name}`,
  annexOff: 'Not printed',
  annexEmpty: 'Printed as an annex once it has content',
  never: 'This form allows no annexes; kept here for your own use',
  print: 'Print it',
  dontPrint: 'Leave it out',
  annexName: (letter: string) => `Annex ${letter}`,
  annexLabel: (act: string, annex: Annex) => `${act}: ${ANNEXES[annex]}`,
  ownPaper: 'A working paper.',
}

const ANNEXES: Record<Annex, string> = {
  impact: 'the downtime',
  timeline: 'the timeline',
  actions: 'the actions',
  lessons: 'the lessons',
  evidence: 'the list of evidence',
  record: 'the record of the checks',
}

export const timeline = {
  entries: (count: number) => plural(count, 'entry', 'entries'),
  inZone: (name: string, offset: string) => (name === offset ? name : `${name} (${offset})`),
  guidance: 'What happened, in order. One entry per line: the time, then what happened.',
}

export const linked = {
  label: 'Linked incidents',
  incident: 'Incident',
  linked: 'Linked incident',
  nature: 'Nature of link',
  guidance: 'Other incidents connected with this one. This form has no heading for them.',
  empty: 'No linked incident yet.',
  add: 'Add a linked incident',
  none: 'Answer “None”',
  noneWord: 'None',
}

export const actionWords = {
  label: 'Actions',
  guidance: 'What will be done, by whom and by when.',
  what: 'What',
  kind: 'Kind',
  owner: 'Owner',
  due: 'Due',
  state: 'State',
  empty: 'No action yet.',
  add: 'Add an action',
  kinds: { prevent: 'Prevent', detect: 'Detect', mitigate: 'Mitigate' } satisfies Record<ActionKind, string>,
  states: { open: 'Open', begun: 'Begun', done: 'Done', delayed: 'Delayed', cancelled: 'Cancelled' } satisfies Record<ActionState, string>,
}

export const causes = {
  label: 'Causes',
  guidance: 'Why it happened, step by step. This form has no heading for them.',
  why: 'Why?',
  text: 'Because',
  name: 'Cause',
  empty: 'No cause yet.',
  add: 'Add a cause',
}

export const targets = {
  label: 'Targets',
  guidance: 'What was promised, and what was achieved. This form has no heading for them.',
  measure: 'Target',
  target: 'Promised',
  actual: 'Achieved',
  empty: 'No target yet.',
  add: 'Add a target',
}

export const lessons = {
  label: 'Lessons',
  guidance: 'What went well, what did not, and where luck helped. This form has no heading for them.',
  kind: 'Kind',
  text: 'Lesson',
  kinds: { good: 'Good', bad: 'Bad', lucky: 'Lucky' } satisfies Record<LessonKind, string>,
  empty: 'No lesson yet.',
  add: 'Add a lesson',
}

export const drawings = {
  label: 'Drawings',
  guidance: 'The text of the drawings that came with this report. Their boxes and lines cannot be changed here.',
  caption: 'Caption',
  node: (at: number) => `Box ${at}`,
  note: (at: number) => `Note to box ${at}`,
  edge: (from: string, to: string) => `Line from ${from} to ${to}`,
  of: (field: string, at: number) => `${field}, drawing ${at}`,
}

export const impact = {
  label: 'Downtime',
  guidance: 'Which service was affected, and when. Start and end come from the timeline, or you type them.',
  service: 'Service',
  state: 'State',
  from: 'From',
  to: 'To',
  length: 'Length',
  states: { down: 'Down', degraded: 'Degraded' } satisfies Record<ImpactState, string>,
  lasting: 'Ongoing',
  typed: 'Another time…',
  fromTimeline: 'Choose from the timeline',
  unknownRow: 'A deleted entry',
  momentLabel: (end: string, at: number) => `${end}, row ${at}, day and time`,
  moment: 'day and time',
  unread: 'Write a day and a time, such as 14/10/2026 21:36.',
  empty: 'No downtime recorded yet.',
  add: 'Add a period',
  total: (length: string) => `Down for ${length} in total`,
  totalHelp: 'Periods when a service was down. Overlapping time is counted once.',
  backwards: 'ends before it starts',
}

export const evidence = {
  label: 'Evidence',
  guidance: 'Files that support the report. They are embedded in the PDF, each with its fingerprint.',
  count: (count: number) => plural(count, 'file', 'files'),
  empty: 'No file yet. Drop one here, paste one, or choose one.',
  add: 'Add files',
  drop: 'Drop to add',
  caption: (name: string) => `Description of “${name}”`,
  captionHint: 'Describe it',
  hash: 'SHA-256',
  remove: (name: string) => `Remove “${name}”`,
  removeWord: 'Remove',
  adding: (name: string) => `Adding “${name}”…`,
  more: 'Drop or paste more files here.',
}

export const signatures = {
  label: 'Signatures',
  guidance: 'Who signs, and in what role. Each has a place on the last page.',
  part: 'Signs as',
  name: 'Name',
  role: 'Role',
  organisation: 'Organisation',
  empty: 'No signatures yet.',
  add: 'Add a signature',
  newPart: 'Approver',
}

export const marking = {
  label: 'Marking',
  guidance: 'Who may read it. Printed on every page.',
  scheme: 'Kind of marking',
  schemes: { words: 'Words', tlp: 'TLP' },
  words: 'Words of the marking',
  tlp: 'TLP label',
  tlpColours: 'Printed in the label’s colour on black. The shades are not verified against the TLP 2.0 standard.',
  tlpLabels: {
    RED: 'TLP:RED',
    AMBER_STRICT: 'TLP:AMBER+STRICT',
    AMBER: 'TLP:AMBER',
    GREEN: 'TLP:GREEN',
    CLEAR: 'TLP:CLEAR',
  } satisfies Record<TlpLabel, string>,
  empty: 'No marking yet.',
  add: 'Add a marking',
  another: 'Add another',
  version: 'Version',
  row: (at: number) => `Marking ${at}`,
}

export const table = {
  cell: (column: string, at: number) => `${column}, row ${at}`,
  removeRow: (at: number) => `Remove row ${at}`,
  keys: (mod: string) => `Enter adds a row. Alt with an arrow moves it, ${mod} with Delete removes it.`,
}

export const panel = {
  label: 'Panel',
  findings: 'Findings',
  clocks: 'Clock',
  preview: 'Preview',
  evidence: 'Evidence',
  tray: 'Tray',
  hide: 'Hide',
  hideLong: 'Hide the panel',
  resize: 'Width of the panel',
}

export const beyond = {
  next: (form: string) => `Begin the next stage: ${form}`,
  handOver: (format: string) => `Write ${format}…`,
  formats: { 'ir-1.2': 'JSON IR-1.2', 'ccadb-markdown': 'CCADB’s Markdown' } satisfies Record<Outgoing, string>,
  missing: (count: number, format: string) => `${format} was not written: ${count === 1 ? 'one thing is' : `${count} things are`} missing`,
  written: (path: string) => `Written to ${path}.`,
  put: 'Dismiss',
}

export const draft = {
  exporting: 'Exporting the draft…',
  done: (path: string) => `Draft exported to ${path}.`,
  reveal: 'Show in folder',
  close: 'Close',
}

export const acts = {
  group: 'This report',
  undo: 'Undo',
  redo: 'Redo',
  save: 'Save now',
  draft: 'Export a draft PDF',
  find: 'Find and replace',
  findNext: 'Go to the next hit',
  findPrevious: 'Go to the previous hit',
  sign: 'Sign and export this report',
  records: 'Show what was exported and filed of this report',
  version: 'Begin the next version of this report',
  findings: 'Show the findings',
  clocks: 'Show the due times',
  preview: 'Show the preview',
  evidence: 'Show the evidence',
  tray: 'Show the tray',
  hide: 'Hide the panel',
  next: 'Go to the next finding',
  previous: 'Go to the previous finding',
  mend: 'Fix the finding here',
  explain: 'Give a reason for the finding here',
  addTime: 'Go to the timeline',
  rename: 'Rename this report',
  addHeading: 'Add a heading of your own',
  /** Said where a key leads nowhere. */
  nothingWaits: 'No text waits to be placed.',
  noClocks: 'This form has no due times.',
  onlyInText: 'Links and values go into running text. Put the caret there first.',
  addSigner: 'Add a signer',
  zone: 'Choose the time zone of this report',
}
