// Signs an element in as the place of the report that it shows, so that findings, the outline and undo can lead to it.
import type { Attachment } from 'svelte/attachments'
import type { Place } from '../host/types/Place'
import { placeKey } from '../state/place'
import type { Session } from '../state/session.svelte'
import type { Words } from '../state/spots'

/** `focus` is told the line of a text or the row of a table; without it the first control inside is taken. */
export function spot(session: Session, place: Place, focus?: (detail: number | null, words?: Words) => void): Attachment<HTMLElement> {
  return (element) => {
    const remove = session.spots.add(place, focus ? { element, focus } : { element })
    element.dataset['spot'] = placeKey(place)
    const come = (event: FocusEvent) => {
      // Places lie in each other (a table in a section): the innermost is where the author is.
      const innermost = event.target instanceof Element && event.target.closest('[data-spot]') === element
      if (innermost && !session.isHere(place)) session.here = place
    }
    const leave = ({ relatedTarget: to }: FocusEvent) => {
      // The window losing the keyboard is not the author leaving the place.
      const stays = to instanceof Node ? element.contains(to) : element.contains(document.activeElement)
      if (!stays) session.passed.leave(place)
    }
    element.addEventListener('focusin', come)
    element.addEventListener('focusout', leave)
    return () => {
      remove()
      element.removeEventListener('focusin', come)
      element.removeEventListener('focusout', leave)
    }
  }
}
