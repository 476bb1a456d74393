// Lengths of time and sizes of files, in the words the page uses too.

const THIN = '\u00a0'

/** "4 h 08 min", "52 min", "3 h", "2 h 20 min"; a length below nothing has a minus. */
export function lengthWords(minutes: number): string {
  const [sign, all] = minutes < 0 ? ['−', -minutes] : ['', minutes]
  const [h, m] = [Math.floor(all / 60), all % 60]
  if (h === 0) return `${sign}${m}${THIN}min`
  if (m === 0) return `${sign}${h}${THIN}h`
  return `${sign}${h}${THIN}h${THIN}${String(m).padStart(2, '0')}${THIN}min`
}

const DAY = 24 * 60

/** "52 min", "31 h 20 min", "3 days", "5 weeks", "9 months", "2 years": a length to live by, not to print. */
export function roughLength(minutes: number): string {
  const days = Math.floor(minutes / DAY)
  if (days < 2) return lengthWords(minutes)
  if (days < 14) return rough(days, 'day')
  if (days < 61) return rough(Math.round(minutes / (7 * DAY)), 'week')
  if (days < 730) return rough(Math.round(minutes / (30.437 * DAY)), 'month')
  return rough(Math.round(minutes / (365.25 * DAY)), 'year')
}

/** "52 min", "31 h 20 min", "2 d 14 h", "5 weeks": what is left until a moment, where the hours still matter for a fortnight. */
export function lengthLeft(minutes: number): string {
  const days = Math.floor(minutes / DAY)
  if (days < 2 || days >= 14) return roughLength(minutes)
  return `${days}${THIN}d${THIN}${Math.floor((minutes % DAY) / 60)}${THIN}h`
}

function rough(count: number, one: string): string {
  return `${count}${THIN}${one}${count === 1 ? '' : 's'}`
}

/** "4 h 08": where there is little room. */
export function shortLength(minutes: number): string {
  return minutes < 60 ? lengthWords(minutes) : lengthWords(minutes).replace(`${THIN}min`, '')
}

/** "237 bytes", "4.6 kB", "12 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const units = ['kB', 'MB', 'GB']
  let size = bytes / 1000
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)}${THIN}${units[unit]}`
}

/** "14:20:31" on this machine's clock, from RFC 3339. */
export function clockWords(at: string): string {
  const moment = new Date(at)
  if (Number.isNaN(moment.valueOf())) return ''
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}
