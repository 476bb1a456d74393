// The shape that stands for how far a due time is; its words stand beside it.
import type { ClockState } from '../host/types/ClockState'

export const MARKS = {
  not_started: 'empty', running: 'begun', due_soon: 'answer', late: 'block', filed: 'done', filed_unclear: 'answer', promptly: 'begun', not_counted: 'note', unverified: 'note',
} as const satisfies Record<ClockState['is'], string>

/** The colour of the words, where they press. */
export const TONES: Partial<Record<ClockState['is'], string>> = { due_soon: 'answer', late: 'block', filed_unclear: 'answer' }

/** Late by a rule that may be wrong wants an answer; it does not block. */
export function markOf(state: ClockState): (typeof MARKS)[ClockState['is']] {
  return state.is === 'unverified' && state.late !== null ? 'answer' : MARKS[state.is]
}

export function toneOf(state: ClockState): string {
  return (state.is === 'unverified' && state.late !== null ? 'answer' : TONES[state.is]) ?? ''
}
