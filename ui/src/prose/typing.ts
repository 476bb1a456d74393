// Which changes of a text are one step of undo. Always true: a step is a phrase written without moving the caret, or a stretch erased;
// the same keys give the same steps, however long the machine takes. Deliberately absent: taking back, which is the report's.
import type { Node } from '@tiptap/pm/model'
import type { Selection, Transaction } from '@tiptap/pm/state'

/** A new word begins another step once this much was written. */
const PHRASE = 15
/** After these a new word always does. */
const ENDS = /[.!?:;]\s*$/
/** More at once than a key gives was not typed. */
const TYPED = 2

/** What a change is to the steps: it goes on with the one before, begins another, or is one by itself. */
export type Part = 'on' | 'begins' | 'alone'

export class Typing {
  #last: { doing: 'writing' | 'erasing'; caret: number } | null = null
  #letters = 0

  /** What the change `tr` is, made where the selection was `before` it; `composing` while an input method is still at its word. */
  hear(tr: Transaction, before: Selection, composing: boolean): Part {
    const last = this.#last
    const caret = tr.selection.head
    const grown = tr.doc.content.size - tr.before.content.size
    const written = before.empty ? grown : caret - before.from
    this.#last = null
    if (tr.getMeta('paste') === true || !tr.selection.empty) return this.#apart()
    if (composing) {
      this.#last = { doing: 'writing', caret }
      return last?.doing === 'writing' ? 'on' : this.#begin(0)
    }
    const stayed = before.empty && last?.caret === before.head
    if (written > 0 && caret === before.from + written) return this.#write(tr.doc, caret, written, stayed && last.doing === 'writing')
    if (grown >= 0 || !before.empty) return this.#apart()
    this.#last = { doing: 'erasing', caret }
    return stayed && last.doing === 'erasing' ? 'on' : this.#begin(0)
  }

  /** The keyboard was elsewhere, or the text was changed from outside. */
  part() {
    this.#last = null
  }

  #write(doc: Node, caret: number, size: number, goesOn: boolean): Part {
    const letters = doc.textBetween(caret - size, caret)
    // More than a key gives, or something that is no letter and no new line, was put in at once.
    if (letters.length > TYPED || (letters === '' && !doc.resolve(caret).parent.isTextblock)) return this.#apart()
    this.#last = { doing: 'writing', caret }
    if (!goesOn || letters === '' || (letters.trim() !== '' && this.#isNewWord(doc, caret - size))) return this.#begin(letters.length)
    this.#letters += letters.length
    return 'on'
  }

  /** Whether a word that begins at `at` begins another step. */
  #isNewWord(doc: Node, at: number): boolean {
    const { parent, parentOffset } = doc.resolve(at)
    const before = parent.textBetween(Math.max(0, parentOffset - 8), parentOffset, undefined, ' ')
    return /\s$/.test(before) && (this.#letters >= PHRASE || ENDS.test(before))
  }

  #begin(letters: number): Part {
    this.#letters = letters
    return 'begins'
  }

  #apart(): Part {
    this.#letters = 0
    return 'alone'
  }
}
