// The open report: what the window shows at once, and what the core has been told of it.
// Always true: an edit is on the screen before the core answers; the core hears of edits in the order they were made, one at a time;
// what it says of the report wins, except over what was typed since; it is one text throughout, in whatever report the core keeps it by then;
// a signed one is changed by nothing before a person has said that its next version begins. Deliberately absent: history and autosave.
import { tick } from 'svelte'
import { apply } from '../host/apply'
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { Attachment } from '../host/types/Attachment'
import type { Edit } from '../host/types/Edit'
import type { Edited } from '../host/types/Edited'
import type { Fault } from '../host/types/Fault'
import type { Finding } from '../host/types/Finding'
import type { Opened } from '../host/types/Opened'
import type { Place } from '../host/types/Place'
import type { Report } from '../host/types/Report'
import type { ReportId } from '../host/types/ReportId'
import type { RichText } from '../host/types/RichText'
import type { SaveNews } from '../host/types/SaveNews'
import type { SectionId } from '../host/types/SectionId'
import type { Sitting } from '../host/types/Sitting'
import type { Source } from '../host/types/Source'
import type { View } from '../host/types/View'
import { passedIn, type Passed } from './passed.svelte'
import { placeKey } from './place'
import { released } from './pressed'
import { reuse } from './reuse'
import { runs } from './runs'
import { Spots, type Words } from './spots'

export interface Save {
  state: 'saved' | 'pending' | 'failed'
  /** When the last edit reached the disk, RFC 3339 in UTC. */
  at: string
  /** Why not, when it failed. */
  fault?: Fault
}

/** A value that text can name ("Date of Incident: 14 October 2026", "Time to restore: 4 h 49 min"). */
export interface Fact {
  key: string
  label: string
  words: string
  /** What it was computed from; none for an answer of the form. */
  from?: string
}

/** One thing the core is to do. */
interface Job {
  ask: () => Promise<Edited | null>
  /** The edit it makes, while there is one: shown again over whatever report comes back first. */
  edit?: Edit
  /** What makes that edit once it is needed: a text being written is not spelled out at every key. */
  make?: () => Edit
  /** What it goes on typing at; the next edit of the same takes its place while it waits. */
  target?: string | undefined
  /** The run of typing it belongs to: what is one step of undo. */
  run?: number | null
  /** Whether a signed report takes it: undo, and what was filed. */
  free?: boolean
  sent: boolean
  settle: (edited: Edited | null) => void
}

/** The core hears of typing this long after the last key, in milliseconds. */
const GATHERED = 200
/** And after the first key not later than this, however fast one types. */
const LONGEST = 400
/** What is shown beside the text is brought up to date once no key was pressed for this long. */
const QUIET = 150
/** Ids kept at hand, so that a new row does not wait. */
const SPARE_IDS = 16

