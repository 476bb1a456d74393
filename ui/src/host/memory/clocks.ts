// What stands in for the core's due times: the form's events and clocks with what was recorded for them. Deliberately absent: counting,
// calendars, what is late. The core has those.
import type { ClockPanel } from '../types/ClockPanel'
import type { DueTime } from '../types/DueTime'
import type { Edit } from '../types/Edit'
import type { EventStanding } from '../types/EventStanding'
import type { FilingRequest } from '../types/FilingRequest'
import type { LibraryDue } from '../types/LibraryDue'
import type { Report } from '../types/Report'

export function panel(report: Report): ClockPanel {
  return { zone: report.zone, events: events(report), due: due(report), last_file: null }
}

export function rows(report: Report): LibraryDue[] {
  const { title, template } = report
  return due(report).map((one) => ({ report: report.id, name: title, template: template.short_title, due: one }))
}

export function filed(report: Report, { clock, moment, reasons }: FilingRequest, id: string): Edit {
  const at = (report.filings ?? []).length
  const item = { id, clock, moment: { raw: moment }, reasons }
  return { edit: 'filings', change: { change: 'insert', at, item } }
}

function events(report: Report): EventStanding[] {
  return (report.template.event ?? []).map(({ key, label, guidance, field }) => {
    const recorded = report.clock_events?.[key]?.raw
    const raw = recorded ?? (field && report.fields[field]?.raw) ?? ''
    const day = raw.slice(0, 10)
    return { key, label, guidance, origin: recorded ? 'recorded' : raw ? 'form' : 'nowhere', raw, at: raw ? { is: 'day', day } : { is: 'missing' } }
  })
}

function due(report: Report): DueTime[] {
  return report.template.clock.map((rule) => {
    const { key, due: what, clause, source, verified, reasons = '' } = rule
    const filing = (report.filings ?? []).findLast(({ clock }) => clock === key) ?? null
    const known = events(report).find(({ raw }) => raw !== '')
    const state: DueTime['state'] = filing
      ? { is: 'filed', late: null }
      : known
        ? (verified ? { is: 'running' } : { is: 'unverified', late: null })
        : { is: 'not_started', missing: (report.template.event ?? []).slice(0, 1).map(({ label }) => label) }
    return {
      key, due: what, rule: clause, clause, source, verified, state, at: null, day: null, utc: '', words: known ? `after ${known.raw}` : '',
      how: '', waits_for: [], asks: [], calendar: '', reasons, filing,
    }
  })
}
