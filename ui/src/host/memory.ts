// A host that keeps everything in memory: the window in a browser (`ui:dev`) and in tests, on the shipped samples.
// Always true: nothing outlives the page. Deliberately absent: the core's checks, pages and signatures; see memory/ for what stands in.
import { apply } from './apply'
import type { Host } from './host'
import { filed, panel, rows } from './memory/clocks'
import { fault, Identities, Press, readinessOf } from './memory/filing'
import { find as findWords, replacing } from './memory/find'
import { guess, LETTERS, split } from './memory/intake'
import { print, type Printed } from './memory/paper'
import { jotted, understood } from './memory/read'
import { blank, card, SAMPLES, TEMPLATES } from './memory/samples'
import { isFolder, judged, marked, NAMES, placesOf, verdict } from './memory/verdicts'
import { knownFile, recordsOf } from './memory/records'
import { plain, reference, viewOf } from './memory/view'
import type { ConfirmedSigner } from './types/ConfirmedSigner'
import type { Edit } from './types/Edit'
import type { Edited } from './types/Edited'
import type { Opened } from './types/Opened'
import type { Place } from './types/Place'
import type { IntakeSource } from './types/IntakeSource'
import type { Report } from './types/Report'
import type { ReportState } from './types/ReportState'
import type { SaveNews } from './types/SaveNews'
import type { Settings } from './types/Settings'
import type { ShelfRow } from './types/ShelfRow'
import type { TemplateCard } from './types/TemplateCard'

export interface Beginning {
  /** What lies in the library: nothing, the two samples and a few drafts, or hundreds. */
  shelf?: 'empty' | 'typical' | 'many'
  identities?: boolean
  elsewhere?: boolean
  /** What the open and save dialogs answer; null dismisses them. */
  pick?: string | null
  /** Milliseconds that each step of an export takes. */
  pace?: number
  now?: () => Date
}

/** The host, and what only a test may do with it. */
export interface Memory extends Host {
  drop(paths: string[]): void
  news(news: SaveNews): void
  /** What the window asks before it closes. */
  leave(): Promise<void>
  /** Makes the next call of this name fail. */
  fail(call: keyof Host, thrown: unknown): void
  readonly revealed: string[]
  /** How large the window was asked to be shown. */
  readonly zooms: number[]
  /** The tables that were saved. */
  readonly tables: string[][][]
}

interface Kept {
  report: Report
  state: ReportState
  changedAt: string
  sample: boolean
  /** When it was put in the bin. */
  gone: string | null
  number: number
  undo: { report: Report; place: Place; run?: number | null }[]
  redo: { report: Report; place: Place }[]
}

