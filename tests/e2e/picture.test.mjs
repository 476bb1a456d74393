// The eye of the window tests sees: an empty frame has one colour, a drawn one has those that were put in.
import assert from 'node:assert/strict'
import test from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { look } from './picture.mjs'

test('an empty frame has one colour', () => {
  assert.deepEqual(look(png(4, 3, () => [255, 255, 255])), { width: 4, height: 3, colours: 1 })
})

test('every colour is counted once, whatever the filter of its line', () => {
  const drawn = (x, y) => [x * 40, y * 30, (x + y) * 7]
  for (const filter of [0, 1, 2]) assert.deepEqual(look(png(5, 4, drawn, filter)), { width: 5, height: 4, colours: 20 }, `filter ${filter}`)
})

test('what is no PNG is refused', () => {
  assert.throws(() => look(Buffer.from('<html></html>')), /not a PNG/)
})

function png(width, height, colour, filter = 0) {
  const at = (x, y) => (x < 0 || y < 0 ? [0, 0, 0] : colour(x, y))
  const before = (x, y) => (filter === 0 ? [0, 0, 0] : filter === 1 ? at(x - 1, y) : at(x, y - 1))
  const row = (y) => [filter, ...Array.from({ length: width }, (_, x) => at(x, y).map((v, i) => (v - before(x, y)[i] + 256) & 255)).flat()]
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0])
  const data = deflateSync(Buffer.from(Array.from({ length: height }, (_, y) => row(y)).flat()))
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name, body) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
