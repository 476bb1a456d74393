// Where on the screen each place of the report stands, and how the keyboard gets there. Parts of the form sign in while they are shown.
import type { Place } from '../host/types/Place'
import { detailOf, placeKey } from './place'

export interface Spot {
  element: HTMLElement
  /** Puts the keyboard there; `detail` is the line of a text or the row of a table. Without it the first control is taken. */
  focus?: (detail: number | null, words?: Words) => void
}

/** Words that are meant: a sentence, and from where to where in it. */
export interface Words {
  text: string
  from: number
  to: number
}

/** What the keyboard can be put on, without the buttons of a toolbar that stand before the text itself. */
const CONTROLS = 'input:not([type="hidden"]):not([disabled]), textarea, select, [contenteditable="true"], button:not([disabled])'

export class Spots {
  #spots = new Map<string, Spot>()

  /** Signs a spot in until the answer is called. */
  add(place: Place, spot: Spot): () => void {
    const key = placeKey(place)
    this.#spots.set(key, spot)
    return () => {
      if (this.#spots.get(key) === spot) this.#spots.delete(key)
    }
  }

  /** Shows a place, or a row of it, and puts the keyboard there, on the words meant where they can be found. False when it is not on the screen. */
  show(place: Place, row: number | null = null, words?: Words): boolean {
    const spot = this.#spots.get(placeKey(place))
    if (!spot) return false
    bring(spot.element, place.in === 'field' ? 'nearest' : 'start')
    const detail = detailOf(place) ?? row
    if (spot.focus) spot.focus(detail, words)
    else spot.element.querySelector<HTMLElement>(CONTROLS)?.focus({ preventScroll: detail === null })
    return true
  }
}

/** Not smooth: nothing in the window moves for longer than an eye needs. */
function bring(element: HTMLElement, block: ScrollLogicalPosition) {
  element.scrollIntoView?.({ block, behavior: 'instant' })
}