export function memory(beginning: Beginning = {}): Memory {
  const { shelf = 'typical', identities = true, elsewhere = false, pick, pace = 120, now = () => new Date() } = beginning
  const kept = new Map<string, Kept>()
  const sittings = new Map<string, Kept>()
  const files = new Map<string, Uint8Array>()
  const printed = new Map<string, Printed>()
  const known = new Identities(identities)
  const press = new Press()
  const saves = new Set<(news: SaveNews) => void>()
  const drops = new Set<(paths: string[]) => void>()
  const closes = new Set<() => Promise<void>>()
  const failing = new Map<string, unknown>()
  const revealed: string[] = []
  const zooms: number[] = []
  const tables: string[][][] = []
  let counted = 0
  let batches = 0
  let held: { name: string; text: string; encoding?: string } | null = null
  let own: TemplateCard[] = []
  let gone: TemplateCard[] = []
  let confirmed: ConfirmedSigner[] = []
  let place = USUAL
  let settings: Settings = { name: '', role: '', organisation: '', theme: 'system', paper: 'a4', authority: '', zoom: 100 }

  const newId = () => `0199e8f5-1580-7000-9000-${(++counted).toString(16).padStart(12, '0')}`
  const at = () => now().toISOString()

  function keep(report: Report, more: Partial<Kept> = {}): Kept {
    const one: Kept = {
      report, state: 'draft', changedAt: at(), sample: false, gone: null, number: 0, undo: [], redo: [], ...more,
    }
    kept.set(report.id, one)
    return one
  }

  /** A sitting leads to the text it was opened with; a report to itself. */
  function find(id: string): Kept {
    const one = sittings.get(id) ?? kept.get(id)
    if (!one) throw fault('no_such_report')
    return one
  }

  const view = (one: Kept) => viewOf(one.report, { undo: one.undo.length > 0, redo: one.redo.length > 0 })
  const opened = (one: Kept, sitting = sittingOf(one)): Opened => ({
    sitting, report: one.report, view: view(one), saved_at: one.changedAt, elsewhere, state: one.state,
    ...(one.state === 'signed' ? { next_version: next(one.report.version) } : {}),
  })

  /** The sitting of a report; one for all who have it open. */
  function sittingOf(one: Kept): string {
    const open = [...sittings].find(([, other]) => other === one)
    if (open) return open[0]
    const sitting = `sitting-${newId()}`
    sittings.set(sitting, one)
    return sitting
  }

  const next = (version: string) => version.replace(/\d+$/, (number) => String(Number(number) + 1))

  function saved(one: Kept) {
    one.changedAt = at()
    const sitting = sittingOf(one)
    const { number } = one
    tell({ news: 'pending', sitting })
    setTimeout(() => tell({ news: 'saved', sitting, number, at: at() }), 150)
  }

  function tell(news: SaveNews) {
    for (const listener of saves) listener(news)
  }

  function become(one: Kept, report: Report, place: Place, whole: boolean): Edited {
    one.report = report
    one.number += 1
    saved(one)
    return { number: one.number, report: whole ? report : null, place, view: view(one), state: one.state }
  }

  function change(one: Kept, edit: Edit, whole: boolean, run: number | null = null): Edited {
    if (one.state === 'signed' && edit.edit !== 'filings') throw fault('signed', { version: one.report.version })
    const place = placeOf(edit)
    const last = one.undo.at(-1)
    const goesOn = run !== null && last?.run === run && JSON.stringify(last.place) === JSON.stringify(place)
    if (!goesOn) one.undo.push({ report: one.report, place, run })
    one.redo = []
    return become(one, read(apply(one.report, edit), edit), place, whole)
  }

  function step(one: Kept, from: 'undo' | 'redo', to: 'undo' | 'redo'): Edited | null {
    const last = one[from].pop()
    if (!last) return null
    one[to].push({ report: one.report, place: last.place })
    return become(one, last.report, last.place, true)
  }

  for (const begun of shelves[shelf](newId)) keep(begun.report, begun)

  const host: Host = {
    async shelf({ text, state }) {
      const all = [...kept.values()].filter((one) => !one.gone)
      const has = (one: Kept) => searched(one.report).includes(text.trim().toLowerCase())
      return {
        reports: all
          .filter((one) => (!state || one.state === state) && has(one))
          .sort((a, b) => b.changedAt.localeCompare(a.changedAt))
          .map(row),
        total: all.length,
        drafts: all.filter((one) => one.state === 'draft').length,
        signed: all.filter((one) => one.state === 'signed').length,
        path: place,
        bytes: 221_184 + all.length * 65_536,
        in_bin: [...kept.values()].filter((one) => one.gone).length + gone.length,
        counting: false,
        elsewhere,
      }
    },
    records: async (of) => recordsOf([...kept.values()].filter((one) => !one.gone && (of ? one.report.id === of : !one.sample)), at()),
    exportRecords: async (of) => (await host.records(of)).length,
    templates: async () => [...TEMPLATES.map(card), ...own],
    async addTemplate(path) {
      const faults = path.includes('wrong') ? [{ line: 4, message: '“label” is missing' }, { line: 9, message: 'there is no field “b”' }] : []
      if (faults.length > 0) return { card: null, replaced: false, faults }
      const name = path.split('/').at(-1)?.replace('.toml', '') ?? 'own'
      const added = { ...card(TEMPLATES[0]!), id: name, short_title: name === 'own' ? 'Our own form' : `Form ${name}`, own: true }
      const replaced = own.some(({ id }) => id === name)
      own = [...own.filter(({ id }) => id !== name), added]
      gone = gone.filter(({ id }) => id !== name)
      return { card: added, replaced, faults }
    },
    async removeTemplate(template) {
      const form = own.find(({ id }) => id === template)
      if (!form) throw fault('no_such_template', { template })
      own = own.filter((one) => one !== form)
      gone = [...gone, form]
    },
    async restoreTemplate(template) {
      const form = gone.find(({ id }) => id === template)
      if (!form) throw fault('no_such_template', { template })
      gone = gone.filter((one) => one !== form)
      own = [...own, form]
    },
    async eraseTemplate(template) {
      gone = gone.filter(({ id }) => id !== template)
    },
    async bin() {
      const reports = [...kept.values()].filter((one) => one.gone).sort((a, b) => (b.gone ?? '').localeCompare(a.gone ?? ''))
      return {
        reports: reports.map((one) => ({ ...row(one), removed_at: one.gone ?? '' })),
        forms: gone.map(({ id, short_title }) => ({ id, short_title })),
      }
    },
    async erase(reports) {
      for (const id of reports) if (!find(id).gone) throw fault('no_such_report')
      reports.forEach((id) => kept.delete(id))
      return 0
    },
    async moveLibrary(folder) {
      if (folder.includes('taken')) throw fault('place_taken', { path: `${folder}/library.rapporteur` })
      return (place = `${folder}/library.rapporteur`)
    },
    async useLibrary(folder) {
      place = folder ? `${folder}/library.rapporteur` : USUAL
    },
    settings: async () => settings,
    async setSettings(next) {
      settings = next
    },

    async begin(template) {
      const form = TEMPLATES.find(({ id }) => id === template)
      if (!form) throw fault('no_such_template', { template })
      return opened(keep({ ...blank(form, newId(), newId), title: `New ${form.short_title}` }))
    },
    async beginNextStage(report, template) {
      const earlier = find(report).report
      const next = await this.begin(template)
      next.report.earlier = { report: earlier.id, template: earlier.template.id, version: earlier.version }
      return next
    },
    async beginSample() {
      return opened(keep({ ...SAMPLES[0]!, id: newId() }, { sample: true }))
    },
    open: async (report, sitting) => (sitting && sittings.has(sitting) ? opened(find(sitting), sitting) : opened(find(report))),
    close: async () => undefined,
    async beginVersion(sitting) {
      const one = find(sitting)
      if (one.state === 'draft') return opened(one, sitting)
      const { report, number } = one
      const later = keep({ ...report, id: newId(), version: next(report.version) }, { number: number + 1 })
      sittings.set(sitting, later)
      return opened(later, sitting)
    },
    async remove(report) {
      find(report).gone = at()
    },
    async restore(report) {
      find(report).gone = null
    },
    async withdraw(report) {
      if (find(report).number === 0) kept.delete(report)
      else find(report).gone = at()
    },
    edit: async (report, edit, whole, run) => change(find(report), edit, whole, run),
    undo: async (report) => step(find(report), 'undo', 'redo'),
    redo: async (report) => step(find(report), 'redo', 'undo'),
    async jot(report, lines, index) {
      const one = find(report)
      const { timeline } = one.report
      const place = index ?? timeline.length
      let before = timeline[place - 1]
      const edits = lines.map((line, nth): Edit => {
        const item = (before = jotted(line, newId(), one.report, before))
        return { edit: 'timeline', change: { change: 'insert', at: place + nth, item } }
      })
      return change(one, edits[0] && edits.length === 1 ? edits[0] : { edit: 'together', edits }, true)
    },
    async save(sitting) {
      const one = find(sitting)
      tell({ news: 'saved', sitting, number: one.number, at: at() })
    },
    find: async (report, search) => findWords(find(report).report, search),
    async replace(report, search, replacement, only) {
      const one = find(report)
      const edit = replacing(one.report, search, replacement, only)
      return edit && change(one, edit, true, null)
    },
    ids: async (count) => Array.from({ length: count }, newId),

    clocks: async (report) => panel(find(report).report),
    allDue: async () => [...kept.values()].filter((one) => !one.gone && !one.sample).flatMap((one) => rows(one.report)),
    async recordFiling(report, request) {
      const one = find(report)
      return change(one, filed(one.report, request, newId()), true)
    },
    async exportCalendar(report) {
      const reports = report === null ? [...kept.values()].filter((one) => !one.gone && !one.sample) : [find(report)]
      return reports.flatMap((one) => rows(one.report)).length
    },

    async attach(report, name, bytes, evidence) {
      const one = find(report)
      const id = newId()
      files.set(id, bytes)
      const hash = await crypto.subtle.digest('SHA-256', bytes.slice())
      const sha256 = [...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, '0')).join('')
      const item = { id, name, media_type: mediaType(name), size: bytes.length, sha256, caption: '', evidence }
      return change(one, { edit: 'attachments', change: { change: 'insert', at: one.report.attachments.length, item } }, true)
    },
    async attachment(report, attachment) {
      const bytes = files.get(attachment)
      if (!bytes) throw fault('attachment_missing', { name: attachment })
      return bytes
    },

    async preview(report) {
      const pages = print(find(report).report)
      const token = newId()
      printed.set(token, pages)
      return { token, pages: pages.pages, anchors: pages.anchors, missing_glyphs: [] }
    },
    previewBytes: async (token) => printed.get(token)?.bytes.slice() ?? new Uint8Array(),

    async readiness(report) {
      const one = find(report)
      return readinessOf(one.report, view(one))
    },
    identities: async () => known.all(),
    identityNew: async (request) => known.make(request),
    identityAdd: async (path) => known.add(path),
    lookForTokens: async () => known.look(),
    identityListed: async (path, listed) => known.list(path, listed),
    async export(report, request, progress) {
      const one = find(report)
      const signer = request.sign && known.opens(request.sign.identity, request.sign.passphrase).name
      if (!request.draft && readinessOf(one.report, view(one)).blocking.length > 0) throw fault('blocked')
      const done = await press.run(one.report, request, signer, progress, pace)
      if (signer) one.state = 'signed'
      return done
    },
    handOver: async (report) =>
      find(report).report.title.trim() === '' ? [{ place: { in: 'report' }, message: 'The report has no title.' }] : [],
    cancelExport: async () => press.cancel(),
    async reveal(path) {
      revealed.push(path)
    },

    verify: async (path) => marked(verdict(path), confirmed),
    knownFile: async (path) => knownFile(path, kept.values()),
    async toSign(path) {
      const found = marked(verdict(path), confirmed)
      const refused = ['sound', 'not_signed'].includes(found.bottom_line) ? null : fault('not_extended', { path, reason: 'the file was changed after it was signed' })
      return { verification: found, places: refused ? [] : placesOf(found), refused }
    },
    async signFurther(request, progress) {
      const { name } = known.opens(request.sign.identity, request.sign.passphrase)
      return press.sign(request, name, progress, pace)
    },
    async extend(request, asking) {
      return press.extend(request, verdict(request.path), settings.authority, asking, pace)
    },
    async verifyMany(paths, news) {
      const mine = ++batches
      const all = paths.flatMap((path) => (isFolder(path) ? NAMES.map((name) => `${path}/${name}`) : [path]))
      news({ news: 'found', files: all.length })
      for (const path of all) {
        await new Promise((later) => setTimeout(later, pace / 10))
        if (batches !== mine) return
        news({ news: 'judged', file: judged(path, confirmed) })
      }
    },
    async stopVerifying() {
      batches += 1
    },
    async saveTable(table) {
      tables.push(table)
    },
    confirmedSigners: async () => confirmed,
    async confirmSigner(fingerprint, name, organisation) {
      const one = { fingerprint, name, organisation, at: at() }
      confirmed = [one, ...confirmed.filter((other) => other.fingerprint !== fingerprint)]
      return one
    },
    async forgetSigner(fingerprint) {
      confirmed = confirmed.filter((other) => other.fingerprint !== fingerprint)
    },
    isPdf: async (path) => /\.pdf$/i.test(path),
    isFolder: async (path) => isFolder(path),
    fileBytes: async () => print(SAMPLES[0]!).bytes,
    async openNextVersion(path) {
      verdict(path)
      return opened(keep({ ...SAMPLES[0]!, id: newId(), version: '1.1' }))
    },

    async intakeRead(from) {
      if (from.from === 'file' && from.path.endsWith('.json')) return { is: 'ours', path: from.path }
      held = foreign(from)
      return { is: 'split', name: held.name, intake: split(held.text, TEMPLATES, newId), ...(held.encoding ? { encoding: guess(held.encoding) } : {}) }
    },
    async intakeAgain(choices) {
      if (!held) throw fault('refused', { reason: 'no text has been opened or pasted yet' })
      const encoding = held.encoding ? { encoding: guess(held.encoding) } : {}
      return { is: 'split', name: held.name, intake: split(held.text, TEMPLATES, newId, choices), ...encoding }
    },
    async intakeAccept(choices) {
      if (!held) throw fault('refused', { reason: 'no text has been opened or pasted yet' })
      return opened(keep(split(held.text, TEMPLATES, newId, choices).report))
    },
    async intakeForget() {
      held = null
    },

    pickSave: async (name) => (pick === undefined ? `/home/author/Documents/${name}` : pick),
    pickOpen: async (kind) => (pick === undefined ? `/home/author/Documents/${{ p12: 'approver.p12', toml: 'own.toml', pdf: 'sound.pdf', any: 'sound.pdf' }[kind]}` : pick),
    pickPdfs: async () => (pick === null ? [] : [pick ?? '/home/author/Documents/sound.pdf']),
    pickFolder: async () => (pick === undefined ? '/media/disk/reports' : pick),
    onSave: (listener) => listening(saves, listener),
    onDrop: (listener) => listening(drops, listener),
    onClose: (listener) => listening(closes, listener),
    zoom: async (percent) => void zooms.push(percent),
    painted: async () => undefined,
  }

  return Object.assign(failable(host, failing), {
    revealed,
    zooms,
    tables,
    drop: (paths: string[]) => drops.forEach((listener) => listener(paths)),
    news: tell,
    leave: async () => void (await Promise.all([...closes].map((finish) => finish()))),
    fail: (call: keyof Host, thrown: unknown) => void failing.set(call, thrown),
  })
}

