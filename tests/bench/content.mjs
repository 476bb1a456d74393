// One report of some thirty pages in two forms: `report.json` for Rapporteur, and a Typst source with the same words, tables, headings
// and fonts on the same page. Always true: the same content at every call; nothing is taken from a clock or from chance.

const WORDS = `the gateway a certificate second node region request refused service restored queue delayed before after engineer telephone
alarm threshold monitoring screen network time-out classified confirmed weekly restart procedure renewal expired midday connection
limit supplier customer meter reading delivered in steps rate held twenty minutes half normal share both nodes proved repair outlives
address shared watched each not one found during review evidence kept bridge notes log line shows first failure count rising`.split(/\s+/)

/** Thirty pages of prose with a timeline, thirty pages of which half are a long timeline, and thirty with one that no one reads. */
export const PROSE = { paragraphs: 13, events: 130 }
export const ROWS = { paragraphs: 10, events: 300 }
export const MANY = { paragraphs: 13, events: 3000 }
/** As many rows as five megabytes of file hold. */
export const WIDE = { paragraphs: 13, events: 10_000 }
const ACTIONS = 14
const LINKED = 12

/** `{report, typst}`: the report in the form, and the source. `blank` is a report begun in the form by this build. */
export function content(blank, { paragraphs, events } = PROSE) {
  const random = sequence(2026)
  const prose = blank.sections.filter(({ key }) => key !== 'linked_incidents')
  const bodies = new Map(prose.map(({ key }, at) => [key, blocks(random, paragraphs + at)]))
  const rows = Array.from({ length: events }, (_, at) => ({ minute: 21 * 60 + 52 + at * 2, text: sentence(random) }))
  const actions = Array.from({ length: ACTIONS }, () => ({ text: sentence(random), owner: 'Priya Raman', due: '24/10/2025' }))
  const linked = Array.from({ length: LINKED }, (_, at) => ({ incident: FIELDS.incident_reference, linked: `INC0000007312${20 + at}`, nature: 'Related' }))
  return { report: asReport(blank, bodies, rows, actions, linked), typst: asTypst(blank, bodies, rows, actions, linked) }
}

const FIELDS = {
  incident_date: '14/10/2025',
  incident_reference: 'INC000000731204',
  problem_reference: 'PBI000000146077',
  service_impacted: 'Service Requests to meters in the North Region were refused at the message gateway.',
  reported_at: '14/10/2025 21:52',
  resolved_at: '15/10/2025 02:41',
  within_sla: 'N',
}

const SIGNATORIES = [
  { part: 'Author', name: 'Helen Marsh', role: 'Major Incident Manager', organisation: 'Specimen Data Communications' },
  { part: 'Approver', name: 'David Okafor', role: 'Head of Service Operations', organisation: 'Specimen Data Communications' },
]

/** Paragraphs with bold, italic and code, and between them headings, lists, tables and lines of a log. */
function blocks(random, count) {
  return Array.from({ length: count }, (_, at) => {
    const paragraph = { kind: 'paragraph', runs: runs(random) }
    if (at % 6 === 2) return [{ kind: 'heading', text: `Finding ${at}: ${words(random, 4)}` }, paragraph]
    if (at % 6 === 3) return [paragraph, { kind: 'list', items: Array.from({ length: 4 }, () => sentence(random)) }]
    if (at % 6 === 4) return [paragraph, { kind: 'table', rows: table(random) }]
    if (at % 6 === 5) return [paragraph, { kind: 'code', lines: Array.from({ length: 4 }, (_, n) => `22:${10 + n} node-2 refused=${500 + Math.floor(random() * 500)}`) }]
    return [paragraph]
  }).flat()
}

function runs(random) {
  const plain = () => ({ text: `${sentence(random)} ${sentence(random)} ` })
  return [plain(), { text: words(random, 3), mark: 'bold' }, { text: '. ' }, plain(), { text: words(random, 4), mark: 'italic' }, { text: ', then ' }, { text: 'systemctl restart gateway', mark: 'code' }, { text: `. ${sentence(random)}` }]
}

function table(random) {
  return [['Node', 'Refused', 'What was seen'], ...Array.from({ length: 7 }, (_, at) => [`node ${at}`, String(Math.floor(random() * 9000)), words(random, 6)])]
}

export function sentence(random) {
  const said = words(random, 9 + Math.floor(random() * 9))
  return `${said[0].toUpperCase()}${said.slice(1)}.`
}

function words(random, count) {
  return Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')
}

