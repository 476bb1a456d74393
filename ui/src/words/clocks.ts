// What the due times say: of one report beside it, of the whole library on a screen of their own.
import type { ClockState } from '../host/types/ClockState'
import type { EventOrigin } from '../host/types/EventOrigin'
import { counted, listed } from './counts'
import { lengthLeft, roughLength } from './lengths'

export const clocks = {
  label: 'Due times',
  lead: 'Due times are counted from the events you record below.',
  due: 'What is due',
  events: 'What they are counted from',
  zone: (zone: string) => (zone === 'UTC' ? 'Times in UTC.' : `Times in ${zone.replaceAll('_', ' ')}, and in UTC.`),
  noZone: 'Choose the report’s time zone first: due times are counted in it.',
  state: (state: ClockState, left: number | null): string => {
    switch (state.is) {
      case 'not_started':
        return 'Not started'
      case 'running':
        return left === null ? 'Running' : `${lengthLeft(left)} left`
      case 'due_soon':
        return left === null ? 'Due soon' : `Due soon: ${lengthLeft(left)} left`
      case 'late':
        return `${roughLength(state.minutes)} late`
      case 'filed':
        return state.late === null ? 'Filed' : `Filed, ${roughLength(state.late)} late`
      case 'filed_unclear':
        return 'Filing unclear'
      case 'promptly':
        return 'Without undue delay'
      case 'not_counted':
        return 'Not counted'
      case 'unverified':
        if (state.late !== null) return `${roughLength(state.late)} late, if the rule holds`
        return left === null ? 'Rule not verified' : `${lengthLeft(left)} left, if the rule holds`
    }
  },
  missing: (events: string[]) => `Starts once ${listed(events.map((event) => `“${event}”`))} ${events.length === 1 ? 'is' : 'are'} recorded.`,
  waits: (events: string[]) => `This is the latest; ${listed(events.map((event) => `“${event}”`))} may bring it forward.`,
  unclearFiling: (why: string) => `This filing does not count: ${why}. Record it again with its day, time and zone.`,
  notVerified: 'This rule has not been checked against the legal text. Treat the date as a guide only.',
  source: (source: string) => `Source: ${source}`,
  yes: 'Yes',
  no: 'No',
  open: 'Not answered',
  file: 'Record that it was filed',
  fileAgain: 'Record an update',
  further: (moment: string) => `Updated on ${moment}`,
  filedAt: 'Submitted on',
  reasons: 'Why it was late',
  /** The regime's own words, as the rule quotes them. */
  asked: (reasons: string) => `The rule asks for ${reasons.replace(/\.$/, '')}.`,
  wouldAsk: (reasons: string) => `If it will be late, the rule asks for ${reasons.replace(/\.$/, '')}.`,
  writeReasons: 'Write them in the form',
  lastFile: (name: string) => `The file submitted was ${name}`,
  keep: 'Record it',
  cancel: 'Cancel',
  filed: (moment: string) => `Submitted ${moment}`,
  hash: 'SHA-256',
  unfile: 'Remove this record',
  pattern: (order: 'day_month' | 'month_day') => `${order === 'month_day' ? 'mm/dd/yyyy' : 'dd/mm/yyyy'} hh:mm`,
  /** A moment that cannot be read, and how to write one. */
  unread: (typed: string, order: 'day_month' | 'month_day') => `“${typed}” is not a day and time. Write it as ${order === 'month_day' ? '10/31/2026' : '31/10/2026'} 14:05.`,
  unclear: (why: string) => why.charAt(0).toUpperCase() + why.slice(1) + '.',
  onlyDay: 'Only the day is known. A limit in hours needs a time as well.',
  origins: {
    timeline: 'from the timeline', filing: 'from what was filed before',
  } satisfies Partial<Record<EventOrigin, string>>,
  inForm: (label: string) => `Also answers “${label}” in the form`,
  recordAnother: 'Record another time',
  export: 'Calendar file…',
  exported: (count: number, path: string) => `${counted(count, 'due time')} written to ${path}.`,
  fileName: 'Due times.ics',

  screen: 'Due times',
  screenLead: 'For every report in the library, soonest first.',
  count: (open: number) => (open === 0 ? 'Nothing is due' : `${open} open`),
  columns: { when: 'Due', left: 'Time left', due: 'What', report: 'Report', form: 'Form' },
  nothing: 'No report in the library has a form with due times.',
  noDay: 'No date yet',
  keys: 'Enter opens the report at its due times',
  loading: 'Looking through the library…',
}
