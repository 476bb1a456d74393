// Where the label of each key moment stands, so that none covers the stem of another and the fewest rows are needed.
// The same rules as on paper (crates/paper/src/chart/flags.rs). Always true: the choice depends on places and widths alone.

export interface Flag {
  x: number
  width: number
  /** Its row, from 0 at the bottom. */
  tier: number
  /** Whether it flies to the left of its stem. */
  left: boolean
}

/** Up to this many every choice of sides is tried; 2 to the 12th is some thousand. */
export const MOST = 12
/** White between two labels. */
const CLEAR = 8

/**
 * Flags for stems at `xs` (rising), `widths` wide with the white between stem and words, in a chart `room` wide.
 * None where there is no legal choice: then fewer must be shown.
 */
export function flags(xs: number[], widths: number[], room: number): Flag[] | null {
  const choice = xs.length <= MOST ? best(xs, widths, room) : null
  return choice && xs.map((x, n) => ({ x, width: widths[n] ?? 0, tier: choice.tiers[n] ?? 0, left: choice.left[n] ?? false }))
}

interface Choice {
  left: boolean[]
  tiers: number[]
}

/** Of all choices the one with the fewest rows, then the shortest stems, then the fewest flags to the left. */
function best(xs: number[], widths: number[], room: number): Choice | null {
  let found: (Choice & { rank: [number, number, number] }) | null = null
  for (let mask = 0; mask < 1 << xs.length; mask += 1) {
    const left = xs.map((_, n) => (mask & (1 << n)) !== 0)
    const tiers = rows(xs, widths, left, room)
    if (!tiers) continue
    const rank: [number, number, number] = [Math.max(0, ...tiers), tiers.reduce((a, b) => a + b, 0), left.filter(Boolean).length]
    if (!found || isLess(rank, found.rank)) found = { left, tiers, rank }
  }
  return found
}

/** The row of each label, if the choice is legal: nothing beyond the edges, no two labels over each other's stem. */
function rows(xs: number[], widths: number[], left: boolean[], room: number): number[] | null {
  const above: [number, number][] = []
  for (let i = 0; i < xs.length; i += 1) {
    const [x, width] = [xs[i] ?? 0, widths[i] ?? 0]
    if (left[i] ? x - width < 0 : x + width > room) return null
    for (let j = i + 1; j < xs.length; j += 1) {
      const [distance, other] = [(xs[j] ?? 0) - x, widths[j] ?? 0]
      const firstOver = !left[i] && distance < width + CLEAR
      const secondOver = left[j] === true && distance < other + CLEAR
      if (firstOver && secondOver) return null
      if (firstOver) above.push([i, j])
      else if (secondOver) above.push([j, i])
      else if (!left[i] && left[j] && distance < width + other + CLEAR) above.push([i, j])
    }
  }
  return longestPaths(xs.length, above)
}

/** Each label above those it must clear; none if that goes round in a circle. */
function longestPaths(count: number, above: [number, number][]): number[] | null {
  const tiers = new Array<number>(count).fill(0)
  for (let round = 0; round <= count; round += 1) {
    let moved = false
    for (const [high, low] of above) {
      if ((tiers[high] ?? 0) > (tiers[low] ?? 0)) continue
      tiers[high] = (tiers[low] ?? 0) + 1
      moved = true
    }
    if (!moved) return tiers
  }
  return null
}

function isLess(a: number[], b: number[]): boolean {
  const at = a.findIndex((value, n) => value !== b[n])
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
}
