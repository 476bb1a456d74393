// A plain PDF of a report's words, so that the screens that show pages have pages to show. Not the page that is filed.
import type { Anchor } from '../types/Anchor'
import type { Report } from '../types/Report'
import { plain } from './view'

export interface Printed {
  bytes: Uint8Array
  pages: number
  anchors: Anchor[]
}

interface Line {
  text: string
  size: number
  /** The index of the report's section that this line begins, where it begins one. */
  begins?: number
}

const HEIGHT = 842
const TOP = 770
const BOTTOM = 80

export function print(report: Report): Printed {
  const sheets = paginate(lines(report))
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${sheets.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}] /Count ${sheets.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
    ...sheets.flatMap((sheet, i) => {
      const content = drawn(sheet, `Page ${i + 1} of ${sheets.length}`)
      const box = `/MediaBox [0 0 595 ${HEIGHT}] /Resources << /Font << /F 3 0 R >> >>`
      return [
        `<< /Type /Page /Parent 2 0 R ${box} /Contents ${5 + 2 * i} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  return { bytes: file(objects), pages: sheets.length, anchors: anchors(report, sheets) }
}

function lines(report: Report): Line[] {
  const { template } = report
  return [
    { text: template.title, size: 21 },
    { text: template.legal_basis, size: 10 },
    ...template.field.flatMap(({ key, label }) => wrapped(`${label}:  ${report.fields[key]?.raw ?? ''}`)).map((text) => ({ text, size: 10.5 })),
    ...report.sections.flatMap(({ heading, body }, begins): Line[] => [
      { text: heading, size: 13, begins },
      ...wrapped(plain(body)).map((text) => ({ text, size: 10.5 })),
    ]),
  ]
}

function wrapped(text: string): string[] {
  return text.split('\n').flatMap((paragraph) => paragraph.match(/.{1,88}(?:\s|$)/g) ?? [])
}

function paginate(all: Line[]): Line[][] {
  const sheets: Line[][] = [[]]
  let room = TOP - BOTTOM
  for (const line of all) {
    room -= leading(line)
    if (room < 0) {
      sheets.push([])
      room = TOP - BOTTOM - leading(line)
    }
    sheets.at(-1)?.push(line)
  }
  return sheets
}

function leading({ size }: Line): number {
  return size >= 13 ? size * 2.2 : size * 1.5
}

function drawn(sheet: Line[], foot: string): string {
  let y = TOP
  const set = sheet.map((line) => {
    y -= leading(line)
    return text(62, y, line.size, line.text)
  })
  return [...set, text(500, 40, 8.5, foot)].join('\n')
}

function text(x: number, y: number, size: number, words: string): string {
  const latin = words
    .replace(/[\u2010-\u2015]/g, '-').replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/\u00a0/g, ' ')
    .replace(/[^\x20-\x7e\xa1-\xff]/g, '?').replace(/[\\()]/g, '\\$&')
  return `BT /F ${size} Tf ${x} ${y.toFixed(1)} Td (${latin}) Tj ET`
}

function anchors(report: Report, sheets: Line[][]): Anchor[] {
  return sheets.flatMap((sheet, page) => {
    let y = TOP
    const begun = sheet.flatMap((line) => {
      y -= leading(line)
      return line.begins === undefined ? [] : [{ begins: line.begins, top: 1 - (y + line.size) / HEIGHT }]
    })
    return begun.flatMap(({ begins, top }, i): Anchor[] => {
      const section = report.sections[begins]
      if (!section) return []
      return [{ place: { in: 'section', section: section.id, line: null }, page, top, bottom: begun[i + 1]?.top ?? 0.9 }]
    })
  })
}

/** One byte a character: everything in it is Latin-1. */
function file(objects: string[]): Uint8Array {
  let out = '%PDF-1.7\n'
  const starts = objects.map((object, i) => {
    const start = out.length
    out += `${i + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const table = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  out += starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Uint8Array.from(out, (c) => c.charCodeAt(0))
}
