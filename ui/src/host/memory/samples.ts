// The shipped forms and their samples, as the core would hand them out.
import { parse } from 'smol-toml'
import rfoSample from '@templates/rfo.sample.json?raw'
import rfoForm from '@templates/rfo.toml?raw'
import secSample from '@templates/sec-h9-summary.sample.json?raw'
import secForm from '@templates/sec-h9-summary.toml?raw'
import type { Field } from '../types/Field'
import type { Letter } from '../types/Letter'
import type { Report } from '../types/Report'
import type { SectionRule } from '../types/SectionRule'
import type { Template } from '../types/Template'
import type { TemplateCard } from '../types/TemplateCard'

const NO_LETTER: Letter = { sender: '', address: [], addressee: '', place: '', date: '', salutation: '', closing: '' }

const NO_FIELD: Omit<Field, 'key' | 'label' | 'type'> = {
  required: false, allow: [], condition: null, computed: null, vocabulary: [], digits: null, role: null,
  qualifier: null, deciding: false, guidance: '', example: '',
}
const NO_SECTION: Omit<SectionRule, 'key' | 'heading'> = {
  kind: 'prose', required: false, allow: [], silent: false, guidance: '', example: '',
}

export const TEMPLATES: Template[] = [secForm, rfoForm].map(template)
export const SAMPLES: Report[] = [sample(secSample, TEMPLATES[0]!), sample(rfoSample, TEMPLATES[1]!)]

/** A report as it begins: every heading of the form, nothing under it. */
export function blank(form: Template, id: string, newId: () => string): Report {
  return {
    format: 1,
    id,
    title: '',
    version: '1.0',
    language: form.language,
    zone: form.zone,
    template: form,
    fields: Object.fromEntries(
      form.field.filter(({ qualifier }) => qualifier).map(({ key, qualifier }) => [key, { raw: '', qualifier: qualifier ?? '' }]),
    ),
    sections: form.section.map(({ key, heading }) => ({ id: newId(), key, heading, body: [] })),
    ...emptyLists(),
    letter: { ...NO_LETTER, closing: form.closing },
    markings: form.marking?.default ? [form.marking.default] : [],
    signatories: form.signatories.map((part) => ({
      id: newId(),
      part,
      person: { id: null, name: '', role: '', organisation: '' },
    })),
  }
}

export function card(form: Template): TemplateCard {
  const { id, version, title, short_title, authority, summary } = form
  return {
    id, version, title, short_title, authority, summary,
    headings: form.section.filter((s) => s.required).map((s) => s.heading),
    required: form.field.filter((f) => f.required).length + form.section.filter((s) => s.required).length,
    follows: form.follows ?? [],
    exports: form.exports ?? [],
    own: false,
    not_verified: form.source.filter((s) => !s.verified).map((s) => s.fact),
  }
}

function template(toml: string): Template {
  const read = parse(toml) as Partial<Template> & Pick<Template, 'field' | 'section'>
  return {
    ...{ id: '', version: '1', title: '', short_title: '', authority: '', legal_basis: '', summary: '', language: 'en-GB' },
    ...{ frame: 'form', numbering: 'none', zone: null, date_order: 'day_month', reference_field: null, annexes: [] },
    ...{ marking: null, signatories: [], closing: '', source: [], clock: [] },
    ...read,
    field: read.field.map((given) => ({ ...NO_FIELD, ...given })),
    section: read.section.map((given) => ({ ...NO_SECTION, ...given })),
  } as Template
}

function sample(json: string, form: Template): Report {
  const read = JSON.parse(json) as Partial<Report>
  return { ...blank(form, '', () => ''), ...read, template: form }
}

function emptyLists() {
  return {
    timeline: [], impact: [], classifications: [], actions: [], causes: [], lessons: [], linked: [], references: [],
    diagrams: [], attachments: [], people: [], accepted: [], unplaced: [], annexes: {},
  }
}
