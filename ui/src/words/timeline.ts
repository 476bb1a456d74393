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
  assumed: 'This prints with the timeline until you say that it is right.',
  settle: 'That is right',
  empty: 'No entries yet. Type the first one: a time, then what happened.',
  firstDay: (day: string) => `A line without a day falls on ${day}. Write another day before the time: 2026-10-15 0015 what happened.`,
  keys: [
    'On a row: Enter edits it, R names its key moment, A marks it as automated, Alt with an arrow moves it, Delete removes it.',
    'I adds an entry above it, P begins a phase there.',
  ],
  edit: {
    date: 'Day',
    datePlaceholder: '2026-10-14',
    time: 'Time',
    timePlaceholder: '21:36',
    text: 'What happened',
    automated: 'Automated',
    role: 'Key moment',
    noRole: 'None',
    label: 'In your own words',
    strike: 'Remove this row',
    done: 'Done',
    phase: 'Name of the phase',
    badDate: 'Write the day as 2026-10-14 or 14 October 2026, or leave it empty if it is not known.',
    badTime: 'Write the time as 21:36, about 21:36 or 23:20–23:50, or leave it empty if it is not known.',
  },

  roleMenu: 'Key moment',
  ownWords: 'In your own words…',
  noRole: 'No key moment',

  zoneAsk: 'Which time zone are these times in?',
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
    automated: 'Mark this row as automated',
    above: 'Write an entry above this row',
    phase: 'Begin a phase above this row',
    up: 'Move this row up',
    down: 'Move this row down',
    strike: 'Remove this row',
  },

  added: (words: string) => `Added: ${words}`,
  struck: (words: string) => `Removed: ${words}`,
  moved: (at: number, of: number) => `Moved to row ${at} of ${of}`,
  /** Said where a key of a row does nothing. */
  noKeyMoment: 'A phase cannot be a key moment. R names that of an entry.',
  noMachine: 'A phase cannot be automated. A marks an entry.',
  notTyped: 'Nothing was written: Enter edits this row.',
  wayBack: 'Esc goes back',
  madeAutomated: (is: boolean) => (is ? 'Marked as automated' : 'No longer marked as automated'),
}

export const chart = {
  earlier: (count: number) => `${count} earlier`,
  later: (count: number) => `${count} later`,
  impact: 'Impact',
  degraded: 'degraded',
  going: 'ongoing',
  alt: (from: string, to: string) => `Timeline from ${from} to ${to}.`,
  altWindow: (service: string, isDown: boolean, from: string, to: string, length: string) =>
    `${service}: ${isDown ? 'down' : 'degraded'} from ${from} to ${to}, ${length}.`,
  altOpen: (service: string, isDown: boolean, from: string) => `${service}: ${isDown ? 'down' : 'degraded'} since ${from}.`,
  altMoments: (moments: string[]) => `Key moments: ${moments.join(', ')}.`,
}
