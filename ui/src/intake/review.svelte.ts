// A foreign text under review: how it is split now, what the person chose, and the way back.
// Always true: nothing is in the library before `keep`; every choice is a value, so that taking one back is choosing again.
import type { Host } from '../host/host'
import type { Choices } from '../host/types/Choices'
import type { Intake } from '../host/types/Intake'
import type { IntakeReply } from '../host/types/IntakeReply'
import type { Placement } from '../host/types/Placement'
import type { Question } from '../host/types/Question'
import type { ReportId } from '../host/types/ReportId'
import type { To } from '../host/types/To'
import { keyOf } from './targets'

const NOTHING: Choices = { template: null, date_order: null, year: null, zone: null, versions: null, changes: null, moved: [] }

export class Review {
  readonly name: string
  split: Intake = $state.raw() as Intake
  busy = $state(false)
  readonly #host: Host
  #choices: Choices = $state.raw(NOTHING)
  #past: Choices[] = $state.raw([])
  #future: Choices[] = $state.raw([])
  #asked = 0

  constructor(host: Host, read: Extract<IntakeReply, { is: 'split' }>) {
    this.#host = host
    this.name = read.name
    this.split = read.intake
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Takes another form. Where pieces were put is forgotten: the places were the other form's. */
  choose(template: string): Promise<void> {
    return this.#decide({ ...this.#choices, template, moved: [] })
  }

  answer({ about }: Question, value: string): Promise<void> {
    return this.#decide({ ...this.#choices, [about]: about === 'year' ? Number(value) : value })
  }

  /** Says in which zone the times are (IANA); null leaves it to the text. */
  place(zone: string | null): Promise<void> {
    return this.#decide({ ...this.#choices, zone })
  }

  move(pieces: Placement[], to: To): Promise<void> {
    const keys = pieces.map(keyOf)
    const others = this.#choices.moved.filter((one) => !keys.includes(keyOf(one)))
    return this.#decide({ ...this.#choices, moved: [...others, ...pieces.map(({ block, line }) => ({ block, line, to }))] })
  }

  async undo(): Promise<void> {
    const before = this.#past.at(-1)
    if (!before || this.busy) return
    const now = this.#choices
    if (!(await this.#take(before))) return
    this.#past = this.#past.slice(0, -1)
    this.#future = [...this.#future, now]
  }

  async redo(): Promise<void> {
    const after = this.#future.at(-1)
    if (!after || this.busy) return
    const now = this.#choices
    if (!(await this.#take(after))) return
    this.#future = this.#future.slice(0, -1)
    this.#past = [...this.#past, now]
  }

  /** Puts the report into the library. */
  async keep(): Promise<ReportId> {
    this.busy = true
    try {
      return (await this.#host.intakeAccept(this.#choices)).report.id
    } finally {
      this.busy = false
    }
  }

  async #decide(choices: Choices): Promise<void> {
    const now = this.#choices
    if (!(await this.#take(choices))) return
    this.#past = [...this.#past, now]
    this.#future = []
  }

  /** Asks for the split anew; a failure leaves everything as it was. False where another question came in between. */
  async #take(choices: Choices): Promise<boolean> {
    const asked = ++this.#asked
    this.busy = true
    try {
      const reply = await this.#host.intakeAgain(choices)
      if (asked !== this.#asked || reply.is !== 'split') return false
      this.split = reply.intake
      this.#choices = choices
      return true
    } finally {
      if (asked === this.#asked) this.busy = false
    }
  }
}
