// Every pair of colours that parts.css puts on each other can be read, in both themes: WCAG 2.1, 1.4.3 and 1.4.11.
import { expect, test } from 'vitest'
import css from './tokens.css?raw'

type Theme = 'light' | 'dark'
type Pair = readonly [front: string, ground: string]

const tokens = readTokens(css)

const GROUNDS = ['page', 'surface', 'hover', 'accent-wash']
const LEVELS = ['block', 'answer', 'good']

/** Words on a ground: 4.5 to 1. */
const WORDS: Pair[] = [
  ...each(['ink', 'quiet', 'accent', ...LEVELS], GROUNDS),
  ...each(['ink', 'quiet', 'accent'], ['sunken']),
  ...each(['on-accent'], ['accent', 'accent-deep']),
  ...each(['accent-deep'], ['page', 'surface']),
  ...LEVELS.flatMap((level) => each([level, 'ink', 'quiet'], [`${level}-wash`])),
  ...each(['paper-ink', 'paper-quiet'], ['paper', 'paper-wash']),
]

/** Marks, edges and rings, which carry meaning without words: 3 to 1. */
const SHAPES: Pair[] = [
  ...each(['rule', 'accent', 'quiet', ...LEVELS], [...GROUNDS, 'sunken']),
  ['paper-accent', 'paper'],
]

test.each(['light', 'dark'] as const)('words can be read on every ground, %s', (theme) => {
  expect(tooFaint(WORDS, theme, 4.5)).toEqual([])
})

test.each(['light', 'dark'] as const)('marks and edges can be made out on every ground, %s', (theme) => {
  expect(tooFaint(SHAPES, theme, 3)).toEqual([])
})

test('the measure itself: black on white is 21 to 1, a colour on itself 1 to 1', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
  expect(contrast('#1D4F8C', '#1D4F8C')).toBe(1)
})

function each(fronts: string[], grounds: string[]): Pair[] {
  return fronts.flatMap((front) => grounds.map((ground): Pair => [front, ground]))
}

function tooFaint(pairs: Pair[], theme: Theme, least: number): string[] {
  return pairs
    .map(([front, ground]) => ({ front, ground, ratio: contrast(colour(front, theme), colour(ground, theme)) }))
    .filter(({ ratio }) => ratio < least)
    .map(({ front, ground, ratio }) => `${front} on ${ground}: ${ratio.toFixed(2)}`)
}

function colour(token: string, theme: Theme): string {
  const pair = tokens.get(token)
  if (!pair) throw new Error(`tokens.css has no colour --${token}`)
  return pair[theme]
}

/** Every `--name: light-dark(#RRGGBB, #RRGGBB)`; colours with transparency lie above others and are not measured. */
function readTokens(css: string): Map<string, Record<Theme, string>> {
  const found = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9A-F]{6}),\s*(#[0-9A-F]{6})\)/gi)
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]))
}

/** WCAG contrast ratio of two opaque colours, 1 to 21. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** WCAG relative luminance of `#RRGGBB`, 0 to 1. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
