// Everything a person can do, declared once: the palette, the keyboard, the buttons and the list of keys all read it here.
// Always true: of two actions with the same keys, the one registered last runs, so a screen may take over a key of the window.
import { onDestroy, onMount } from 'svelte'
import { isSafeInText, matches } from './keys'

export interface Action {
  /** "report.sign": the subject, then the act. */
  id: string
  /** A sentence in the imperative, as the palette shows it. */
  label: string
  /** "Mod+Shift+S"; `Mod` is Command on a Mac and Control elsewhere. */
  keys?: string
  /** What it belongs to; the list of keys is divided by it. */
  group: string
  /** `go` leads to a place of the open report and changes nothing; without it, it is an act. */
  kind?: 'do' | 'go'
  /** Whether it can be done now; without it, always. */
  available?: () => boolean
  /** What its keys say while it cannot be done. An act that asks for words or leads elsewhere has this: what is typed next was not meant for
      the text that still has the keyboard. */
  otherwise?: () => void
  /** Only a key: there is another action for the same, or none is needed. The palette leaves it out. */
  unlisted?: boolean
  run: () => void | Promise<void>
}

export function action(declared: Action): Action {
  return declared
}

export function isAvailable(one: Action): boolean {
  return one.available?.() ?? true
}

type Source = () => Action[]

class Actions {
  #sources: Source[] = []
  #whenFailed: (thrown: unknown) => void = () => undefined

  /** Adds a list until the answer is called. */
  add(list: Action[] | Source): () => void {
    const source = typeof list === 'function' ? list : () => list
    this.#sources.push(source)
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source)
    }
  }

  /** All that can be declared now, the latest screen's own first; one that is overridden is left out. */
  all(): Action[] {
    const seen = new Set<string>()
    return this.#sources
      .toReversed()
      .flatMap((source) => source())
      .filter((one) => !seen.has(one.id) && seen.add(one.id))
  }

  /** Told of whatever a running action throws. */
  whenFailed(listener: (thrown: unknown) => void) {
    this.#whenFailed = listener
  }

  async run(one: Action): Promise<void> {
    try {
      await one.run()
    } catch (thrown) {
      this.#whenFailed(thrown)
    }
  }

  /** Runs what the keys pressed stand for. What a part has handled itself, and typing, is left alone. */
  press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing) return
    const typing = isTyping(event.target)
    // A letter typed stands for itself; nobody need be asked what it could mean.
    if (typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) return
    const meant = this.all().filter(({ keys }) => keys && matches(keys, event) && (!typing || isSafeInText(keys)))
    const one = meant.find(isAvailable)
    const otherwise = meant.find(({ otherwise }) => otherwise)?.otherwise
    if (!one && !otherwise) return
    event.preventDefault()
    if (one) void this.run(one)
    else otherwise?.()
  }

  /** Listens to the window's keyboard until the answer is called. */
  listen(): () => void {
    const press = (event: KeyboardEvent) => this.press(event)
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }
}

export const actions = new Actions()

/** A screen's own actions: there while the component that calls this is. A function is asked anew each time. */
export function useActions(list: Action[] | (() => Action[])) {
  let remove: (() => void) | undefined
  onMount(() => {
    remove = actions.add(list)
  })
  onDestroy(() => remove?.())
}

/** Whether what has the keyboard is a text with something in it: undo is then that text's own. */
export function isWriting(): boolean {
  const here = document.activeElement
  return isTyping(here) && !(here instanceof HTMLInputElement && here.value === '')
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}
