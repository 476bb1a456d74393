// Screenshots that can be believed: painted, settled, and of more than a few colours.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'

const FOLDER = fileURLToPath(new URL('../../target/e2e', import.meta.url))

/** A window with one line of text has about this many shades along the edges of its letters; an unpainted one has 1. */
const LEAST_COLOURS = 12

/** Keeps the window's picture as target/e2e/NAME-WIDTHxHEIGHT.png and returns its path. */
export async function keepPicture(session, name) {
  const png = await settled(session)
  const { width, height, colours } = look(png)
  const path = join(FOLDER, `${name}-${width}x${height}.png`)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path, png)
  assert.ok(colours >= LEAST_COLOURS, `${path} has ${colours} colours: the window is not painted`)
  return path
}

/** WebKitGTK answers the first requests with an empty frame: waits until two pictures in a row are equal and painted. What is painted and
 *  never at rest (a caret that blinks faster than pictures come) is taken as it is. */
async function settled(session) {
  const began = Date.now()
  let before = await session.png()
  for (;;) {
    await sleep(100)
    const now = await session.png()
    const isPainted = look(now).colours >= LEAST_COLOURS
    if (isPainted && (now.equals(before) || Date.now() > began + 5_000)) return now
    if (Date.now() > began + 60_000) return now
    before = now
  }
}

/** Size in pixels and number of different colours of an 8-bit RGB or RGBA PNG without interlacing, as WebKit writes them. */
export function look(png) {
  const { width, height, channels, data } = chunks(png)
  const stride = width * channels
  const raw = inflateSync(data)
  const seen = new Set()
  let above = new Uint8Array(stride)
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1)
    const line = unfilter(raw[start], raw.subarray(start + 1, start + 1 + stride), above, channels)
    for (let at = 0; at < stride; at += channels) seen.add((line[at] << 16) | (line[at + 1] << 8) | line[at + 2])
    above = line
  }
  return { width, height, colours: seen.size }
}

function chunks(png) {
  assert.equal(png.toString('latin1', 1, 4), 'PNG', 'not a PNG')
  const [depth, kind, interlaced] = [png[24], png[25], png[28]]
  assert.ok(depth === 8 && (kind === 2 || kind === 6) && interlaced === 0, `a PNG of depth ${depth}, colour type ${kind}, interlacing ${interlaced}`)
  const data = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), channels: kind === 6 ? 4 : 3, data: Buffer.concat(data) }
}

/** Undoes one line's filter (PNG specification, section 9). */
function unfilter(filter, line, above, channels) {
  const out = new Uint8Array(line.length)
  for (let at = 0; at < line.length; at++) {
    const left = at < channels ? 0 : out[at - channels]
    const up = above[at]
    const corner = at < channels ? 0 : above[at - channels]
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
    out[at] = line[at] + guess
  }
  return out
}

function paeth(left, up, corner) {
  const [l, u, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (l <= u && l <= c) return left
  return u <= c ? up : corner
}
