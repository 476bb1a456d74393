// Several options in one answer: one a line, in the order of the form. Always true: a line that names no option stays where it is.
import type { Choice } from '../../host/types/Choice'

/** An option as it is written and printed. */
export function words({ group, label }: Choice): string {
  return group ? `${group}: ${label}` : label
}

/** Options by the words they stand under, in the order of the form. */
export function grouped(vocabulary: Choice[]): [group: string, options: Choice[]][] {
  const groups = new Map<string, Choice[]>()
  for (const option of vocabulary) groups.set(option.group ?? '', [...(groups.get(option.group ?? '') ?? []), option])
  return [...groups]
}

/** The options an answer names, and the lines that name none. */
export function chosen(vocabulary: Choice[], raw: string): { keys: string[]; strangers: string[] } {
  const keys: string[] = []
  const strangers: string[] = []
  for (const line of lines(raw)) {
    const options = inLine(vocabulary, line)
    if (options) keys.push(...options.map(({ key }) => key).filter((key) => !keys.includes(key)))
    else strangers.push(line)
  }
  return { keys, strangers }
}

/** The answer with an option put in or taken out. */
export function toggled(vocabulary: Choice[], raw: string, option: Choice, on: boolean): string {
  const { keys, strangers } = chosen(vocabulary, raw)
  const kept = vocabulary.filter(({ key }) => (key === option.key ? on : keys.includes(key)))
  return [...kept.map(words), ...strangers].join('\n')
}

function lines(raw: string): string[] {
  return raw.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

/** A label may hold a comma itself: the whole line first, then its parts. As the core reads it. */
function inLine(vocabulary: Choice[], whole: string): Choice[] | undefined {
  const line = whole.replace(/^[-*•– ]+/, '')
  const one = named(vocabulary, line)
  if (one) return [one]
  const list = line.replace(/ (?:and|&) (?!.* (?:and|&) )/, ',')
  for (const [text, sign] of [[line, ';'], [line, ','], [line, '/'], [line, ' and '], [list, ',']] as const) {
    const options = text.split(sign).filter((part) => part.trim() !== '').map((part) => named(vocabulary, part.trim()))
    if (text.includes(sign) && options.every((option) => option !== undefined)) return options
  }
  return undefined
}

/** By the key, the words, or a label that no other option bears; then by letters and figures alone. As the core reads it. */
export function named(vocabulary: Choice[], line: string): Choice | undefined {
  const same = (text: string) => text.toLowerCase() === line.toLowerCase()
  const exact = vocabulary.find((option) => option.key === line || same(words(option)))
  if (exact) return exact
  const meant = vocabulary.filter(({ label }) => same(label))
  if (meant.length === 1) return meant[0]
  const said = folded(line)
  const near = vocabulary.filter((option) => [option.key, words(option), option.label, option.label.split(' (')[0]!].some((text) => folded(text) === said))
  return said !== '' && near.length === 1 ? near[0] : undefined
}

/** Without what only divides words or sets them off. */
function folded(text: string): string {
  return text.replaceAll('&', 'and').replaceAll(/[\s\-_/.,:()[\]'"‘’“”–]/g, '').toLowerCase()
}
