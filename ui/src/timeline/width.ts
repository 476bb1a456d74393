// How wide words are in the chart's letters. Asked of the browser where it draws; else a fair guess, so that tests need no fonts.

const SIZE = 13
let pen: CanvasRenderingContext2D | null | undefined

export function widthOf(words: string, weight: 400 | 600): number {
  pen ??= context()
  if (!pen) return words.length * SIZE * (weight === 600 ? 0.52 : 0.5)
  pen.font = `${weight} ${SIZE}px "Rapporteur Sans", sans-serif`
  return pen.measureText(words).width
}

/** Once the letters are loaded; whether they were already. */
export async function lettersReady(): Promise<boolean> {
  const needed = [400, 600].map((weight) => `${weight} ${SIZE}px "Rapporteur Sans"`)
  if (!('fonts' in document) || needed.every((font) => document.fonts.check(font))) return true
  await Promise.allSettled(needed.map((font) => document.fonts.load(font)))
  return false
}

function context(): CanvasRenderingContext2D | null {
  if (navigator.userAgent.includes('jsdom')) return null
  return document.createElement('canvas').getContext('2d')
}
