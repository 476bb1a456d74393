// A foreign text under review: how it is split now, what the person chose, and the way back.
// Always true: nothing is in the library before `keep`; every choice is a value, so that taking one back is choosing again; what is chosen or
// taken back while the text is being split waits for its turn, and none is lost however fast the keys come.
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
import { keyOf, withUnder } from './targets'

const NOTHING: Choices = { template: null, date_order: null, year: null, day: null, dayless: false, zone: null, versions: null, changes: null, moved: [] }

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
  readonly #host: Host
  readonly #from: IntakeSource
  #made: Made = $state.raw({ choices: NOTHING, encoding: null })
  #past: Made[] = $state.raw([])
  #future: Made[] = $state.raw([])
  #turn: Promise<unknown> = Promise.resolve()
  /** How much waits for its turn, and how many choices are among it. */
  #waiting = $state({ all: 0, choices: 0 })

  constructor(host: Host, from: IntakeSource, read: Extract<IntakeReply, { is: 'split' }>) {
    this.#host = host
    this.#from = from
    this.name = read.name
    this.split = read.intake
    this.guess = read.encoding
  }

  get busy(): boolean {
    return this.#waiting.all > 0
  }

  /** Whether a person said in which encoding the text is. */
  get encodingSaid(): boolean {
    return this.#made.encoding !== null
  }

  /** What was chosen a moment ago can be taken back before the text is split by it. */
  get canUndo(): boolean {
    return this.#past.length > 0 || this.#waiting.choices > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Takes another form. Where pieces were put is forgotten: the places were the other form's. */
  choose(template: string): Promise<void> {
    return this.#choose((choices) => ({ ...choices, template, moved: [] }))
  }

  answer({ about }: Question, value: string): Promise<void> {
    const said = about === 'year' ? Number(value) || null : about === 'day' ? value || null : value
    // To be left without a day is an answer too: the text may give one.
    const dayless = about === 'day' ? { dayless: said === null } : {}
    return this.#choose((choices) => ({ ...choices, ...dayless, [about]: said }))
  }

  /** Says in which zone the times are (IANA); null leaves it to the text. */
  place(zone: string | null): Promise<void> {
    return this.#choose((choices) => ({ ...choices, zone }))
  }

  /** Reads the text anew in another encoding. Its pieces stay where they were put: other letters are no other lines. */
  encode(encoding: string): Promise<void> {
    return this.#decide((made) => ({ ...made, encoding }))
  }

  /** Puts pieces elsewhere; a heading takes along what stands under it. Gives how many went. */
  async move(chosen: Placement[], to: To): Promise<number> {
    const pieces = withUnder(chosen, to, this.split)
    const keys = pieces.map(keyOf)
    await this.#choose((choices) => {
      const others = choices.moved.filter((one) => !keys.includes(keyOf(one)))
      return { ...choices, moved: [...others, ...pieces.map(({ block, line }) => ({ block, line, to }))] }
    })
    return pieces.length
  }

  /** Takes the last choice back; false where there is none. */
  undo(): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = this.#past.at(-1)
      if (!before) return false
      const now = this.#made
      await this.#take(before)
      this.#past = this.#past.slice(0, -1)
      this.#future = [...this.#future, now]
      return true
    })
  }

  redo(): Promise<boolean> {
    return this.#inTurn(async () => {
      const after = this.#future.at(-1)
      if (!after) return false
      const now = this.#made
      await this.#take(after)
      this.#future = this.#future.slice(0, -1)
      this.#past = [...this.#past, now]
      return true
    })
  }

  /** Puts the report into the library, as everything chosen so far makes it. */
  keep(): Promise<ReportId> {
    return this.#inTurn(async () => (await this.#host.intakeAccept(this.#made.choices)).report.id)
  }

  #choose(choose: (choices: Choices) => Choices): Promise<void> {
    return this.#decide((made) => ({ ...made, choices: choose(made.choices) }))
  }

  async #decide(decide: (made: Made) => Made): Promise<void> {
    this.#waiting = { ...this.#waiting, choices: this.#waiting.choices + 1 }
    try {
      await this.#inTurn(async () => {
        const now = this.#made
        await this.#take(decide(now))
        this.#past = [...this.#past, now]
        this.#future = []
      })
    } finally {
      this.#waiting = { ...this.#waiting, choices: this.#waiting.choices - 1 }
    }
  }

  /** Asks for the split anew; a failure leaves everything as it was. */
  async #take(made: Made): Promise<void> {
    if (made.encoding !== this.#made.encoding) await this.#read(made.encoding)
    const reply = await this.#host.intakeAgain(made.choices)
    if (reply.is !== 'split') return
    this.split = reply.intake
    this.guess = reply.encoding
    this.#made = made
  }

  async #read(encoding: string | null): Promise<void> {
    if (this.#from.from !== 'file') return
    const { path } = this.#from
    await this.#host.intakeRead({ from: 'file', path, ...(encoding === null ? {} : { encoding }) })
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    this.#waiting = { ...this.#waiting, all: this.#waiting.all + 1 }
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      this.#waiting = { ...this.#waiting, all: this.#waiting.all - 1 }
    }
  }
}
