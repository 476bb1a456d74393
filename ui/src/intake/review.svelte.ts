// A foreign text under review: how it is split now, what the person chose, and the way back.
// Always true: nothing is in the library before `keep`; every choice is a value, so that taking one back is choosing again.
import type { Host } from '../host/host'
import type { Choices } from '../host/types/Choices'
import type { EncodingGuess } from '../host/types/EncodingGuess'
import type { Intake } from '../host/types/Intake'
import type { IntakeReply } from '../host/types/IntakeReply'
import type { IntakeSource } from '../host/types/IntakeSource'
import type { Placement } from '../host/types/Placement'
import type { Question } from '../host/types/Question'
import type { ReportId } from '../host/types/ReportId'
import type { To } from '../host/types/To'
import { keyOf } from './targets'

const NOTHING: Choices = { template: null, date_order: null, year: null, zone: null, versions: null, changes: null, moved: [] }

/** All that was chosen: how the text is split, and before that how its bytes are read. */
interface Made {
  choices: Choices
  /** None leaves it to the bytes. */
  encoding: string | null
}

export class Review {
  readonly name: string
  split: Intake = $state.raw() as Intake
  /** The encodings that the bytes leave open. */
  guess: EncodingGuess | undefined = $state.raw()
  busy = $state(false)
  readonly #host: Host
  readonly #from: IntakeSource
  #made: Made = $state.raw({ choices: NOTHING, encoding: null })
  #past: Made[] = $state.raw([])
  #future: Made[] = $state.raw([])
  #asked = 0
  /** Whether the text is being read anew: until then every choice would be one about another text. */
  #reading = false

  constructor(host: Host, from: IntakeSource, read: Extract<IntakeReply, { is: 'split' }>) {
    this.#host = host
    this.#from = from
    this.name = read.name
    this.split = read.intake
    this.guess = read.encoding
  }

  /** Whether a person said in which encoding the text is. */
  get encodingSaid(): boolean {
    return this.#made.encoding !== null
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Takes another form. Where pieces were put is forgotten: the places were the other form's. */
  choose(template: string): Promise<void> {
    return this.#split({ ...this.#made.choices, template, moved: [] })
  }

  answer({ about }: Question, value: string): Promise<void> {
    return this.#split({ ...this.#made.choices, [about]: about === 'year' ? Number(value) : value })
  }

  /** Says in which zone the times are (IANA); null leaves it to the text. */
  place(zone: string | null): Promise<void> {
    return this.#split({ ...this.#made.choices, zone })
  }

  /** Reads the text anew in another encoding. Its pieces stay where they were put: other letters are no other lines. */
  encode(encoding: string): Promise<void> {
    return this.#decide({ ...this.#made, encoding })
  }

  move(pieces: Placement[], to: To): Promise<void> {
    const keys = pieces.map(keyOf)
    const others = this.#made.choices.moved.filter((one) => !keys.includes(keyOf(one)))
    return this.#split({ ...this.#made.choices, moved: [...others, ...pieces.map(({ block, line }) => ({ block, line, to }))] })
  }

  async undo(): Promise<void> {
    const before = this.#past.at(-1)
    if (!before || this.busy) return
    const now = this.#made
    if (!(await this.#take(before))) return
    this.#past = this.#past.slice(0, -1)
    this.#future = [...this.#future, now]
  }

  async redo(): Promise<void> {
    const after = this.#future.at(-1)
    if (!after || this.busy) return
    const now = this.#made
    if (!(await this.#take(after))) return
    this.#future = this.#future.slice(0, -1)
    this.#past = [...this.#past, now]
  }

  /** Puts the report into the library. */
  async keep(): Promise<ReportId> {
    this.busy = true
    try {
      return (await this.#host.intakeAccept(this.#made.choices)).report.id
    } finally {
      this.busy = false
    }
  }

  #split(choices: Choices): Promise<void> {
    return this.#decide({ ...this.#made, choices })
  }

  async #decide(made: Made): Promise<void> {
    const now = this.#made
    if (!(await this.#take(made))) return
    this.#past = [...this.#past, now]
    this.#future = []
  }

  /** Asks for the split anew; a failure leaves everything as it was. False where another question came in between. */
  async #take(made: Made): Promise<boolean> {
    if (this.#reading) return false
    const asked = ++this.#asked
    this.busy = true
    try {
      if (made.encoding !== this.#made.encoding) await this.#read(made.encoding)
      const reply = await this.#host.intakeAgain(made.choices)
      if (asked !== this.#asked || reply.is !== 'split') return false
      this.split = reply.intake
      this.guess = reply.encoding
      this.#made = made
      return true
    } finally {
      this.#reading = false
      if (asked === this.#asked) this.busy = false
    }
  }

  async #read(encoding: string | null): Promise<void> {
    if (this.#from.from !== 'file') return
    const { path } = this.#from
    this.#reading = true
    await this.#host.intakeRead({ from: 'file', path, ...(encoding === null ? {} : { encoding }) })
  }
}
