// Moments as people read them. 24 hours, day before month, on this machine's clock.

const LOCALE = 'en-GB'

/** "14:20" today, "13 Oct 17:12" this year, "13 Oct 2025" before: as a list shows when something was changed. */
export function shortMoment(at: string, now: Date = new Date()): string {
  const then = new Date(at)
  if (Number.isNaN(then.valueOf())) return ''
  if (then.toDateString() === now.toDateString()) return clock(then)
  const day = then.toLocaleDateString(LOCALE, { day: 'numeric', month: 'short' })
  return then.getFullYear() === now.getFullYear() ? `${day} ${clock(then)}` : `${day} ${then.getFullYear()}`
}

/** "15 October 2026, 15:06:12 BST", or with the offset where the zone has no letters of its own. */
export function fullMoment(at: string): string {
  const then = new Date(at)
  if (Number.isNaN(then.valueOf())) return at
  const zone = new Intl.DateTimeFormat(LOCALE, { timeZoneName: 'short' }).formatToParts(then).find((p) => p.type === 'timeZoneName')
  return `${dayWords(at)}, ${then.toLocaleTimeString(LOCALE)} ${zone?.value ?? ''}`.trim()
}

/** "15 October 2026", or where there is little room "15 Oct 2026". */
export function dayWords(at: string, month: 'long' | 'short' = 'long'): string {
  const then = new Date(at)
  if (Number.isNaN(then.valueOf())) return at
  return then.toLocaleDateString(LOCALE, { day: 'numeric', month, year: 'numeric' })
}

function clock(then: Date): string {
  return then.toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' })
}
