// From minutes to places on an axis of time: which part of the timeline is drawn, where its ticks stand, how wide a minute is.
// The same rules as crates/paper/src/chart/flags.rs. Times are minutes of the wall clock (timeline/when.ts); a day has 1440.

/** Lengths between ticks that people count in. */
const TICKS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200]
/** The room that the words of a tick need, in pixels: a narrow chart has fewer. */
const ROOM = 56

export interface Scale {
  from: number
  to: number
  /** Minutes between ticks. */
  tick: number
  /** The place of a minute; what lies outside stands at the edge. */
  x: (minute: number) => number
  ticks: number[]
}

/** A scale over `first` to `last` between the places `left` and `right`: it begins at a round time before the first and ends after the last. */
export function scale(first: number, last: number, left: number, right: number): Scale {
  const length = Math.max(1, last - first)
  const most = Math.max(2, Math.min(9, Math.floor((right - left) / ROOM)))
  const tick = TICKS.find((minutes) => length / minutes + 1 <= most) ?? Math.ceil(length / (most - 1) / 43200) * 43200
  const half = tick / 2
  const from = roundDown(first, half) - (first % half === 0 ? half : 0)
  const to = -roundDown(-last, half) + (last % half === 0 ? half : 0)
  const x = (minute: number) => left + ((Math.min(Math.max(minute, from), to) - from) / (to - from)) * (right - left)
  const ticks: number[] = []
  for (let at = -roundDown(-from, tick); at <= to; at += tick) ticks.push(at)
  return { from, to, tick, x, ticks }
}

/** The span worth drawing: `core` and what happened near it. What lies far outside is only counted, so that the hours that matter stay legible. */
export function near(core: [number, number], moments: number[]): { span: [number, number]; earlier: number; later: number } {
  const margin = Math.max(30, (core[1] - core[0]) / 2)
  const [from, to] = [core[0] - margin, core[1] + margin]
  const inside = [...core, ...moments.filter((at) => at >= from && at <= to)]
  return {
    span: [inside.reduce((a, b) => Math.min(a, b)), inside.reduce((a, b) => Math.max(a, b))],
    earlier: moments.filter((at) => at < from).length,
    later: moments.filter((at) => at > to).length,
  }
}

function roundDown(minute: number, step: number): number {
  return Math.floor(minute / step) * step
}
