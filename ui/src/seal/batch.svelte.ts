// Many files being verified: what came of each so far, in which order and how much of it is shown.
// Always true: a file that was told of is shown; what is stopped stays as far as it came. Deliberately absent: how a verdict is worded.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { BatchNews } from '../host/types/BatchNews'
import type { Fault } from '../host/types/Fault'
import type { Judged } from '../host/types/Judged'
import { fileName, kindOf, KINDS, reasonOf, shortLine, signedAt, signerWords, type Kind } from '../words/batch'

export type Column = 'file' | 'verdict' | 'signer' | 'time'

/** How long news is gathered before it is shown, in milliseconds. */
const GATHERED = 60
/** How many rows are drawn before more are asked for. */
const SHOWN_AT_ONCE = 400

export class Batch {
  files = $state.raw<Judged[]>([])
  /** How many there are; null until they were counted. */
  total = $state<number | null>(null)
  stopped = $state(false)
  fault = $state.raw<Fault | null>(null)
  text = $state('')
  kind = $state<Kind | null>(null)
  column = $state<Column>('verdict')
  down = $state(false)
  /** The file whose reason is open, and the one the keyboard is on. */
  opened = $state<string | null>(null)
  current = $state<string | null>(null)
  /** How many rows are drawn. */
  room = $state(SHOWN_AT_ONCE)
  readonly paths: string[]
  readonly #host: Host
  #told: Judged[] = []

  constructor(host: Host, paths: string[]) {
    this.#host = host
    this.paths = paths
  }

  async begin(): Promise<void> {
    this.files = []
    this.total = null
    this.stopped = false
    this.fault = null
    try {
      await this.#host.verifyMany(this.paths, (news) => this.#hear(news))
    } catch (thrown) {
      this.fault = asFault(thrown)
    }
  }

  async stop(): Promise<void> {
    if (!this.running) return
    this.stopped = true
    await this.#host.stopVerifying()
  }

  count(kind: Kind | null): number {
    return kind === null ? this.files.length : this.files.filter((file) => kindOf(file) === kind).length
  }

  sort(column: Column) {
    this.down = this.column === column ? !this.down : false
    this.column = column
  }

  showMore() {
    this.room += SHOWN_AT_ONCE
  }

  // What follows is asked anew each time: a derived value would end with the first screen that asked, and the files outlive it.

  get running(): boolean {
    return !this.stopped && this.fault === null && (this.total === null || this.files.length < this.total)
  }

  /** The files that are asked for, in the order that was chosen. */
  get rows(): Judged[] {
    return this.files.filter((file) => this.#fits(file)).toSorted(this.#order())
  }

  /** Signers may have been confirmed, or no longer, since the files were judged: theirs are judged anew. */
  async markKnown(): Promise<void> {
    const known = (await this.#host.confirmedSigners()).map(({ fingerprint }) => fingerprint)
    const concerns = ({ found }: Judged) => found?.signatures.some((one) => known.includes(one.fingerprint) || one.confirmed_at !== null) ?? false
    const files: Judged[] = []
    for (const file of this.files) files.push(concerns(file) ? { ...file, found: await this.#host.verify(file.path) } : file)
    this.files = files
  }

  #hear(news: BatchNews) {
    if (news.news === 'found') this.total = news.files
    else if (!this.stopped) {
      // The first of those that are gathered sees to it that all of them are shown.
      if (this.#told.push(news.file) === 1) setTimeout(() => this.#show(), GATHERED)
    }
  }

  #show() {
    this.files = [...this.files, ...this.#told]
    this.#told = []
  }

  #fits(file: Judged): boolean {
    if (this.kind !== null && kindOf(file) !== this.kind) return false
    const asked = this.text.trim().toLowerCase()
    if (asked === '') return true
    const { title, rest } = reasonOf(file)
    return [file.name, shortLine(file), signerWords(file), title, ...rest].join('\n').toLowerCase().includes(asked)
  }

  #order(): (a: Judged, b: Judged) => number {
    const way = this.down ? -1 : 1
    const alike = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })
    const key = KEYS[this.column]
    return (a, b) => {
      const [one, other] = [key(a), key(b)]
      // What has nothing in the column comes last, whichever way it is sorted.
      if (one === '' || other === '') return one === other ? alike(a.name, b.name) : one === '' ? 1 : -1
      return way * alike(one, other) || alike(a.name, b.name)
    }
  }
}

const KEYS: Record<Column, (file: Judged) => string> = {
  file: fileName,
  verdict: (file) => `${KINDS.indexOf(kindOf(file))}${shortLine(file)}`,
  signer: signerWords,
  time: (file) => signedAt(file)?.at ?? '',
}

let last: Batch | null = null

/** The files of the last visit as they were, where it is they that are asked for; else a new beginning. */
export function batchOf(host: Host, paths: string[]): { batch: Batch; known: boolean } {
  const known = last?.paths === paths
  last = last && known ? last : new Batch(host, paths)
  return { batch: last, known }
}
