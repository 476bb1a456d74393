// Tells a fault of the core from whatever else may be thrown, and makes the one of the other.
import type { Fault } from './types/Fault'

export function isFault(thrown: unknown): thrown is Fault {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'detail' in thrown && 'facts' in thrown
}

/** What was thrown, as a fault; what is none becomes `internal` with its message. */
export function asFault(thrown: unknown): Fault {
  if (isFault(thrown)) return thrown
  return { code: 'internal', detail: thrown instanceof Error ? thrown.message : String(thrown), facts: {} }
}
