// Whether a mouse button or a finger is down. What stands on the screen must not move then: a button that slid away between the press and
// the release would take no click.

let isDown = false
let waiting: (() => void)[] = []

/** Does it now, or once the button has been let go and its click has been heard. */
export function released(act: () => void) {
  if (isDown) waiting.push(act)
  else act()
}

function up() {
  isDown = false
  const acts = waiting
  waiting = []
  if (acts.length > 0) setTimeout(() => acts.forEach((act) => act()))
}

addEventListener('pointerdown', () => (isDown = true), true)
for (const end of ['pointerup', 'pointercancel', 'dragend'] as const) addEventListener(end, up, true)
addEventListener('blur', up) // not while the event sinks: the window's own, no field's
