// pdf.js, asked over standard input file by file: draws the first pages in grey and answers with their number.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

const SECONDS = 15

for await (const line of createInterface(process.stdin)) {
  const { file, folder, pages } = JSON.parse(line)
  const late = new Promise((resolve) => setTimeout(() => resolve(0), SECONDS * 1000).unref())
  const count = await Promise.race([draw(file, folder, pages).catch(() => 0), late])
  console.log(count)
}

async function draw(file, folder, most) {
  const task = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: VerbosityLevel.ERRORS, disableFontFace: true })
  const document = await task.promise
  const count = Math.min(document.numPages, most)
  for (let number = 1; number <= count; number += 1) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale: 1 })
    const [width, height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))]
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    await page.render({ canvasContext: context, canvas: null, viewport }).promise
    const { data } = context.getImageData(0, 0, width, height)
    const grey = Buffer.alloc(width * height, 0)
    for (let at = 0; at < grey.length; at += 1) grey[at] = Math.round(0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2])
    writeFileSync(join(folder, `page${number}.pgm`), Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]))
  }
  await task.destroy()
  return count
}
