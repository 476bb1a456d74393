// What the due times say: of one report beside it, of the whole library on a screen of their own.
import type { ClockState } from '../host/types/ClockState'
import type { EventOrigin } from '../host/types/EventOrigin'
import { counted, listed } from './counts'
import { roughLength } from './lengths'

export const clocks = {
  label: 'Due times',
  lead: 'Nothing starts by itself: a due time counts from what you record below.',
  due: 'What is due',
  events: 'What they count from',
  zone: (zone: string) => (zone === 'UTC' ? 'Times in UTC.' : `Times in ${zone.replaceAll('_', ' ')}, and in UTC.`),
  noZone: 'Nothing is counted before the report says in which zone its times are.',
  state: (state: ClockState, left: number | null): string => {
    switch (state.is) {
      case 'not_started':
        return 'Not started'
      case 'running':
        return left === null ? 'Running' : `${roughLength(left)} left`
      case 'due_soon':
        return left === null ? 'Due soon' : `Due soon: ${roughLength(left)} left`
      case 'late':
        return `${roughLength(state.minutes)} late`
      case 'filed':
        return state.late === null ? 'Filed' : `Filed, ${roughLength(state.late)} late`
      case 'promptly':
        return 'Without undue delay'
      case 'not_counted':
        return 'Not counted'
      case 'unverified':
        return state.late === null ? 'Rule not verified' : `${roughLength(state.late)} late, if the rule holds`
    }
  },
  missing: (events: string[]) => `Starts with ${listed(events.map((event) => `“${event}”`))}.`,
  waits: (events: string[]) => `The latest possible: ${listed(events.map((event) => `“${event}”`))} may bring it forward.`,
  notVerified: 'This rule was not read in the instrument itself: a day to look at, not one to rely on.',
  source: (source: string) => `Read in: ${source}`,
  yes: 'Yes',
  no: 'No',
  open: 'Not said',
  file: 'Record that it was filed',
  filedAt: 'Submitted on',
  reasons: 'Why it was late',
  /** The regime's own words, as the rule quotes them. */
  asked: (reasons: string) => `The rule asks for ${reasons.replace(/\.$/, '')}.`,
  wouldAsk: (reasons: string) => `If it will be late, the rule asks for ${reasons.replace(/\.$/, '')}.`,
  writeReasons: 'Write them in the form',
  lastFile: (name: string) => `What was submitted is ${name}`,
  keep: 'Record it',
  cancel: 'Cancel',
  filed: (moment: string) => `Submitted ${moment}`,
  hash: 'SHA-256',
  unfile: 'Take the record back',
  pattern: (order: 'day_month' | 'month_day') => `${order === 'month_day' ? 'mm/dd/yyyy' : 'dd/mm/yyyy'} hh:mm`,
  /** A moment that cannot be read, and how to write one. */
  unread: (typed: string, order: 'day_month' | 'month_day') => `“${typed}” is not a day and time. Write it as ${order === 'month_day' ? '10/31/2026' : '31/10/2026'} 14:05.`,
  unclear: (why: string) => why.charAt(0).toUpperCase() + why.slice(1) + '.',
  onlyDay: 'Only the day is known: limits in hours need a time too.',
  origins: {
    timeline: 'from the timeline', filing: 'from what was filed before',
  } satisfies Partial<Record<EventOrigin, string>>,
  inForm: (label: string) => `Answers “${label}” in the form`,
  recordAnother: 'Record another time',
  export: 'Calendar file…',
  exported: (count: number, path: string) => `${counted(count, 'due time')} written to ${path}.`,
  fileName: 'Due times.ics',

  screen: 'Due times',
  screenLead: 'Of every report in the library, the soonest first.',
  count: (open: number) => (open === 0 ? 'Nothing is due' : `${open} open`),
  columns: { when: 'Due', left: 'How far', due: 'What', report: 'Report', form: 'Form' },
  nothing: 'No report in the library has a form with due times.',
  noDay: 'No day yet',
  keys: 'Enter opens the report at its due times',
  loading: 'Looking through the library…',
}
