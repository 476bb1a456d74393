// What the timeline and its chart say.
import type { Role } from '../host/types/Role'
import type { Milestone } from '../host/types/Milestone'

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]

/** Every role in the order of an incident's life, as it prints. */
export const roles: Record<Role, string> = {
  impact_start: 'Impact start',
  detected: 'Detected',
  reported: 'Reported',
  logged: 'Logged',
  classified: 'Classified',
  declared: 'Declared',
  bridge: 'Bridge',
  cause_found: 'Cause found',
  partly_restored: 'Partly restored',
  restored: 'Restored',
  closed: 'Closed',
  reviewed: 'Reviewed',
  other: 'Key moment',
}

/** The word printed for a key moment: the author's own where there is one. */
export function roleWords(milestone: Milestone): string {
  return milestone.label?.trim() || roles[milestone.role]
}

export const timeline = {
  name: 'Timeline',
  columns: { time: 'Time', dot: 'Key moment', text: 'What happened', role: 'Role' },
  dayUnknown: 'Day not known',
  about: 'about',
  automated: '(automated)',
  phase: (name: string | null) => (name ? `Phase: ${name}` : 'New phase'),
  keyMoment: 'key moment',
  noText: 'nothing written yet',

  entry: 'New entry',
  entryPlaceholder: '0915 what happened, then Enter',
  insert: (before: string) => `New entry before ${before}`,
  empty: 'Nothing has happened yet. Write the first line: a time, then what happened.',
  firstDay: (day: string) => `A line without a day falls on ${day}. Write another day before the time: 2026-10-15 0015 what happened.`,
  keys: [
    'On a row: Enter edits it, R names its key moment, A says that a machine did it, Alt with an arrow moves it, Delete strikes it.',
    'I writes a line above it, P begins a phase there.',
  ],
  edit: {
    date: 'Day',
    datePlaceholder: '2026-10-14',
    time: 'Time',
    timePlaceholder: '21:36',
    text: 'What happened',
    automated: 'A machine did it or said it',
    role: 'Key moment',
    noRole: 'None',
    label: 'In your own words',
    strike: 'Strike this row',
    done: 'Done',
    phase: 'Name of the phase',
    badDate: 'A day is written like 2026-10-14 or 14 October 2026. Empty means not known.',
    badTime: 'A time is written like 21:36, about 21:36 or 23:20–23:50. Empty means not known.',
  },

  roleMenu: 'Key moment',
  ownWords: 'In your own words…',
  noRole: 'No key moment',

  zoneAsk: 'Which zone are these times in?',
  zoneUse: 'Use this zone',
  zoneIs: (zone: [string, string] | null, name: string) => {
    if (!zone) return `All times are in ${name.replaceAll('_', ' ')}.`
    return `All times are in ${zone[0] === zone[1] ? zone[0] : `${zone[0]} (${zone[1]})`}.`
  },
  zoneChange: 'Change',
  zoneKeep: 'Keep it',

  group: 'In the timeline',
  acts: {
    entry: 'Write a timeline entry',
    edit: 'Edit this timeline row',
    role: 'Name the key moment of this row',
    automated: 'Say whether a machine did this',
    above: 'Write an entry above this row',
    phase: 'Begin a phase above this row',
    up: 'Move this row up',
    down: 'Move this row down',
    strike: 'Strike this row',
  },

  added: (words: string) => `Added: ${words}`,
  struck: (words: string) => `Struck: ${words}`,
  moved: (at: number, of: number) => `Moved to row ${at} of ${of}`,
  /** Said where a key of a row does nothing. */
  noKeyMoment: 'A phase is no key moment. R names that of an entry.',
  noMachine: 'A phase is done by nobody. A marks an entry.',
  notTyped: 'Nothing was written: Enter edits this row.',
  wayBack: 'Esc goes back',
  madeAutomated: (is: boolean) => (is ? 'Marked as done by a machine' : 'Marked as done by people'),
}

export const chart = {
  earlier: (count: number) => `${count} earlier`,
  later: (count: number) => `${count} later`,
  impact: 'Impact',
  degraded: 'degraded',
  going: 'not ended',
  alt: (from: string, to: string) => `Timeline from ${from} to ${to}.`,
  altWindow: (service: string, isDown: boolean, from: string, to: string, length: string) =>
    `${service}: ${isDown ? 'down' : 'degraded'} from ${from} to ${to}, ${length}.`,
  altOpen: (service: string, isDown: boolean, from: string) => `${service}: ${isDown ? 'down' : 'degraded'} since ${from}.`,
  altMoments: (moments: string[]) => `Key moments: ${moments.join(', ')}.`,
}
