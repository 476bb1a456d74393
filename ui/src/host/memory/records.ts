// What was exported and filed, and what the library knows of a file, as the screens see it.
import type { KnownFile } from '../types/KnownFile'
import type { Record } from '../types/Record'
import type { Report } from '../types/Report'
import type { ReportState } from '../types/ReportState'
import { reference } from './view'

interface Text {
  report: Report
  state: ReportState
}

/** Each signed report was signed once, and each of its filings handed over. */
export function recordsOf(texts: Text[], at: string): Record[] {
  return texts.flatMap(({ report, state }) => {
    const about = {
      report: report.id, title: report.title, reference: reference(report), version: report.version, form: report.template.short_title,
      audience: report.audience ?? report.template.audience, at, moment: '', signer: '', due: '', file: '', sha256: '', bytes: null,
    }
    const file = { file: `/home/author/Documents/${reference(report) || 'report'} v${report.version}.pdf`, sha256: 'c3'.repeat(32), bytes: 146_375 }
    const signed: Record[] = state === 'signed' ? [{ ...about, ...file, what: 'signed', signer: 'Helen Marsh' }] : []
    const filed = (report.filings ?? []).map(({ clock, moment }): Record => ({ ...about, what: 'filed', at: '', moment: moment.raw, due: clock }))
    return [...filed, ...signed]
  })
}

/** The file "sound.pdf" was made here. */
export function knownFile(path: string, texts: Iterable<Text>): KnownFile | null {
  if (!path.endsWith('/sound.pdf')) return null
  const versions = [...texts].slice(0, 1).map(({ report, state }) => ({ report: report.id, title: report.title, version: report.version, signed: state === 'signed' }))
  return { made_at: '2025-10-16T08:31:40Z', versions }
}