/** Mulberry32, so that every run and every machine gets the same words. */
export function sequence(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function asReport(blank, bodies, rows, actions, linked) {
  let next = 0
  const id = () => `0199e8f5-1580-7000-8000-${(++next).toString(16).padStart(12, '0')}`
  return {
    ...blank,
    title: 'Service Requests refused in the North Region',
    zone: 'Europe/London',
    fields: Object.fromEntries(Object.entries(FIELDS).map(([key, raw]) => [key, { ...blank.fields[key], raw }])),
    sections: blank.sections.map((section) => ({ ...section, body: (bodies.get(section.key) ?? []).map(asNode) })),
    timeline: rows.map(({ minute, text }) => ({ kind: 'event', id: id(), date: day(minute), time: { kind: 'at', at: `${clock(minute)}:00` }, text })),
    actions: actions.map((action) => ({ id: id(), ...action })),
    linked: linked.map((row) => ({ id: id(), ...row })),
    signatories: blank.signatories.map((signatory, at) => {
      const { name, role, organisation } = SIGNATORIES[at]
      return { ...signatory, person: { name, role, organisation } }
    }),
  }
}

function asNode(block) {
  const text = (words, ...marks) => ({ type: 'text', text: words, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) })
  const paragraph = (words) => ({ type: 'paragraph', content: [text(words)] })
  switch (block.kind) {
    case 'heading': return { type: 'heading', attrs: { level: 3 }, content: [text(block.text)] }
    case 'list': return { type: 'bulletList', content: block.items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })) }
    case 'code': return { type: 'codeBlock', content: [text(block.lines.join('\n'))] }
    case 'table': {
      const cell = (row) => (words) => ({ type: row === 0 ? 'tableHeader' : 'tableCell', attrs: { colspan: 1, rowspan: 1 }, content: [paragraph(words)] })
      return { type: 'table', content: block.rows.map((cells, row) => ({ type: 'tableRow', content: cells.map(cell(row)) })) }
    }
    default: return { type: 'paragraph', content: block.runs.map(({ text: words, mark }) => (mark ? text(words, mark) : text(words))) }
  }
}

function asTypst(blank, bodies, rows, actions, linked) {
  const { title, fields, short_title: short } = { short_title: '', ...blank.template, fields: blank.template.field }
  const answers = fields.map(({ key, label }) => [label, FIELDS[key] ?? '4 h 49 min'])
  const linkedRows = linked.map(({ incident, linked: other, nature }) => [incident, other, nature])
  const sections = blank.sections.map(({ key, heading }) =>
    `= ${escaped(heading)}\n\n#pad(left: 48mm)[\n${key === 'linked_incidents' ? grid('(1fr, 1fr, 1fr)', ['Incident', 'Linked incident', 'Nature'], linkedRows) : bodies.get(key).map(asMarkup).join('\n\n')}\n]`)
  return `#set document(title: "${title}, ${FIELDS.incident_reference}", author: "${SIGNATORIES[0].name}", date: datetime(year: 2026, month: 5, day: 12))
#set page(paper: "a4", margin: (x: 22mm, top: 26mm, bottom: 27mm),
  header: text(size: 8pt, font: "Source Sans 3")[${escaped(title)} #h(1fr) ${escaped('DCC Controlled - SEC Parties (GREEN)')}],
  footer: context text(size: 8pt, font: "Source Sans 3")[${FIELDS.incident_reference} · version 1.0 #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(lang: "en", region: "gb", font: "Source Serif 4", size: 10.5pt)
#set par(leading: 8.4pt, spacing: 14pt, justify: false)
#set heading(numbering: none)
#show heading: set text(font: "Source Sans 3", weight: "semibold")
#show heading.where(level: 1): set text(size: 11.5pt)
#show raw: set text(font: "Source Code Pro", size: 8.5pt)
#show table: set text(font: "Source Sans 3", size: 9.5pt)
#set table(stroke: (x: none, y: 0.4pt), inset: (x: 4pt, y: 4pt), align: left)
#pdf.attach("report.json", relationship: "source", mime-type: "application/json", description: "The report as data")
#text(size: 20pt, font: "Source Sans 3", weight: "semibold")[${escaped(title)}]

${escaped(short)}

#table(columns: (48mm, 1fr), ${answers.map(([label, value]) => `[${escaped(label)}], [${escaped(value)}]`).join(', ')})

${sections.join('\n\n')}

= Timeline

${grid('(48mm, 1fr)', ['Time', 'What happened'], rows.map(({ minute, text }) => [`${day(minute)} ${clock(minute)}`, text]))}

= Actions

${grid('(1fr, 35mm, 25mm)', ['Action', 'Owner', 'Due'], actions.map(({ text, owner, due }) => [text, owner, due]))}

= Signatures

${SIGNATORIES.map(({ part, name, role, organisation }) => `#block(stroke: 0.5pt, inset: 8pt, width: 75mm, height: 22mm)[${part}: ${name}, ${role}, ${organisation}]`).join('\n')}
`
}

function asMarkup(block) {
  switch (block.kind) {
    case 'heading': return `== ${escaped(block.text)}`
    case 'list': return block.items.map((item) => `- ${escaped(item)}`).join('\n')
    case 'code': return `\`\`\`\n${block.lines.join('\n')}\n\`\`\``
    case 'table': return grid('(24mm, 20mm, 1fr)', block.rows[0], block.rows.slice(1))
    default: return block.runs.map(({ text, mark }) => ({ bold: `#strong[${escaped(text)}]`, italic: `#emph[${escaped(text)}]`, code: `\`${text}\`` })[mark] ?? escaped(text)).join('')
  }
}

function grid(columns, head, rows) {
  const line = (cells) => cells.map((cell) => `[${escaped(cell)}]`).join(', ')
  return `#table(columns: ${columns}, table.header(${line(head)}),\n${rows.map(line).join(',\n')})`
}

function escaped(text) {
  return text.replace(/[\\#*_`$<>@[\]~/]/g, '\\$&').replace(/-/g, '\\-')
}

function day(minute) {
  return minute < 24 * 60 ? '2025-10-14' : '2025-10-15'
}

function clock(minute) {
  const two = (number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}
