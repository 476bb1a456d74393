// Whether a part is what the author works in, for the actions that it offers. The palette takes the keyboard for a moment; what had it
// before is still meant, or the palette could list nothing that can be done there.
import { onMount } from 'svelte'

/** Follows the keyboard while the component that calls this is there; the answer says whether the part `root` is meant. */
export function meant(root: () => HTMLElement): () => boolean {
  let is = false
  onMount(() => {
    const follow = ({ target }: FocusEvent) => {
      const to = target instanceof Element ? target : null
      is = to !== null && (root().contains(to) || (is && to.closest('[role="dialog"]') !== null))
    }
    document.addEventListener('focusin', follow)
    return () => document.removeEventListener('focusin', follow)
  })
  return () => is
}