export class Session {
  report: Report = $state.raw() as Report
  view: View = $state.raw() as View
  save: Save = $state.raw() as Save
  /** The author asked for a save, and this is the one that answered: said until the next edit. */
  confirmed = $state(false)
  /** The number of the last edit whose consequences are shown. */
  number = $state(0)
  /** Where the author works. */
  here = $state.raw<Place | null>(null)
  /** The report that its text is in. It changes where another window was first, and from one version to the next. */
  id: ReportId = $state.raw('')
  /** Names this text in everything the core is asked. */
  readonly sitting: Sitting
  /** The versions in question while an edit of a signed report waits for the answer whether the next one begins. */
  asked = $state.raw<{ signed: string; next: string } | null>(null)
  state: Opened['state'] = $state.raw('draft')
  readonly elsewhere: boolean
  readonly spots = new Spots()
  /** Where the author has been. */
  readonly passed: Passed
  /** Pictures in the text. One object for the life of the session. */
  readonly pictures = { add: (file: File) => this.#addPicture(file), url: (attachment: string) => this.#pictureUrl(attachment) }

  readonly #host: Host
  readonly #failed: (thrown: unknown) => void
  readonly #stopListening: () => void
  #jobs: Job[] = []
  #pump: Promise<void> | null = null
  #closed: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the first key of what is gathered was pressed, and the last of all. */
  #began: number | null = null
  #lastKey = -Infinity
  /** The number of the last edit the core has answered, and what it said that is not shown yet. */
  #answered = 0
  #coming: View | null = null
  #showing: ReturnType<typeof setTimeout> | undefined
  #onDisk = { number: 0, at: '' }
  #ids: string[] = []
  #urls: Record<string, Promise<string>> = {}
  #facts: Fact[] = []
  #nextVersion: string
  #answer: (begin: boolean) => void = () => undefined
  /** Whether the person goes on to something else, which answers the question. */
  #going = false
  /** Why the next version could not be begun; what was typed then still waits. */
  #unbegun: unknown = null

  /** What text can name: the fields that have a meaning, in the order of the form, then what the report gives by itself. */
  readonly facts: Fact[] = $derived.by(() => {
    const fields = this.report.template.field.filter((field) => this.view.readings[field.key])
    const computed = (this.view.facts ?? []).map(({ key, label, value, from }): Fact => ({ key, label, words: value, from }))
    const given = fields.map(({ key, label }): Fact => ({ key, label, words: this.view.readings[key]?.words ?? '' }))
    const answers = given.filter(({ key }) => !computed.some((fact) => fact.key === key))
    return (this.#facts = reuse(this.#facts, [...answers, ...computed]))
  })

  /** What the checks found, without what only asks for something at a place where the author has not been yet. */
  readonly findings: Finding[] = $derived(this.view.findings.filter((finding) => !this.passed.waits(finding)))
  /** What is missing where the author has not been yet. */
  readonly waiting: Finding[] = $derived(this.view.findings.filter((finding) => this.passed.waits(finding)))

  /** `failed` hears of every fault that no other sign in the window tells of. */
  constructor(host: Host, opened: Opened, failed: (thrown: unknown) => void) {
    this.#host = host
    this.#failed = failed
    this.id = opened.report.id
    this.sitting = opened.sitting
    this.#nextVersion = opened.next_version ?? ''
    this.passed = passedIn(host, opened.report.id)
    this.state = opened.state
    this.elsewhere = opened.elsewhere
    this.report = opened.report
    this.view = opened.view
    this.save = { state: 'saved', at: opened.saved_at }
    this.#onDisk = { number: 0, at: opened.saved_at }
    this.#stopListening = host.onSave((news) => this.#hear(news))
    void this.#fetchIds()
  }

  static async open(host: Host, report: ReportId, failed: (thrown: unknown) => void): Promise<Session> {
    return new Session(host, await host.open(report), failed)
  }

  /** Shows an edit at once and tells the core. `whole` asks the report back, when the core may word it differently. */
  edit(edit: Edit, whole = false) {
    this.#spellOut()
    this.report = apply(this.report, edit)
    this.#gather({ edit, target: targetOf(edit) }, whole)
  }

  /** A section's text is being written. The editor shows it already; it is spelled out when the core is told, not at every key. */
  write(section: SectionId, body: () => RichText) {
    this.#gather({ make: () => ({ edit: 'body', section, body: body() }), target: `body:${section}` }, false)
  }

  #gather({ edit, make, target }: Pick<Job, 'edit' | 'make' | 'target'>, whole: boolean) {
    if (this.save.state !== 'pending') this.save = { ...this.save, state: 'pending' }
    if (this.confirmed) this.confirmed = false
    const run = target ? runs.take() : null
    let job = this.#jobs.at(-1)
    if (!job || job.sent || !target || job.target !== target || job.run !== run) {
      job = { ask: () => Promise.resolve(null), target, run, sent: false, settle: () => undefined }
      this.#jobs.push(job)
    }
    const made: Job = Object.assign(job, { edit, make, free: edit?.edit === 'filings' })
    made.ask = () => this.#host.edit(this.sitting, spelt(made), whole, run)
    if (target) this.#waitForMore()
    else void this.#send()
  }

  #waitForMore() {
    const now = performance.now()
    this.#lastKey = now
    this.#began ??= now
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), Math.max(0, Math.min(GATHERED, this.#began + LONGEST - now)))
  }

  /** The report says what the texts being written say. */
  #spellOut() {
    for (const job of this.#jobs) if (job.make && !job.edit) this.report = apply(this.report, spelt(job))
  }

  /** Tells the core now what waits; resolves once it has answered everything, and what it said is shown. */
  async flush(): Promise<void> {
    await this.#send()
    this.#showBeside()
  }

  #send(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#began = null
    this.#spellOut()
    this.#pump ??= this.#work().finally(() => (this.#pump = null))
    return this.#pump
  }

  /** The answer to the question that `asked` holds: whether the next version begins with what was typed. */
  answer(begin: boolean) {
    this.#answer(begin)
  }