/** What a file from elsewhere says. */
/** What stands in for a text from elsewhere; the file "letters.txt" leaves its letters open. */
function foreign(from: IntakeSource): { name: string; text: string; encoding?: string } {
  if (from.from === 'pasted') return { name: 'pasted text.txt', text: from.text }
  const name = from.path.split('/').at(-1) ?? ''
  const encoding = from.encoding ?? 'windows-1252'
  return name === 'letters.txt' ? { name, text: LETTERS[encoding]?.text ?? '', encoding } : { name, text: FOREIGN }
}

/** Where the library lies until it is moved. */
const USUAL = '/home/author/.local/share/rapporteur/library.rapporteur'

const FOREIGN = 'Region / Location impacted\nSouth Region only.'

type Begun = { report: Report } & Partial<Kept>

const shelves: Record<NonNullable<Beginning['shelf']>, (newId: () => string) => Begun[]> = {
  empty: () => [],
  typical: (newId) => [
    { report: SAMPLES[0]!, sample: true, changedAt: '2026-10-16T08:31:00Z' },
    { report: SAMPLES[1]!, state: 'signed', changedAt: '2026-10-17T09:12:00Z' },
    { report: { ...blank(TEMPLATES[0]!, newId(), newId), title: 'Prepayment top-ups not delivered, 14 October' }, changedAt: '2026-11-02T14:20:00Z' },
  ],
  many: (newId) =>
    Array.from({ length: 240 }, (_, i): Begun => {
      const report = SAMPLES[i % 2]!
      const title = `${report.title}: a title that goes on for as long as its author found necessary to tell it from number ${i}`
      const changedAt = new Date(Date.parse('2026-11-01T09:00:00Z') - i * 7_000_000).toISOString()
      return { report: { ...report, id: newId(), title: i % 3 ? report.title : title }, changedAt, state: i % 4 ? 'draft' : 'signed' }
    }),
}

