// What can be done in an open report, for the keyboard, the palette and the list of keys.
import { action, type Action } from '../actions/registry'
import type { Cursor } from '../checks/cursor.svelte'
import type { Searching } from '../find/searching.svelte'
import { app } from '../state/app.svelte'
import type { Session } from '../state/session.svelte'
import { acts as words } from '../words/editor'
import { groups } from '../words/frame'
import { intake } from '../words/intake'
import type { Layout } from './layout.svelte'
import type { OutlinePart } from './parts'

export interface Doing {
  session: Session
  layout: Layout
  cursor: Cursor
  parts: OutlinePart[]
  /** Whether the form knows due times. */
  timed: boolean
  searching: Searching
  sign: () => void
  save: () => Promise<void>
  draft: () => Promise<void>
  find: () => void
  rename: () => void
  addHeading: () => void
  addSigner: () => void
  chooseZone: () => void
  /** Leads back to the review this report was made in; not given where there is none. */
  review: (() => Promise<void>) | null
  go: (part: OutlinePart) => void
}

const group = groups.report

export function reportActions(doing: Doing): Action[] {
  const { session, layout, cursor, review } = doing
  const any = () => cursor.all.length > 0
  const refuse = (key: 'mend' | 'explain' | 'step') => () => {
    layout.show('findings')
    cursor.refuse(key)
  }
  return [
    action({ id: 'report.save', label: words.save, keys: 'Mod+S', group, run: doing.save }),
    action({ id: 'report.find', label: words.find, keys: 'Mod+F', group, run: doing.find }),
    action({ id: 'report.find-next', label: words.findNext, keys: 'F3', group, available: () => doing.searching.isAsked, run: () => doing.searching.step(1) }),
    action({ id: 'report.find-previous', label: words.findPrevious, keys: 'Shift+F3', group, available: () => doing.searching.isAsked, run: () => doing.searching.step(-1) }),
    action({ id: 'report.draft', label: words.draft, keys: 'Mod+P', group, run: doing.draft }),
    action({ id: 'report.undo', label: words.undo, keys: 'Mod+Z', group, available: () => canStep(session, 'undo'), run: () => session.undo() }),
    // What was done last to a report just kept from a review is that it was kept.
    ...(review ? [
      action({ id: 'report.review', label: intake.backToReview, group, run: review }),
      action({ id: 'report.review-key', label: intake.backToReview, keys: 'Mod+Z', group, unlisted: true, available: () => !canStep(session, 'undo'), run: review }),
    ] : []),
    action({ id: 'report.redo', label: words.redo, keys: 'Mod+Shift+Z', group, available: () => canStep(session, 'redo'), run: () => session.redo() }),
    action({ id: 'report.redo-too', label: words.redo, keys: 'Mod+Y', group, unlisted: true, run: () => session.redo() }),
    action({ id: 'report.sign', label: words.sign, keys: 'Mod+Shift+S', group, run: doing.sign }),
    action({ id: 'report.records', label: words.records, group, run: () => app.show({ kind: 'records', report: session.id }) }),
    action({ id: 'report.version', label: words.version, group, available: () => session.state === 'signed', run: () => session.beginVersion() }),
    action({ id: 'report.next-finding', label: words.next, keys: 'F8', group, available: any, otherwise: refuse('step'), run: () => cursor.step(1) }),
    action({ id: 'report.previous-finding', label: words.previous, keys: 'Shift+F8', group, available: any, otherwise: refuse('step'), run: () => cursor.step(-1) }),
    action({ id: 'report.mend-finding', label: words.mend, keys: 'Mod+.', group, available: () => cursor.canMend, otherwise: refuse('mend'), run: () => cursor.mend() }),
    action({ id: 'report.explain-finding', label: words.explain, keys: 'Mod+;', group, available: () => cursor.canExplain, otherwise: refuse('explain'), run: () => (layout.show('findings'), cursor.explain()) }),
    action({ id: 'report.findings', label: words.findings, keys: 'Alt+1', group, run: () => layout.show('findings') }),
    action({ id: 'report.preview', label: words.preview, keys: 'Alt+2', group, run: () => layout.show('preview') }),
    action({ id: 'report.evidence', label: words.evidence, keys: 'Alt+3', group, run: () => layout.show('evidence') }),
    action({ id: 'report.tray', label: words.tray, keys: 'Alt+4', group, available: () => (session.report.unplaced ?? []).length > 0, otherwise: () => layout.refuse(words.nothingWaits), run: () => session.goto({ in: 'tray' }) }),
    action({ id: 'report.clocks', label: words.clocks, keys: 'Alt+5', group, available: () => doing.timed, otherwise: () => layout.refuse(words.noClocks), run: () => session.goto({ in: 'clocks' }) }),
    action({ id: 'report.hide-panel', label: words.hide, keys: 'Alt+0', group, available: () => layout.open, run: () => layout.hide() }),
    // The keys of a text, pressed where none is being written.
    action({ id: 'report.no-link', label: '', keys: 'Mod+Shift+L', group, unlisted: true, available: () => false, otherwise: () => layout.refuse(words.onlyInText), run: () => undefined }),
    action({ id: 'report.no-fact', label: '', keys: 'Mod+Shift+F', group, unlisted: true, available: () => false, otherwise: () => layout.refuse(words.onlyInText), run: () => undefined }),
    action({ id: 'report.rename', label: words.rename, keys: 'F2', group, run: doing.rename }),
    action({ id: 'report.add-heading', label: words.addHeading, group, run: doing.addHeading }),
    action({ id: 'report.add-signer', label: words.addSigner, group, run: doing.addSigner }),
    action({ id: 'report.zone', label: words.zone, group, run: doing.chooseZone }),
    ...doing.parts.map((part) =>
      action({ id: `report.go.${part.key}`, label: part.name, group, kind: 'go', run: () => doing.go(part) }),
    ),
    ...session.report.template.field.map(({ key, label }) =>
      action({ id: `report.go.field:${key}`, label, group, kind: 'go', run: () => session.goto({ in: 'field', key }) }),
    ),
  ]
}

/** Text not yet answered by the core can be taken back as well, so an open save counts. */
function canStep(session: Session, way: 'undo' | 'redo'): boolean {
  return session.save.state === 'pending' || (way === 'undo' ? session.view.can_undo : session.view.can_redo)
}
