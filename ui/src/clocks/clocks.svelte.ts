// The due times of the open report as the core counts them: asked anew after every edit, and every minute, because time passes.
// Always true: the core counts; an answer that comes after a newer question is thrown away; nothing is asked of a form without due times.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { ClockPanel } from '../host/types/ClockPanel'
import type { DueTime } from '../host/types/DueTime'
import type { FilingRequest } from '../host/types/FilingRequest'
import { reuse } from '../state/reuse'
import type { Session } from '../state/session.svelte'

/** How often the time left is looked at, in milliseconds. */
const TICK = 30_000

export class Clocks {
  panel = $state.raw<ClockPanel | null>(null)
  /** This machine's clock when it was last looked at, in milliseconds since 1970. */
  now = $state(Date.now())
  readonly #host: Host
  readonly #session: Session
  #question = 0

  constructor(host: Host, session: Session) {
    this.#host = host
    this.#session = session
  }

  /** Whether the form knows due times at all. */
  get any(): boolean {
    const { clock, event } = this.#session.report.template
    return clock.length > 0 || (event ?? []).length > 0
  }

  /** The one that presses most: late, else the next that is counted. */
  get next(): DueTime | null {
    const open = (this.panel?.due ?? []).filter(({ state, at }) => at !== null && (state.is === 'late' || state.is === 'due_soon' || state.is === 'running'))
    return open.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))[0] ?? null
  }

  /** Asks the core until the answer is called. */
  watch(): () => void {
    const tick = setInterval(() => {
      this.now = Date.now()
      void this.ask()
    }, TICK)
    return () => clearInterval(tick)
  }

  async ask(): Promise<void> {
    if (!this.any) return
    const question = ++this.#question
    const panel = await this.#host.clocks(this.#session.sitting)
    if (question !== this.#question) return
    this.now = Date.now()
    this.panel = reuse(this.panel, panel)
  }

  /** Records a filing. A moment that cannot be read is the form's to tell, beside its field; whatever else fails is told like any fault. */
  async file(request: FilingRequest): Promise<'filed' | 'unread' | 'failed'> {
    let unread = false
    const edited = await this.#session.act(async () => {
      try {
        return await this.#host.recordFiling(this.#session.sitting, request)
      } catch (thrown) {
        if (asFault(thrown).facts['field'] !== 'moment') throw thrown
        unread = true
        return null
      }
    }, true)
    return unread ? 'unread' : edited ? 'filed' : 'failed'
  }
}

/** Whole minutes until a due time; none without one, or once it has passed. */
export function minutesLeft({ at }: DueTime, now: number): number | null {
  const left = at === null ? NaN : Math.floor((Date.parse(at) - now) / 60_000)
  return left >= 0 ? left : null
}
