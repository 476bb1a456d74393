// Due times as a calendar file, for one open report or with null for the library.
import type { Host } from '../host/host'
import type { Sitting } from '../host/types/Sitting'
import { clocks as words } from '../words/clocks'

/** What was written, in words; nothing where the dialog was dismissed. */
export async function exportCalendar(host: Host, sitting: Sitting | null): Promise<string> {
  const path = await host.pickSave(words.fileName, 'ics')
  if (!path) return ''
  return words.exported(await host.exportCalendar(sitting, path), path)
}
