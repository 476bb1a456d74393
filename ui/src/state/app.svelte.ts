// The window's own state: which screen is shown, who answers for the core, what went wrong, and the settings.
// Always true: one screen at a time; going back leads where the person came from, also where the text has moved to another report since.
// Deliberately absent: the open report (session.svelte.ts) and everything that only one screen needs.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { Fault } from '../host/types/Fault'
import type { IntakeSource } from '../host/types/IntakeSource'
import type { Place } from '../host/types/Place'
import type { ReportId } from '../host/types/ReportId'
import type { SaveNews } from '../host/types/SaveNews'
import type { Settings } from '../host/types/Settings'
import type { Sitting } from '../host/types/Sitting'
import { Steps } from './steps.svelte'

export type Screen =
  | { kind: 'library' }
  /** `at`: the place to show first. */
  | { kind: 'editor'; report: ReportId; at?: Place }
  | { kind: 'templates' }
  /** `sitting`: the text that was open, whatever report it is in by now. */
  | { kind: 'sign'; report: ReportId; sitting?: Sitting }
  | { kind: 'verify'; path: string }
  /** A further signature on a file. */
  | { kind: 'further'; path: string }
  /** Files, and folders of them, to be verified together. */
  | { kind: 'batch'; paths: string[] }
  /** `at`: the part to put the keyboard on. */
  | { kind: 'settings'; at?: 'identities' | 'signers' | 'time' | 'data' }
  /** What was deleted. */
  | { kind: 'bin' }
  /** What was exported and filed: of a report with its other versions, or of the library. */
  | { kind: 'records'; report?: ReportId }
  /** Every due time of the library. */
  | { kind: 'due' }
  /** `from`: the text to take in; without it one is asked for. */
  | { kind: 'intake'; from?: IntakeSource; /** Takes up the review that was left last. */ again?: boolean }

/** A report that was left with words and without a title, and what it might be called. */
export interface Untitled {
  report: ReportId
  proposed: string
}

/** A text that another window was faster with, and that goes on in a report of its own. */
export type Parting = Extract<SaveNews, { news: 'kept_both' }>

/** A fault as it stands in the banner. */
export interface Trouble {
  id: number
  fault: Fault
}

const UNTOLD: Settings = { name: '', role: '', organisation: '', theme: 'system', paper: 'a4', authority: '', zoom: 100 }

/** How large everything can be shown, in percent. */
export const ZOOMS = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200] as const

function nextZoom(now: number, by: 1 | -1): number {
  const next = by === 1 ? ZOOMS.find((zoom) => zoom > now) : ZOOMS.findLast((zoom) => zoom < now)
  return next ?? now
}

class App {
  screen = $state.raw<Screen>({ kind: 'library' })
  /** What went wrong and was not yet put aside, oldest first. */
  faults = $state.raw<Trouble[]>([])
  /** The texts that were kept apart, until the person has put the news aside. */
  partings = $state.raw<Parting[]>([])
  settings = $state.raw<Settings>(UNTOLD)
  /** Whether the command palette is open. */
  palette = $state(false)
  /** Whether the help is open. */
  help = $state(false)
  /** How many screens that were left are still putting their work away. */
  finishing = $state(0)
  /** What the library asks a title for. */
  untitled = $state.raw<Untitled | null>(null)
  /** The report that was made last from a text under review, while the way back to it is open. */
  reviewed = $state.raw<ReportId | null>(null)
  #host: Host | undefined
  #steps = new Map<Screen['kind'], Steps>()
  #before: Screen[] = []
  #leaving = new Set<(next: Screen) => void>()
  #told = 0
  #putAway: Promise<unknown> = Promise.resolve()
  /** Done once the window is as large as was asked last. */
  #zooming = Promise.resolve()
  #stopListening: (() => void) | undefined

