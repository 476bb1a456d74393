// A property that a web view we run in cannot bear: WebKitGTK 2.50’s page ends when text with `text-wrap: pretty` is laid out anew while
// the breadth of its container crosses a query (zooming in the editor did it).
import { expect, test } from 'vitest'

const styles = import.meta.glob<string>(['../**/*.svelte', './*.css'], { query: '?raw', import: 'default', eager: true })

test('no style asks for text-wrap: pretty', () => {
  expect(Object.keys(styles).length).toBeGreaterThan(50)
  expect(Object.entries(styles).filter(([, text]) => /text-wrap:\s*pretty/.test(text)).map(([path]) => path)).toEqual([])
})
