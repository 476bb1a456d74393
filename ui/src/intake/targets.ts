// The places that a piece of a foreign text can be put into, by name, and the groups in which the result shows them.
// Always true: every `To` has a name; the list holds what the form has room for, and always the tray and "left out".
import type { Intake } from '../host/types/Intake'
import type { Placement } from '../host/types/Placement'
import type { To } from '../host/types/To'
import { intake as words } from '../words/intake'

export interface Target {
  to: To
  name: string
}

/** The pieces that went to one place, as the result shows them. */
export interface Group {
  key: string
  name: string
  /** Whether the form asks for it: shown although nothing went there. */
  asked: boolean
  pieces: Placement[]
}

export const keyOf = ({ block, line }: { block: number; line: number }) => `${block}:${line}`

/** What a place is called. */
export function nameOf(to: To, { report, slots }: Intake): string {
  // A section of the form is called as the form calls it, whatever words stood over it; a second one of its name as the text does.
  const slot = (name: string) => {
    const found = slots.find((one) => one.name === name)
    const own = found && found.copy === 0 ? found.key : found ? null : name
    return headingOf(report.template.section.find(({ key }) => key === own)?.heading ?? '') || found?.heading || name
  }
  switch (to.to) {
    case 'heading':
      return words.places.heading
    case 'section':
      return slot(to.slot)
    case 'figure':
      return words.places.figure(slot(to.slot))
    case 'field':
      return report.template.field.find(({ key }) => key === to.key)?.label ?? to.key
    case 'lesson':
      return words.lessons[to.lesson]
    case 'letter':
      return words.letterParts[to.part]
    default:
      return words.places[to.to]
  }
}

/** Where a piece can be put, in the order of the form. */
export function targetsOf(split: Intake): Target[] {
  const { report, slots } = split
  const { template } = report
  const kinds = new Set(template.section.map(({ kind }) => kind))
  const names = [...new Set([...template.section.filter(({ kind }) => kind === 'prose').map(({ key }) => key), ...slots.map(({ name }) => name)])]
  const all: To[] = [
    { to: 'title' },
    ...(template.frame === 'letter' ? (['dateline', 'salutation', 'closing'] as const).map((part): To => ({ to: 'letter', part })) : []),
    ...template.field.map(({ key }): To => ({ to: 'field', key })),
    ...names.map((slot): To => ({ to: 'section', slot })),
    { to: 'timeline' }, { to: 'day' }, { to: 'action' },
    ...(kinds.has('linked_incidents') ? [{ to: 'linked' } as const] : []),
    ...(['good', 'bad', 'lucky'] as const).map((lesson): To => ({ to: 'lesson', lesson })),
    { to: 'signatory' }, { to: 'marking' }, { to: 'tray' }, { to: 'dropped', rule: words.rule },
  ]
  return all.map((to) => ({ to, name: nameOf(to, split) }))
}

/** The pieces by where they went, in the order of the form; the tray and what was left out come last. */
export function groupsOf(split: Intake): Group[] {
  const { report, placements, slots } = split
  const groups = new Map<string, Group>()
  const group = (key: string, name: string, asked = false) => {
    const known = groups.get(key) ?? { key, name, asked, pieces: [] }
    groups.set(key, known)
    return known
  }
  group('title', words.places.title)
  if (report.template.frame === 'letter') group('letter', words.places.letter)
  group('fields', words.places.fields, report.template.field.length > 0)
  for (const { key, heading, kind } of report.template.section) {
    if (kind === 'prose') group(`slot:${key}`, headingOf(heading), true)
    else group(OF_KIND[kind] ?? `slot:${key}`, headingOf(heading), true)
  }
  for (const { name, heading } of slots) if (!isOfTable(split, name)) group(`slot:${name}`, heading)
  for (const piece of placements) group(groupKey(piece.to, split), nameOfGroup(piece.to, split)).pieces.push(piece)
  const last = ['form', 'tray', 'dropped']
  const order = (one: Group) => last.indexOf(one.key)
  return [...groups.values()].filter((one) => one.asked || one.pieces.length > 0).sort((a, b) => order(a) - order(b))
}

/** Places that hold one line: a heading that goes there leaves what stands under it. */
const OF_ONE_LINE = new Set<To['to']>(['title', 'form', 'heading', 'day', 'letter', 'signatory', 'marking'])

/** The chosen pieces, and behind each heading among them what stands under it: up to the next heading, as far as it went where its heading did. */
export function withUnder(chosen: Placement[], to: To, split: Intake): Placement[] {
  if (OF_ONE_LINE.has(to.to)) return chosen
  const taken = new Set(chosen.map(keyOf))
  for (const heading of chosen) {
    if (heading.to.to !== 'heading') continue
    const group = groupKey(heading.to, split)
    const below = split.placements.slice(split.placements.findIndex((piece) => keyOf(piece) === keyOf(heading)) + 1)
    for (const piece of below) {
      if (piece.to.to === 'heading') break
      if (groupKey(piece.to, split) === group) taken.add(keyOf(piece))
    }
  }
  return split.placements.filter((piece) => taken.has(keyOf(piece)))
}

const OF_KIND: Record<string, string> = { timeline: 'timeline', linked_incidents: 'linked', actions: 'action', lessons: 'lesson' }

/** A heading over a table stands with the table's rows. */
function isOfTable({ report, slots }: Intake, name: string): boolean {
  const key = slots.find((slot) => slot.name === name)?.key
  const kind = report.template.section.find((rule) => rule.key === key)?.kind
  return kind !== undefined && OF_KIND[kind] !== undefined
}

function groupKey(to: To, split: Intake): string {
  switch (to.to) {
    case 'heading':
    case 'section':
    case 'figure': {
      if (!isOfTable(split, to.slot)) return `slot:${to.slot}`
      const key = split.slots.find((slot) => slot.name === to.slot)?.key
      return OF_KIND[split.report.template.section.find((rule) => rule.key === key)?.kind ?? ''] ?? `slot:${to.slot}`
    }
    case 'field':
      return 'fields'
    case 'day':
      return 'timeline'
    default:
      return to.to
  }
}

function nameOfGroup(to: To, split: Intake): string {
  switch (to.to) {
    case 'heading':
    case 'figure':
      return nameOf({ to: 'section', slot: to.slot }, split)
    case 'field':
      return words.places.fields
    case 'day':
      return words.places.timeline
    case 'lesson':
      return words.lessonsName
    case 'letter':
      return words.places.letter
    default:
      return nameOf(to, split)
  }
}

/** The zone of a heading is the report's, and stands there only in print. */
function headingOf(heading: string): string {
  return heading.replace(/\s*\(?\{zone\}\)?/, '')
}
