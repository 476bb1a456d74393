// What the editor says: the bar, the outline, the form and the papers kept beside it.
import type { ActionKind } from '../host/types/ActionKind'
import type { ActionState } from '../host/types/ActionState'
import type { Annex } from '../host/types/Annex'
import type { DateOrder } from '../host/types/DateOrder'
import type { ImpactState } from '../host/types/ImpactState'
import type { LessonKind } from '../host/types/LessonKind'
import type { PartState } from '../host/types/PartState'
import type { TlpLabel } from '../host/types/TlpLabel'
import type { Outgoing } from '../host/types/Outgoing'

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const bar = {
  back: 'Library',
  title: 'Title of this report',
  draft: 'Draft',
  signed: 'Signed',
  saved: (time: string) => `Saved ${time}`,
  saving: 'Saving…',
  unsaved: 'Not saved',
  notSaved: (why: string) => `Not saved: ${why}`,
  retrying: 'Your text is kept here and saving is tried again.',
  savedAgain: 'Saved again.',
  commands: 'Commands',
  sign: 'Sign and export',
  showPanel: 'Show the panel',
  elsewhere: 'This library is open in another window too. Whatever both change is kept twice, never overwritten.',
  keptBoth: 'Another window changed this report meanwhile. Your text was kept as a report of its own.',
  openCopy: 'Open it',
  opening: 'Opening the report…',
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
  notOffered: (lines: string[]) => `Not one of these, and kept as written: ${lines.join('; ')}`,
  noneIsAnAnswer: 'Required, “None” is an answer',
  example: (example: string) => `Example: ${example}`,
  pattern: (order: DateOrder, timed: boolean) => `${order === 'month_day' ? 'mm/dd/yyyy' : 'dd/mm/yyyy'}${timed ? ' hh:mm' : ''}`,
  qualifier: 'What this stands for',
  qualifierOf: (label: string) => `What the answer to “${label}” stands for`,
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
  computedFrom: (from: string, to: string, clock: string) => `Computed from ${from} to ${to}. Clock: ${clock}.`,
  computedLater: (from: string, to: string) => `Computed once “${from}” and “${to}” are given.`,
  writeAnother: 'Write it yourself',
  useComputed: 'Use the computed length',
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
  guidance: 'What stands around the text: from whom, to whom, where and when.',
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
  annexEmpty: 'Printed as an annex once there is something in it',
  never: 'This form prints no additions: kept here for your own use',
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
  guidance: 'What happened, in order. One line an entry: the time, then what happened.',
}

export const linked = {
  label: 'Linked incidents',
  incident: 'Incident',
  linked: 'Linked incident',
  nature: 'Nature of link',
  guidance: 'Other incidents that this one hangs together with. This form has no heading for them.',
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
  guidance: 'What was promised, and what was reached. This form has no heading for them.',
  measure: 'Target',
  target: 'Promised',
  actual: 'Reached',
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
  guidance: 'The words of the drawings that came with this report. The lines and boxes stay as they are.',
  caption: 'Caption',
  node: (at: number) => `Box ${at}`,
  note: (at: number) => `Note to box ${at}`,
  edge: (from: string, to: string) => `Line from ${from} to ${to}`,
  of: (field: string, at: number) => `${field}, drawing ${at}`,
}

export const impact = {
  label: 'Downtime',
  guidance: 'When which service suffered. Start and end come from the timeline, or are typed.',
  service: 'Service',
  state: 'State',
  from: 'From',
  to: 'To',
  length: 'Length',
  states: { down: 'Down', degraded: 'Degraded' } satisfies Record<ImpactState, string>,
  lasting: 'Still lasting',
  typed: 'A moment I type…',
  fromTimeline: 'Choose from the timeline',
  unknownRow: 'An entry that is gone',
  momentLabel: (end: string, at: number) => `${end}, row ${at}, day and time`,
  moment: 'day and time',
  unread: 'Write a day and a time, such as 14/10/2026 21:36.',
  empty: 'No span of downtime yet.',
  add: 'Add a span',
  total: (length: string) => `Down for ${length} in all`,
  totalHelp: 'Spans in which a service was down; time in which two overlap counts once.',
  backwards: 'ends before it begins',
}

export const evidence = {
  label: 'Evidence',
  guidance: 'Files that stand behind the report. They travel inside the PDF, each with its fingerprint.',
  count: (count: number) => plural(count, 'file', 'files'),
  empty: 'No file yet. Drop one here, paste one, or choose one.',
  add: 'Add files',
  drop: 'Let go to add',
  caption: (name: string) => `What “${name}” is`,
  captionHint: 'Say what it is',
  hash: 'SHA-256',
  remove: (name: string) => `Remove “${name}”`,
  removeWord: 'Remove',
  adding: (name: string) => `Adding “${name}”…`,
  more: 'Drop or paste more files here.',
}

export const signatures = {
  label: 'Signatures',
  guidance: 'Who signs, and as what. Each gets a place on the last page.',
  part: 'Signs as',
  name: 'Name',
  role: 'Role',
  organisation: 'Organisation',
  empty: 'Nobody signs yet.',
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
  put: 'Put aside',
}

export const acts = {
  group: 'This report',
  undo: 'Undo',
  redo: 'Redo',
  sign: 'Sign and export this report',
  findings: 'Show the findings',
  clocks: 'Show the due times',
  preview: 'Show the preview',
  evidence: 'Show the evidence',
  tray: 'Show what waits in the tray',
  hide: 'Hide the panel',
  next: 'Go to the next finding',
  previous: 'Go to the previous finding',
  mend: 'Mend the finding here',
  explain: 'Say why the finding here may stand',
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