  get host(): Host {
    if (!this.#host) throw new Error('app.start(host) comes before the first screen')
    return this.#host
  }

  /** The first call of all: names the host and shows the library. */
  start(host: Host) {
    this.#host = host
    this.#before = []
    this.screen = { kind: 'library' }
    this.faults = []
    this.partings = []
    this.palette = false
    this.help = false
    this.untitled = null
    this.reviewed = null
    this.#steps = new Map()
    this.#stopListening?.()
    this.#stopListening = host.onSave((news) => {
      if (news.news !== 'kept_both' || this.partings.some(({ copy }) => copy === news.copy)) return
      this.partings = [...this.partings, news]
      this.follow(news.report, news.copy)
    })
  }

  /** The text of a report is in another one from now on: every screen that showed it shows that, this one without beginning anew. */
  follow(from: ReportId, to: ReportId) {
    for (const screen of [...this.#before, this.screen]) if ('report' in screen && screen.report === from) screen.report = to
  }

  /** Puts the news of a text that was kept apart aside. */
  settle(copy: ReportId) {
    this.partings = this.partings.filter((one) => one.copy !== copy)
  }

  /** What was taken away on a screen, and the way back. It outlives the screen. */
  steps(kind: Screen['kind']): Steps {
    const steps = this.#steps.get(kind) ?? new Steps()
    this.#steps.set(kind, steps)
    return steps
  }

  async fetchSettings() {
    this.settings = await this.host.settings()
  }

  /** Fetches the settings, and shows everything as large as they say. */
  async begin() {
    await this.fetchSettings()
    if (this.settings.zoom !== 100) await this.host.zoom(this.settings.zoom)
  }

  async keepSettings(settings: Settings) {
    await this.host.setSettings(settings)
    this.settings = settings
  }

  /** Shows everything one step larger or smaller. */
  zoom(by: 1 | -1): Promise<void> {
    return this.zoomTo(nextZoom(this.settings.zoom, by))
  }

  canZoom(by: 1 | -1): boolean {
    return nextZoom(this.settings.zoom, by) !== this.settings.zoom
  }

  /** Keys may come faster than the window follows: each counts from where the one before will lead. */
  zoomTo(zoom: number): Promise<void> {
    const before = this.settings.zoom
    this.settings = { ...this.settings, zoom }
    const follow = async () => {
      try {
        await this.host.zoom(zoom)
        await this.host.setSettings({ ...this.settings, zoom })
      } catch (fault) {
        if (this.settings.zoom === zoom) this.settings = { ...this.settings, zoom: before }
        throw fault
      }
    }
    const followed = this.#zooming.then(follow)
    this.#zooming = followed.catch(() => undefined)
    return followed
  }

  /** Told of the next screen while this one is still there, until the answer is called. */
  onLeave(listener: (next: Screen) => void): () => void {
    this.#leaving.add(listener)
    return () => this.#leaving.delete(listener)
  }

  show(screen: Screen) {
    for (const listener of this.#leaving) listener(screen)
    if (screen.kind === 'library') this.#before = []
    else if (!same(screen, this.screen)) this.#before.push(this.screen)
    this.screen = screen
  }

  /** Shows a screen in the place of this one, to which no way leads back. */
  instead(screen: Screen) {
    this.screen = screen
  }

  /** The screen that `back` leads to. */
  get previous(): Screen {
    return this.#before.at(-1) ?? { kind: 'library' }
  }

  back() {
    this.screen = this.#before.pop() ?? { kind: 'library' }
  }

  /** Puts what was thrown into the banner. What the person cancelled is no news to them. */
  report(thrown: unknown) {
    const fault = asFault(thrown)
    if (fault.code === 'cancelled') return
    this.faults = [...this.faults.filter((t) => t.fault.code !== fault.code), { id: ++this.#told, fault }]
  }

  dismiss(id: number) {
    this.faults = this.faults.filter((t) => t.id !== id)
  }

  /** Does `act`; a fault goes into the banner, and the answer is then undefined. */
  async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (thrown) {
      this.report(thrown)
      return undefined
    }
  }

  /** Does what a screen leaves behind when it goes (its last save), as `attempt` does; `finishing` counts it meanwhile. */
  async finish(act: () => Promise<void>): Promise<void> {
    this.finishing += 1
    const done = this.attempt(act)
    this.#putAway = Promise.all([this.#putAway, done])
    await done
    this.finishing -= 1
  }

  /** Resolves once all screens that were left have put their work away: what is opened before that may be older than what was typed last. */
  async putAway(): Promise<void> {
    await this.#putAway
  }
}

/** One kind of screen never stands twice in a row on the way back, whatever it shows. */
function same(a: Screen, b: Screen): boolean {
  return a.kind === b.kind
}

export const app = new App()
