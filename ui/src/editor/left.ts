// Where an author was when another screen came over the report, to be there again once it goes: the line in sight, the control, the caret.
// Deliberately absent: anything that outlives the window.
import type { TiptapEditorHTMLElement } from '@tiptap/core'
import type { ReportId } from '../host/types/ReportId'

interface Left {
  /** How far the form was scrolled, in pixels. */
  scroll: number
  /** The `data-spot` that has the control, and which of its controls it is. */
  spot: string
  control: number
  caret: number | null
}

const CONTROLS = 'input, textarea, select, [contenteditable="true"], [tabindex]'
const left = new Map<ReportId, Left>()

/** Notes where the author is in `form`. */
export function leave(report: ReportId, form: HTMLElement) {
  const here = document.activeElement
  const spot = here instanceof HTMLElement && form.contains(here) ? here.closest<HTMLElement>('[data-spot]') : null
  const control = here && spot ? [...spot.querySelectorAll(CONTROLS)].indexOf(here) : -1
  left.set(report, { scroll: form.scrollTop, spot: spot?.dataset['spot'] ?? '', control, caret: caretIn(here) })
}

/** Forgets it: whoever goes to the library and opens the report anew begins at its beginning. */
export function forget(report: ReportId) {
  left.delete(report)
}

/** Leads back there once; false where nobody was. */
export function comeBack(report: ReportId, form: HTMLElement): boolean {
  const was = left.get(report)
  left.delete(report)
  if (!was) return false
  form.scrollTop = was.scroll
  const spot = was.spot === '' ? null : form.querySelector(`[data-spot="${CSS.escape(was.spot)}"]`)
  const control = spot?.querySelectorAll<HTMLElement>(CONTROLS)[was.control]
  const place = control ?? form
  place.focus({ preventScroll: true })
  if (control && was.caret !== null) putCaret(control, was.caret)
  return true
}

function caretIn(here: Element | null): number | null {
  if (isLine(here)) return here.selectionStart
  return textIn(here)?.state.selection.head ?? null
}

function putCaret(control: HTMLElement, caret: number) {
  if (isLine(control)) control.setSelectionRange(caret, caret)
  const text = textIn(control)
  text?.commands.setTextSelection(Math.min(caret, text.state.doc.content.size))
}

/** What has a caret of its own; a box to tick, which may stand there by now, has none. */
function isLine(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')
}

const textIn = (element: Element | null) => (element as TiptapEditorHTMLElement | null)?.editor
