// Counts who holds a report open, so that a screen that lets go of it does not close it under the next one.
// Always true: a report is closed when nobody has wanted it for a moment, and is never opened while it is being closed.
import type { Opened } from './types/Opened'
import type { ReportId } from './types/ReportId'

interface Door {
  open(report: ReportId): Promise<Opened>
  close(report: ReportId): Promise<void>
}

export function held(door: Door): Door {
  const holders = new Map<ReportId, number>()
  const closing = new Map<ReportId, Promise<void>>()
  const count = (report: ReportId) => holders.get(report) ?? 0

  return {
    async open(report) {
      holders.set(report, count(report) + 1)
      try {
        await closing.get(report)?.catch(() => undefined)
        return await door.open(report)
      } catch (thrown) {
        holders.set(report, count(report) - 1)
        throw thrown
      }
    },
    async close(report) {
      holders.set(report, Math.max(0, count(report) - 1))
      // The next screen asks for it in the same turn in which the last one lets go.
      await new Promise((later) => setTimeout(later))
      if (count(report) > 0) return
      holders.delete(report)
      const done = door.close(report).finally(() => closing.delete(report))
      closing.set(report, done)
      await done
    },
  }
}
