// Whether a mouse button or a finger is down. What stands beside the text must not move then: a button that slid away between the press
// and the release would take no click.

const ENDS = ['pointerup', 'pointercancel', 'dragend'] as const

class Pressed {
  #down = false

  get isDown(): boolean {
    return this.#down
  }

  /** Listens until the answer is called. */
  watch(target: Window): () => void {
    const down = () => (this.#down = true)
    const up = () => (this.#down = false)
    target.addEventListener('pointerdown', down, true)
    for (const end of ENDS) target.addEventListener(end, up, true)
    target.addEventListener('blur', up) // not while it sinks: the window's own, no field's
    return () => {
      target.removeEventListener('pointerdown', down, true)
      for (const end of ENDS) target.removeEventListener(end, up, true)
      target.removeEventListener('blur', up)
      up()
    }
  }
}

export const pressed = new Pressed()
