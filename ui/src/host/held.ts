// Counts who holds a sitting, so that a screen that lets go of a report does not close it under the next one.
// Always true: a sitting is closed when nobody has wanted it for a moment, and no report is opened while one is being closed.
import type { Opened } from './types/Opened'
import type { ReportId } from './types/ReportId'
import type { Sitting } from './types/Sitting'

interface Door {
  open(report: ReportId, sitting?: Sitting): Promise<Opened>
  close(sitting: Sitting): Promise<void>
}

export function held(door: Door): Door {
  const holders = new Map<Sitting, number>()
  const opening = new Set<Promise<unknown>>()
  const closing = new Set<Promise<unknown>>()
  const count = (sitting: Sitting) => holders.get(sitting) ?? 0

  /** Whatever is under way, however it ends. */
  const settled = (all: Set<Promise<unknown>>) => Promise.allSettled([...all])

  async function through(set: Set<Promise<unknown>>, act: () => Promise<Opened>): Promise<Opened>
  async function through(set: Set<Promise<unknown>>, act: () => Promise<void>): Promise<void>
  async function through(set: Set<Promise<unknown>>, act: () => Promise<unknown>): Promise<unknown> {
    const done = act()
    set.add(done)
    try {
      return await done
    } finally {
      set.delete(done)
    }
  }

  return {
    open: (report, sitting) =>
      through(opening, async () => {
        await settled(closing)
        const opened = await door.open(report, sitting)
        holders.set(opened.sitting, count(opened.sitting) + 1)
        return opened
      }),
    async close(sitting) {
      holders.set(sitting, Math.max(0, count(sitting) - 1))
      // The next screen asks for it in the same turn in which the last one lets go.
      await new Promise((later) => setTimeout(later))
      await settled(opening)
      if (count(sitting) > 0) return
      holders.delete(sitting)
      await through(closing, () => door.close(sitting))
    },
  }
}
