// What a report leads to besides its PDF: the next stage, and the formats its form is handed in as.
// Always true: what is typed is saved before either. Deliberately absent: sentences.
import { action, type Action } from '../actions/registry'
import type { Missing } from '../host/types/Missing'
import type { Outgoing } from '../host/types/Outgoing'
import type { TemplateCard } from '../host/types/TemplateCard'
import { app } from '../state/app.svelte'
import type { Session } from '../state/session.svelte'
import { beyond as words } from '../words/editor'
import { groups } from '../words/frame'

export class Beyond {
  /** What kept the report from being handed over; null where nothing was tried or nothing was in the way. */
  missing = $state.raw<{ format: Outgoing; list: Missing[] } | null>(null)
  /** What was done last, to be said. */
  news = $state('')
  #session: Session
  #forms = $state.raw<TemplateCard[]>([])

  constructor(session: Session) {
    this.#session = session
  }

  /** Looks which forms go on from this one. */
  async look() {
    this.#forms = (await app.attempt(() => app.host.templates())) ?? []
  }

  actions(): Action[] {
    const { id, exports = [] } = this.#session.report.template
    const next = this.#forms.filter((form) => form.follows.includes(id))
    return [
      ...next.map((form) => action({ id: `report.next.${form.id}`, label: words.next(form.short_title), group: groups.report, run: () => this.#begin(form) })),
      ...exports.map((format) =>
        action({ id: `report.as.${format}`, label: words.handOver(words.formats[format]), group: groups.report, run: () => this.handOver(format) }),
      ),
    ]
  }

  async #begin(form: TemplateCard) {
    await this.#session.finish()
    const opened = await app.attempt(() => app.host.beginNextStage(this.#session.sitting, form.id))
    if (opened) app.show({ kind: 'editor', report: opened.report.id })
  }

  async handOver(format: Outgoing) {
    await this.#session.finish()
    const kind = format === 'ir-1.2' ? 'json' : 'md'
    const path = await app.attempt(async () => {
      const { file_name } = await app.host.readiness(this.#session.sitting)
      return app.host.pickSave(file_name.replace(/\.pdf$/, `.${kind}`), kind)
    })
    if (!path) return
    const list = await app.attempt(() => app.host.handOver(this.#session.sitting, format, path))
    if (!list) return
    this.missing = list.length > 0 ? { format, list } : null
    this.news = list.length > 0 ? '' : words.written(path)
  }
}
