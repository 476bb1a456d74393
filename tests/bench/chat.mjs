// A chat of ten thousand lines, as a bridge leaves it behind after a night. Always true: the same lines at every call.
import { sentence, sequence } from './content.mjs'

const LINES = 10_000
const PEOPLE = ['Helen Marsh', 'David Okafor', 'Priya Raman', 'monitor bot', 'Tomasz Wilk']
/** Every so many lines a message goes on without a time of its own. */
const GOES_ON = 25

/** The text: `[2025-10-14 21:52] Helen Marsh: …`, five lines a minute. */
export function chat() {
  const random = sequence(731204)
  const line = (_, at) => (at % GOES_ON === GOES_ON - 1 ? sentence(random) : `[${stamp(at)}] ${PEOPLE[Math.floor(random() * PEOPLE.length)]}: ${sentence(random)}`)
  return `${Array.from({ length: LINES }, line).join('\n')}\n`
}

function stamp(at) {
  const began = Date.UTC(2025, 9, 14, 21, 52)
  return new Date(began + Math.floor(at / 5) * 60_000).toISOString().slice(0, 16).replace('T', ' ')
}
