// The ways out of a finding, the same in the panel and beside the field.
import type { Finding } from '../host/types/Finding'
import type { Session } from '../state/session.svelte'
import { allowedAt, blankStanding, standingEdit } from '../state/standing'
import { EMPTY, ownPlace, ownSource } from './findings'

export class Ways {
  /** Whether a reason is being asked for. */
  asking = $state(false)

  constructor(
    private readonly session: Session,
    private readonly finding: () => Finding,
  ) {}

  /** What blocks filing cannot be explained away. */
  get explainable(): boolean {
    return this.finding().level === 'answer'
  }

  get canBeUnknown(): boolean {
    const place = ownPlace(this.finding())
    return this.finding().check === EMPTY && place !== null && allowedAt(this.session.report, place).includes('not_yet_known')
  }

  mend() {
    const { fix } = this.finding()
    const own = ownSource(this.finding())
    if (!fix) return
    this.session.edit(fix.edit, true)
    if (own) this.session.gotoSource(own)
  }

  show() {
    const own = ownSource(this.finding())
    if (own) this.session.gotoSource(own)
  }

  leaveUnknown() {
    const place = ownPlace(this.finding())
    const edit = place && standingEdit(this.session.report, place, blankStanding('not_yet_known'))
    if (!edit || !place) return
    this.session.edit(edit)
    // The control that asks who and when is drawn first.
    setTimeout(() => this.session.goto(place))
  }

  /** Who keeps it, and when, is written down by the core. */
  keep(reason: string) {
    this.asking = false
    const item = { finding: this.finding().key, reason, by: '', at: '' }
    this.session.edit({ edit: 'accepted', change: { change: 'insert', at: this.session.report.accepted.length, item } })
  }

  /** Takes an acceptance back. */
  reopen() {
    const at = this.session.report.accepted.findIndex((one) => one.finding === this.finding().key)
    if (at >= 0) this.session.edit({ edit: 'accepted', change: { change: 'remove', at } })
  }
}
