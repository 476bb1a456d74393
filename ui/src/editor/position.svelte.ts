// Which part of the form is before the author: the one with the keyboard while it is in sight, else the one at the top of the scroll.
import type { Attachment } from 'svelte/attachments'

export class Position {
  /** The `data-part` of the part. */
  part = $state('')
  #form: HTMLElement | null = null

  /** Put on the element that scrolls. */
  readonly watch: Attachment<HTMLElement> = (form) => {
    this.#form = form
    let frame = 0
    const look = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => this.#look(form))
    }
    const come = (event: FocusEvent) => {
      const part = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-part]') : null
      if (part) this.part = part.dataset['part'] ?? ''
    }
    form.addEventListener('scroll', look, { passive: true })
    form.addEventListener('focusin', come)
    look()
    return () => {
      cancelAnimationFrame(frame)
      form.removeEventListener('scroll', look)
      form.removeEventListener('focusin', come)
    }
  }

  /** Brings a part to the top of the scroll. */
  bring(part: string) {
    this.#form?.querySelector(`[data-part="${CSS.escape(part)}"]`)?.scrollIntoView?.({ block: 'start', behavior: 'instant' })
    this.part = part
  }

  #look(form: HTMLElement) {
    const frame = form.getBoundingClientRect()
    const inSight = (part: Element) => {
      const box = part.getBoundingClientRect()
      return box.bottom > frame.top + 60 && box.top < frame.bottom - 60
    }
    const active = form.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>('[data-part]') : null
    const parts = [...form.querySelectorAll<HTMLElement>('[data-part]')]
    const top = parts.findLast((part) => part.getBoundingClientRect().top <= frame.top + 120) ?? parts[0]
    const now = active && inSight(active) ? active : top
    if (now) this.part = now.dataset['part'] ?? ''
  }
}