  /** As `flush`, for one who goes on to something else: who leaves the question open has not taken back what they typed. */
  async finish(): Promise<void> {
    this.#going = true
    this.answer(true)
    try {
      await this.flush()
    } finally {
      this.#going = false
    }
    if (this.#unbegun && this.#jobs.length > 0) throw this.#unbegun
  }

  /** Begins the next version of a signed report, without a key typed into it. */
  async beginVersion(): Promise<void> {
    if (this.asked) return this.answer(true)
    await this.#ask(async () => (this.#become(await this.#host.beginVersion(this.sitting)), null), true)
  }

  /** What waits for the answer to the question is what was done last: taking it back is the answer. */
  async undo(): Promise<void> {
    if (this.asked) return this.answer(false)
    return this.#step(() => this.#host.undo(this.sitting))
  }

  redo(): Promise<void> {
    return this.#step(() => this.#host.redo(this.sitting))
  }

  /** Reads typed timeline lines and puts them before row `at`, in one edit; null puts them last. */
  async jot(lines: string[], at: number | null): Promise<void> {
    await this.#ask(() => this.#host.jot(this.sitting, lines, at))
  }

  /** Adds a file; nothing when the core refuses it. */
  async attach(name: string, bytes: Uint8Array, evidence: boolean): Promise<Attachment | null> {
    let known: string[] = []
    const edited = await this.#ask(() => {
      known = this.report.attachments.map(({ id }) => id)
      return this.#host.attach(this.sitting, name, bytes, evidence)
    })
    return edited?.report?.attachments.find(({ id }) => !known.includes(id)) ?? null
  }

  /** Something else the core does to the report, in its turn; nothing when it refuses. `free`: a signed report takes it. */
  act(run: () => Promise<Edited | null>, free = false): Promise<Edited | null> {
    return this.#ask(run, free)
  }

  /** A fresh id for a row. */
  async newId(): Promise<string> {
    if (this.#ids.length === 0) await this.#fetchIds()
    const id = this.#ids.pop()
    if (this.#ids.length < SPARE_IDS / 2) void this.#fetchIds()
    if (!id) throw new Error('the core gave no ids')
    return id
  }

  ids = (count: number): Promise<string[]> => this.#host.ids(count)

  /** Shows a place, or a row of it, and puts the keyboard there. */
  goto(place: Place, row: number | null = null, words?: Words) {
    if (this.spots.show(place, row, words)) this.here = place
  }

  /** Shows one side of a finding, and puts the keyboard on the words it means. */
  gotoSource({ place, row, text, span }: Source) {
    if (span) this.goto(place, row, { text, from: span[0], to: span[1] })
    else this.goto(place, row)
  }

  /** Whether the author works at that place now. */
  isHere(place: Place): boolean {
    return this.here !== null && placeKey(this.here) === placeKey(place)
  }

  /** Saves what is unsaved now, and says that it is. */
  async saveNow(): Promise<void> {
    await this.finish()
    await this.#host.save(this.sitting)
    this.confirmed = true
  }

  /** Saves what is unsaved and lets go of the report. */
  close(): Promise<void> {
    // One that could not be closed is tried again.
    this.#closed ??= this.#close().catch((thrown: unknown) => {
      this.#closed = undefined
      throw thrown
    })
    return this.#closed
  }

  async #close() {
    await this.finish()
    clearTimeout(this.#showing)
    this.#stopListening()
    for (const url of Object.values(this.#urls)) void url.then((found) => URL.revokeObjectURL(found)).catch(() => undefined)
    await this.#host.close(this.sitting)
  }

  #ask(ask: () => Promise<Edited | null>, free = false): Promise<Edited | null> {
    return new Promise((settle) => {
      this.#jobs.push({ ask, free, sent: false, settle })
      void this.#send()
    })
  }

  async #step(step: () => Promise<Edited | null>) {
    runs.part()
    const edited = await this.#ask(step, true)
    if (!edited) return
    await tick()
    this.goto(edited.place)
  }

  async #work() {
    for (let job = this.#jobs[0]; job; job = this.#jobs[0]) {
      this.#spellOut()
      if (this.state === 'signed' && !job.free) {
        const begun = await this.#mayBegin()
        if (begun === 'failed') return
        if (begun === 'no') await this.#drop()
        continue
      }
      job.sent = true
      try {
        const edited = await job.ask()
        this.#jobs.shift()
        if (edited) this.#take(edited)
        else this.#settleSave()
        job.settle(edited)
      } catch (thrown) {
        this.#jobs.shift()
        this.#failed(thrown)
        // What the core refuses goes from the screen; what it could not do otherwise stays there, for whoever typed it.
        if ((job.edit || job.make) && asFault(thrown).code !== 'no_such_report') await this.#reload()
        job.settle(null)
      }
    }
  }

  /** Asks whether the next version begins, and begins it; whoever types on meanwhile goes on with what waits. */
  async #mayBegin(): Promise<'yes' | 'no' | 'failed'> {
    const signed = this.report.version
    const answered = new Promise<boolean>((answer) => {
      this.#answer = answer
      this.asked = { signed, next: this.#nextVersion }
    })
    const yes = this.#going || (await answered)
    this.#answer = () => undefined
    this.asked = null
    if (!yes) return 'no'
    try {
      this.#become(await this.#host.beginVersion(this.sitting))
      this.#unbegun = null
      return 'yes'
    } catch (thrown) {
      this.#unbegun = thrown
      this.#failed(thrown)
      return 'failed'
    }
  }

  /** Lets go of what waits, and shows the report as it is signed. */
  async #drop() {
    for (const job of this.#jobs.splice(0)) job.settle(null)
    await this.#reload()
  }

  #take(edited: Edited) {
    this.#answered = Math.max(this.#answered, edited.number)
    this.state = edited.state
    this.#coming = edited.view
    if (edited.report) {
      // Undo has led back to what was signed, and that is on disk.
      if (edited.report.id !== this.id && edited.state === 'signed') this.#onDisk = { ...this.#onDisk, number: edited.number }
      this.#show(edited.report)
    }
    if (edited.report) this.#showBeside()
    else this.#showSoon()
    this.#settleSave()
  }

  /** What the core found is shown once the keys rest, for it would only change again, and never while a button is being pressed. */
  #showSoon() {
    clearTimeout(this.#showing)
    const rest = this.#lastKey + QUIET - performance.now()
    if (rest <= 0) released(() => this.#showBeside())
    else this.#showing = setTimeout(() => this.#showSoon(), rest)
  }

  #showBeside() {
    clearTimeout(this.#showing)
    if (this.#coming) this.view = reuse(this.view, this.#coming)
    this.#coming = null
    this.number = this.#answered
  }

  /** The core's report, with what it has not heard of yet done again on top. */
  #show(report: Report) {
    this.id = report.id
    const waiting = this.#jobs.flatMap((job) => (job.edit || job.make ? [spelt(job)] : []))
    this.report = reuse(this.report, waiting.reduce(apply, report))
  }

  #become(opened: Opened) {
    this.#nextVersion = opened.next_version ?? this.#nextVersion
    this.state = opened.state
    this.#coming = opened.view
    this.#showBeside()
    this.#show(opened.report)
  }

  /** The screen goes back to what the core holds. */
  async #reload() {
    try {
      this.#become(await this.#host.open(this.id, this.sitting))
      await this.#host.close(this.sitting) // opened once more only to be read: the session goes on holding its own
    } catch (thrown) {
      this.#failed(thrown)
    }
    this.#settleSave()
  }

  #hear(news: SaveNews) {
    if (news.sitting !== this.sitting) return
    switch (news.news) {
      case 'pending':
        if (this.save.state === 'saved') this.save = { ...this.save, state: 'pending' }
        return
      case 'saved':
        this.#onDisk = { number: news.number, at: news.at }
        return this.#settleSave()
      case 'failed':
        this.save = { ...this.save, state: 'failed', fault: asFault(news.fault) }
        return
      case 'kept_both':
        // The text is the same; what it is called is not. It is asked for in its turn, after what is under way.
        this.id = news.copy
        this.#onDisk = { number: news.number, at: news.at }
        void this.#ask(async () => (await this.#reload(), null), true)
    }
  }

  /** News of a save and the answer to the edit it saved may come in either order. */
  #settleSave() {
    if (this.#jobs.length === 0 && this.#onDisk.number >= this.#answered) this.save = { state: 'saved', at: this.#onDisk.at }
  }

  async #fetchIds() {
    try {
      this.#ids.push(...(await this.#host.ids(SPARE_IDS)))
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  async #addPicture(file: File): Promise<{ attachment: string } | null> {
    const added = await this.attach(file.name, new Uint8Array(await file.arrayBuffer()), false)
    return added && { attachment: added.id }
  }

  #pictureUrl(attachment: string): Promise<string> {
    const known = this.#urls[attachment]
    if (known) return known
    const url = this.#host.attachment(this.sitting, attachment).then((bytes) => {
      const type = this.report.attachments.find((one) => one.id === attachment)?.media_type ?? ''
      return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
    })
    url.catch(() => delete this.#urls[attachment])
    this.#urls[attachment] = url
    return url
  }
}

/** The edit of a job, made now where it was not yet. */
function spelt(job: Job): Edit {
  if (!job.edit && job.make) job.edit = job.make()
  if (!job.edit) throw new Error('a job without an edit has nothing to spell out')
  return job.edit
}

/** What an edit goes on typing at; none for an edit that is done in one go. */
function targetOf(edit: Edit): string | undefined {
  switch (edit.edit) {
    case 'title':
    case 'version':
    case 'letter':
    case 'service_level':
      return edit.edit
    case 'answer':
      return `answer:${edit.key}`
    case 'body':
    case 'standing':
    case 'heading':
      return `${edit.edit}:${edit.section}`
    case 'clock_event':
      return `clock_event:${edit.event}`
    case 'language':
    case 'zone':
    case 'annex':
    case 'audience':
    case 'circumstance':
    case 'together':
      return undefined
    default:
      return edit.change.change === 'replace' ? `${edit.edit}:${edit.change.at}` : undefined
  }
}
