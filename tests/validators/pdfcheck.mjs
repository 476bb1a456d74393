// Judges PDFs by the veraPDF engine.
// Usage: node tests/validators/pdfcheck.mjs [-f 3a,ua1] FILE...    exit 0: every file conforms; 1: one does not; 2: no verdict
import { veraPdf } from './judges.mjs'

const given = process.argv.slice(2)
const flavours = given[0] === '-f' ? given.splice(0, 2)[1].split(',') : ['3a', 'ua1']
if (given.length === 0) {
  console.error('usage: pdfcheck.mjs [-f 3a,ua1] FILE...')
  process.exit(2)
}
try {
  const complaints = veraPdf(given, flavours)
  console.log(complaints.length === 0 ? `${given.length} files conform to ${flavours.join(' and ')}` : complaints.join('\n'))
  process.exitCode = complaints.length === 0 ? 0 : 1
} catch (cause) {
  console.error(cause.message)
  process.exitCode = 2
}
