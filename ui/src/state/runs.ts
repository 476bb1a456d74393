// What one step of undo is: edits of one place that bear the same run are taken back together.
// Always true: where a run ends follows from what the person did (a field visited, a phrase written, a paste), never from how long the
// machine took for it. Deliberately absent: what a run is in a text being written (prose/typing.ts), and undo itself (the core has it).

/** What goes into a field in one go is a step by itself. */
const AT_ONCE = /^(insertFrom|insertReplacementText|deleteBy)/
/** A field or a cell is one step as long as it says no more than this; after it the next word begins another. */
const LONG = 80

class Runs {
  // Not from 0: a page that was loaded anew goes on with no run of the one before.
  #run = Date.now()
  #alone = false
  #letters = 0
  #spaced = false

  /** The run that an edit made now belongs to. */
  take(): number {
    const run = this.#run
    if (this.#alone) this.part()
    return run
  }

  /** What comes next begins another step. */
  part() {
    this.#run += 1
    this.#alone = false
    this.#letters = 0
    this.#spaced = false
  }

  /** The next edit is a step by itself. */
  alone() {
    this.part()
    this.#alone = true
  }

  /** Listens to the fields below `root` until the answer is called; before the fields themselves hear of anything. */
  watch(root: HTMLElement): () => void {
    const typed = (event: Event) => this.#hear(event)
    const moved = () => this.part()
    root.addEventListener('input', typed, true)
    root.addEventListener('focusin', moved, true)
    return () => {
      root.removeEventListener('input', typed, true)
      root.removeEventListener('focusin', moved, true)
    }
  }

  #hear(event: Event) {
    if (!(event instanceof InputEvent)) return
    if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)) return
    const letters = event.data ?? ''
    if (AT_ONCE.test(event.inputType)) this.alone()
    else if (event.inputType === 'insertLineBreak') this.part()
    else if (this.#spaced && this.#letters >= LONG && letters.trim() !== '') this.part()
    this.#letters += letters.length
    this.#spaced = /\s$/.test(letters)
  }
}

export const runs = new Runs()
