// The judges can fail: a plain page that is neither tagged, archival, signed nor whole is refused by each of them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { fonts, pagesOf, pdfSig, poppler, pyHanko, qpdf, textOf, veraPdf } from './judges.mjs'

const folder = mkdtempSync(join(tmpdir(), 'judges-'))
after(() => rmSync(folder, { recursive: true }))

const plain = file('plain.pdf', page('BT /F 12 Tf 72 720 Td (Root cause) Tj ET'))

test('veraPDF names the rules that an untagged page fails', () => {
  const complaints = veraPdf([plain]).join('\n')
  assert.match(complaints, /^FAIL 3a /m)
  assert.match(complaints, /^FAIL ua1 /m)
  assert.match(complaints, /6\.2\.11\.4\.1-1/, 'a font that is not embedded')
})

test('veraPDF gives no verdict on what is no PDF, and that is no pass', () => {
  assert.throws(() => veraPdf([file('letter.txt', 'Dear Sir')]), /no verdict/)
})

test('poppler accepts a whole file and complains of a broken one', () => {
  assert.deepEqual(poppler(plain), [])
  assert.notDeepEqual(poppler(file('no-trailer.pdf', page('').replace('trailer', 'trailr'))), [])
})

test('qpdf accepts a whole file and refuses a broken one', () => {
  assert.deepEqual(qpdf(plain), [])
  assert.notDeepEqual(qpdf(file('broken.pdf', page('').replace(/startxref\n\d+/, 'startxref\n7'))), [])
})

test('a font that is not embedded is named, and so is a file without fonts', () => {
  assert.match(fonts(plain)[0], /Helvetica/)
  assert.deepEqual(fonts(file('empty.pdf', page('', ''))), ['no fonts at all'])
})

test('an unsigned file is not a signed one', () => {
  assert.notDeepEqual(pdfSig(plain, 1), [])
  assert.notDeepEqual(pyHanko(plain, [], 1), [])
})

test('text and pages are read', () => {
  assert.match(textOf(plain), /Root cause/)
  assert.equal(pagesOf(plain), 1)
})

function file(name, content) {
  const path = join(folder, name)
  writeFileSync(path, content, 'latin1')
  return path
}

/** A one-page PDF 1.7 with these page operators, in Helvetica, which it does not carry. */
function page(operators, resources = '/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>') {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${resources} >> /Contents 4 0 R >>`,
    `<< /Length ${operators.length} >>\nstream\n${operators}\nendstream`,
  ]
  let text = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return String(place).padStart(10, '0')
  })
  const table = ['0000000000 65535 f ', ...places.map((place) => `${place} 00000 n `)].join('\n')
  return `${text}xref\n0 5\n${table}\ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}