function row({ report, state, changedAt, sample }: Kept): ShelfRow {
  return {
    id: report.id, title: report.title, reference: reference(report), template: report.template.short_title, state,
    changed_at: changedAt, sample, due: null, filed: null,
  }
}

function searched(report: Report): string {
  return [report.title, reference(report), ...report.sections.map(({ body }) => plain(body))].join('\n').toLowerCase()
}

function read(report: Report, edit: Edit): Report {
  if (edit.edit === 'together') return edit.edits.reduce(read, report)
  const answer = edit.edit === 'answer' && report.fields[edit.key]
  if (!answer) return report
  const field = report.template.field.find(({ key }) => key === edit.key)
  return { ...report, fields: { ...report.fields, [edit.key]: understood(answer, field) } }
}

function placeOf(edit: Edit): Place {
  switch (edit.edit) {
    case 'answer':
      return { in: 'field', key: edit.key }
    case 'body':
    case 'standing':
    case 'heading':
      return { in: 'section', section: edit.section, line: null }
    case 'timeline':
      return { in: 'timeline', index: 'at' in edit.change ? edit.change.at : edit.change.to }
    case 'impact':
    case 'actions':
    case 'causes':
    case 'targets':
    case 'lessons':
    case 'diagrams':
    case 'linked':
      return { in: edit.edit }
    case 'attachments':
      return { in: 'evidence' }
    case 'markings':
      return { in: 'marking' }
    case 'signatories':
      return { in: 'signatures' }
    case 'letter':
      return { in: 'letter' }
    case 'clock_event':
    case 'circumstance':
    case 'filings':
      return { in: 'clocks' }
    case 'unplaced':
      return { in: 'tray' }
    case 'together':
      return edit.edits[0] ? placeOf(edit.edits[0]) : { in: 'report' }
    default:
      return { in: 'report' }
  }
}

function mediaType(name: string): string {
  const known: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', txt: 'text/plain', pdf: 'application/pdf' }
  return known[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

function listening<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

/** The same host, but a call that was told to fail does so once. */
function failable(host: Host, failing: Map<string, unknown>): Host {
  return new Proxy(host, {
    get(target, name: keyof Host & string) {
      if (!failing.has(name)) return target[name]
      const thrown = failing.get(name)
      failing.delete(name)
      return () => Promise.reject(thrown)
    },
  })
}
