// Key chords as they are declared ("Mod+Shift+S"), matched against the keyboard and written for the eye.
// `Mod` is Command on a Mac and Control elsewhere.

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

export function matches(keys: string, event: KeyboardEvent): boolean {
  const { mod, shift, alt, key } = parse(keys)
  const held = isMac ? event.metaKey : event.ctrlKey
  const other = isMac ? event.ctrlKey : event.metaKey
  return held === mod && !other && event.altKey === alt && shiftFits(shift, key, event) && keyFits(key, event)
}

/** Whether a chord may be pressed while text is typed without writing anything. */
export function isSafeInText(keys: string): boolean {
  const { mod, alt, key } = parse(keys)
  return mod || alt || /^f\d+$/.test(key)
}

/** "Ctrl Shift S"; on a Mac "⇧⌘S". */
export function shown(keys: string, mac: boolean = isMac): string {
  const names = keys.split('+').map((part) => (mac ? (MAC[part] ?? part) : (PLAIN[part] ?? part)))
  return mac ? names.join('') : names.join(' ')
}

/** The value of `aria-keyshortcuts`. */
export function heard(keys: string): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control')
}

const PLAIN: Record<string, string> = {
  Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Plus: '+', '-': '−',
}
const MAC: Record<string, string> = { ...PLAIN, Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦' }

interface Chord {
  mod: boolean
  shift: boolean
  alt: boolean
  key: string
}

function parse(keys: string): Chord {
  const parts = keys.split('+')
  const named = parts.at(-1)?.toLowerCase() ?? ''
  const key = named === 'plus' ? '+' : named // the sign itself joins the parts
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key }
}

/** Punctuation often needs Shift on one keyboard and not on another; there the character alone decides. */
function shiftFits(shift: boolean, key: string, event: KeyboardEvent): boolean {
  return /^[^a-z0-9]$/.test(key) || event.shiftKey === shift
}

function keyFits(key: string, event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === key) return true
  // Where a key is counts only when what it writes cannot be a chord: a letter of another script, or a figure under Shift or Alt.
  const code = event.code.toLowerCase()
  return code === `digit${key}` || (code === `key${key}` && !/^[a-z]$/i.test(event.key))
}
