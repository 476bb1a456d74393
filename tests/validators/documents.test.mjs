// Every kind of PDF we write is accepted by veraPDF, qpdf, poppler and pyHanko, and refused by them once a single bit of it is changed.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import test from 'node:test'
import { makeDocuments, rapporteur } from './documents.mjs'
import { fonts, headingsOf, pagesOf, pdfSig, poppler, pyHanko, qpdf, sizeOf, veraPdf } from './judges.mjs'

const { documents, trusted } = makeDocuments()
const signed = documents.filter(({ signatures }) => signatures > 0)

test('all conform to PDF/A-3a and PDF/UA-1', () => {
  assert.deepEqual(veraPdf(documents.map(({ path }) => path)), [])
})

for (const { name, path, signatures, headings } of documents) {
  test(`${name}: whole, with its fonts, and its headings read in the order of the form`, () => {
    assert.deepEqual(qpdf(path), [])
    assert.deepEqual(poppler(path), [])
    assert.deepEqual(fonts(path), [])
    assert.deepEqual(outOfOrder(headings, headingsOf(path)), [])
  })

  if (signatures > 0) {
    test(`${name}: ${signatures === 1 ? 'its signature is' : `its ${signatures} signatures are`} valid and trusted, and nothing was changed`, () => {
      assert.deepEqual(pdfSig(path, signatures), [])
      assert.deepEqual(pyHanko(path, trusted, signatures), [])
      const verdict = JSON.parse(rapporteur('verify', path, ...trusted.flatMap((pem) => ['--trust', pem]), '--json'))
      assert.equal(verdict.bottom_line, 'sound')
      assert.deepEqual(verdict.signatures.map(({ intact, valid, trusted: known }) => ({ intact, valid, known })), Array(signatures).fill({ intact: true, valid: true, known: 'trusted' }))
    })
  }
}

test('letter paper is used where it is asked for', () => {
  for (const { name, path } of documents) assert.equal(sizeOf(path), name.endsWith('-letter-paper') ? '612 x 792' : '595 x 842', name)
})

test('the long ones have at least 30 pages', () => {
  for (const { name, path } of documents.filter(({ name }) => name.endsWith('-long'))) assert.ok(pagesOf(path) >= 30, `${name} has ${pagesOf(path)} pages`)
})

test('a changed bit is noticed by pdfsig, by pyHanko and by us', () => {
  for (const { name, path, signatures } of signed) {
    const altered = path.replace(/\.pdf$/, '.altered.pdf')
    writeFileSync(altered, withChangedBit(readFileSync(path)))
    assert.notDeepEqual(pdfSig(altered, signatures), [], `pdfsig on ${name}`)
    assert.notDeepEqual(pyHanko(altered, trusted, signatures), [], `pyHanko on ${name}`)
    assert.throws(() => rapporteur('verify', altered), { status: 1 }, `our own verdict on ${name}`)
  }
})

/** The form's headings that are not tagged as headings after the one before them. */
function outOfOrder(headings, tagged) {
  assert.ok(headings.length > 0, 'the form requires no heading')
  let from = 0
  return headings.filter((heading) => {
    // The zone stands in the heading where one is known, a number before it where the form counts; which, the page alone says.
    const words = heading.replace(' ({zone})', '').normalize('NFC').replace(/\s+/g, ' ')
    const at = tagged.findIndex((found, place) => place >= from && found.replace(/^\d+\. /, '').startsWith(words))
    if (at >= 0) from = at + 1
    return at < 0
  })
}

/** One bit in the middle of the first content stream, which every signature covers. */
function withChangedBit(bytes) {
  const at = bytes.indexOf('stream\n') + 'stream\n'.length + 20
  const altered = Buffer.from(bytes)
  altered[at] ^= 1
  return altered
}
