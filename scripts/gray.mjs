// A grey picture as poppler writes it (PGM) becomes a PNG of sixteen greys: a page of print needs no more, and is a third as large.
// Deliberately absent: scaling, which poppler does from the outlines, and colour.
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The PNG of a binary PGM (P5, 8 bits). */
export function sixteenGreys(pgm) {
  const { width, height, pixels } = read(pgm)
  const stride = 1 + Math.ceil(width / 2) // each row begins with the number of its filter: none
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grey = Math.round(pixels[y * width + x] / 17)
      rows[y * stride + 1 + (x >> 1)] |= x % 2 === 0 ? grey << 4 : grey
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([4, 0, 0, 0, 0], 8) // 4 bits a pixel, greys, and the only ways there are to compress, filter and not interlace
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function read(pgm) {
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 64).toString('latin1')) ?? []
  if (!head) throw new Error('this is no PGM of 8 bits')
  return { width: Number(width), height: Number(height), pixels: pgm.subarray(head.length) }
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
