// Takes over a value from the core without losing what is the same: whatever is equal stays the very object the window already shows,
// so that only what differs is drawn again. Values are JSON: no cycles, no classes.

/** `after`, with every part that equals its counterpart in `before` replaced by that counterpart. */
export function reuse<T>(before: T, after: T): T {
  return merged(before, after) as T
}

/** `reuse` over what it was given before. */
export function reusing<T>(): (next: T) => T {
  let last: T | undefined
  return (next) => (last = last === undefined ? next : reuse(last, next))
}

function merged(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before
  if (Array.isArray(before) && Array.isArray(after)) return mergedList(before, after)
  if (isRecord(before) && isRecord(after)) return mergedRecord(before, after)
  return after
}

function mergedList(before: unknown[], after: unknown[]): unknown[] {
  const byId = new Map(before.map((item) => [idOf(item), item]))
  const next = after.map((item, at) => merged(byId.get(idOf(item) ?? NaN) ?? before[at], item))
  return next.length === before.length && next.every((item, at) => item === before[at]) ? before : next
}

function mergedRecord(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(after)
  const next = Object.fromEntries(keys.map((key) => [key, merged(before[key], after[key])]))
  const same = keys.length === Object.keys(before).length && keys.every((key) => key in before && next[key] === before[key])
  return same ? before : next
}

/** What tells the items of a list apart when they move: rows have an id, findings a key. */
function idOf(item: unknown): unknown {
  if (!isRecord(item)) return undefined
  return item['id'] ?? item['key']
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
