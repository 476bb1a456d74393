// What was taken away on a screen outside a report, and the way back: several steps in turn, each in its turn however fast the keys come.
// Always true: a step that fails stays where it was. Deliberately absent: undo inside a report; the core has that.

export interface Step {
  /** What it took away, so that whoever deletes that for good can drop the step. */
  about: string
  /** Said when it is taken back, and when it is done again. */
  undone: string
  redone: string
  undo: () => Promise<unknown>
  redo: () => Promise<unknown>
}

export class Steps {
  #past: Step[] = $state.raw([])
  #future: Step[] = $state.raw([])
  #turn: Promise<unknown> = Promise.resolve()

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** What undo would take back. */
  get last(): Step | undefined {
    return this.#past.at(-1)
  }

  /** Does something and keeps the way back. */
  do(step: Step): Promise<void> {
    return this.#inTurn(async () => {
      await step.redo()
      this.#past = [...this.#past, step]
      this.#future = []
    })
  }

  /** Takes the last step back and gives it; nothing where there is none. */
  undo(): Promise<Step | undefined> {
    return this.#inTurn(async () => {
      const step = this.#past.at(-1)
      if (!step) return undefined
      await step.undo()
      this.#past = this.#past.filter((one) => one !== step)
      this.#future = [...this.#future, step]
      return step
    })
  }

  redo(): Promise<Step | undefined> {
    return this.#inTurn(async () => {
      const step = this.#future.at(-1)
      if (!step) return undefined
      await step.redo()
      this.#future = this.#future.filter((one) => one !== step)
      this.#past = [...this.#past, step]
      return step
    })
  }

  /** What is gone for good cannot come back, and what came back another way need not. */
  forget(about: string) {
    const others = (steps: Step[]) => steps.filter((one) => one.about !== about)
    this.#past = others(this.#past)
    this.#future = others(this.#future)
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
