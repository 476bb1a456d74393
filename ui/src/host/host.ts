// What the window may ask of the core, and nothing else. Two hosts answer: the real one (Tauri) and the one in memory (tests, `ui:dev`).
// Always true: every call either gives its answer or throws a `Fault`.
import type { AddedTemplate } from './types/AddedTemplate'
import type { Asked } from './types/Asked'
import type { AttachmentId } from './types/AttachmentId'
import type { ClockPanel } from './types/ClockPanel'
import type { Edit } from './types/Edit'
import type { Edited } from './types/Edited'
import type { ExtendRequest } from './types/ExtendRequest'
import type { ExtendedFile } from './types/ExtendedFile'
import type { ExportRequest } from './types/ExportRequest'
import type { Exported } from './types/Exported'
import type { FilingRequest } from './types/FilingRequest'
import type { FurtherRequest } from './types/FurtherRequest'
import type { Found } from './types/Found'
import type { Hit } from './types/Hit'
import type { IdentityCard } from './types/IdentityCard'
import type { BatchNews } from './types/BatchNews'
import type { Bin } from './types/Bin'
import type { Choices } from './types/Choices'
import type { ConfirmedSigner } from './types/ConfirmedSigner'
import type { IntakeReply } from './types/IntakeReply'
import type { IntakeSource } from './types/IntakeSource'
import type { KnownFile } from './types/KnownFile'
import type { LibraryDue } from './types/LibraryDue'
import type { NewIdentityRequest } from './types/NewIdentityRequest'
import type { Missing } from './types/Missing'
import type { Opened } from './types/Opened'
import type { Outgoing } from './types/Outgoing'
import type { Preview } from './types/Preview'
import type { Progress } from './types/Progress'
import type { Readiness } from './types/Readiness'
import type { Record } from './types/Record'
import type { ReportId } from './types/ReportId'
import type { SaveNews } from './types/SaveNews'
import type { Search } from './types/Search'
import type { Settings } from './types/Settings'
import type { Shelf } from './types/Shelf'
import type { ShelfQuery } from './types/ShelfQuery'
import type { Sitting } from './types/Sitting'
import type { TemplateCard } from './types/TemplateCard'
import type { ToSign } from './types/ToSign'
import type { Verification } from './types/Verification'

export interface Host {
  // The library
  shelf(query: ShelfQuery): Promise<Shelf>
  /** What was exported and filed, the newest first; of one report with its other versions, or of the library. */
  records(of: ReportId | null): Promise<Record[]>
  /** Writes the same as JSON; gives how many there are. */
  exportRecords(of: ReportId | null, path: string): Promise<number>
  templates(): Promise<TemplateCard[]>
  /** Takes a template file into the library, or says what is wrong with it. */
  addTemplate(path: string): Promise<AddedTemplate>
  /** Into the bin. Reports begun with it keep it. */
  removeTemplate(template: string): Promise<void>
  restoreTemplate(template: string): Promise<void>
  /** Deletes a form of the bin for good. */
  eraseTemplate(template: string): Promise<void>
  bin(): Promise<Bin>
  /** Deletes reports of the bin for good, all or none; gives how many files went with them. */
  erase(reports: ReportId[]): Promise<number>
  /** Moves the library to a folder; gives the new path of its file. */
  moveLibrary(folder: string): Promise<string>
  /** Takes the library in that folder from now on; null takes the one in the usual place. For when it cannot be opened where it was. */
  useLibrary(folder: string | null): Promise<void>
  settings(): Promise<Settings>
  setSettings(settings: Settings): Promise<void>

  // One report
  begin(template: string): Promise<Opened>
  /** Begins the report of a later stage with what the earlier one says. */
  beginNextStage(sitting: Sitting, template: string): Promise<Opened>
  beginSample(): Promise<Opened>
  /**
   * A report may be opened several times; each time wants its `close`. What follows names the sitting that comes with the answer: the text
   * that was opened, whatever report it is kept in by then. `sitting` goes on with one that is open, as long as it is.
   */
  open(report: ReportId, sitting?: Sitting): Promise<Opened>
  /** Saves what is unsaved and lets go of the report, once nobody holds it. */
  close(sitting: Sitting): Promise<void>
  /** Begins the next version of a signed report; the sitting goes on in it. */
  beginVersion(sitting: Sitting): Promise<Opened>
  /** To the bin; `restore` brings it back. */
  remove(report: ReportId): Promise<void>
  restore(report: ReportId): Promise<void>
  /** Takes back that a report was made: untouched it goes without a trace, else into the bin. */
  withdraw(report: ReportId): Promise<void>
  /** `whole` asks for the report back, when the core may word it differently from the window. Edits of one place with the same `run` are one
   *  step of undo; one without is a step by itself. A signed report throws the fault `signed`. */
  edit(sitting: Sitting, edit: Edit, whole: boolean, run?: number | null): Promise<Edited>
  undo(sitting: Sitting): Promise<Edited | null>
  redo(sitting: Sitting): Promise<Edited | null>
  /** Reads typed timeline lines ("1655 failover ok") and puts them before row `at`, in one edit; null puts them last. */
  jot(sitting: Sitting, lines: string[], at: number | null): Promise<Edited>
  /** Saves what is unsaved now; how that went is told as any save is. */
  save(sitting: Sitting): Promise<void>
  /** Every place where the words stand, over all texts of the report. */
  find(sitting: Sitting, search: Search): Promise<Found>
  /** Puts `with` in the place of every hit, or of the one given, as one step of undo; null when there was nothing to replace. */
  replace(sitting: Sitting, search: Search, replacement: string, only: Hit | null): Promise<Edited | null>
  /** Fresh ids (UUID version 7) for rows, actions and the like. */
  ids(count: number): Promise<string[]>

  // Due times
  /** Events are recorded, and taken away, by the edit `clock_event`; questions are answered by `circumstance`. */
  clocks(sitting: Sitting): Promise<ClockPanel>
  /** All of the library, the soonest first; what has no day, then what was filed, come last. */
  allDue(): Promise<LibraryDue[]>
  /** Records what was filed for a due time; gives the report back. */
  recordFiling(sitting: Sitting, request: FilingRequest): Promise<Edited>
  /** Writes the due times of an open report, or with null of the library, as a calendar file; gives how many are in it. */
  exportCalendar(sitting: Sitting | null, path: string): Promise<number>

  // Files that travel with a report
  /** Adds a file; a picture that is to be shown in the text comes with `evidence: false`. */
  attach(sitting: Sitting, name: string, bytes: Uint8Array, evidence: boolean): Promise<Edited>
  attachment(sitting: Sitting, attachment: AttachmentId): Promise<Uint8Array>

  // Pages
  /** Sets the pages of the report as it is now, as a draft or as they would be filed; a later call makes an earlier one give null. */
  preview(sitting: Sitting, filed: boolean): Promise<Preview | null>
  previewBytes(token: string): Promise<Uint8Array>

  // Filing
  readiness(sitting: Sitting): Promise<Readiness>
  identities(): Promise<IdentityCard[]>
  identityNew(request: NewIdentityRequest): Promise<IdentityCard>
  identityAdd(path: string): Promise<IdentityCard>
  /** Puts the keys on the cards and tokens that are plugged in into the list. */
  lookForTokens(): Promise<IdentityCard[]>
  /** Takes an identity out of the list, or brings it back; its file stays where it lies. */
  identityListed(path: string, listed: boolean): Promise<void>
  /** Throws the fault `cancelled` after `cancelExport`. */
  export(sitting: Sitting, request: ExportRequest, progress: (progress: Progress) => void): Promise<Exported>
  cancelExport(): Promise<void>
  /** Writes the report in a format its form prescribes; gives what is missing, and then wrote nothing. */
  handOver(sitting: Sitting, format: Outgoing, path: string): Promise<Missing[]>
  /** Shows a file in the system's file manager. */
  reveal(path: string): Promise<void>

  // Files from elsewhere
  verify(path: string): Promise<Verification>
  /** What the library knows of a file: whether it was made here, and the versions of its report. */
  knownFile(path: string): Promise<KnownFile | null>
  /** What one sees of a file before one signs it too. */
  toSign(path: string): Promise<ToSign>
  /** Signs a file that lies there into a new file. Throws the fault `cancelled` after `cancelExport`. */
  signFurther(request: FurtherRequest, progress: (progress: Progress) => void): Promise<Exported>
  /** Adds what a signed file needs to be judged later, into a new file; each address is told of before it is asked. `cancelExport` stops it. */
  extend(request: ExtendRequest, asking: (asked: Asked) => void): Promise<ExtendedFile>
  /** Verifies files, and the PDFs below folders; each is told of as it is done. A later call ends an earlier one. */
  verifyMany(paths: string[], news: (news: BatchNews) => void): Promise<void>
  stopVerifying(): Promise<void>
  /** Writes rows of cells, the head first, as CSV. */
  saveTable(table: string[][], path: string): Promise<void>
  /** The signers whose fingerprint a person confirmed, the last first. */
  confirmedSigners(): Promise<ConfirmedSigner[]>
  confirmSigner(fingerprint: string, name: string, organisation: string): Promise<ConfirmedSigner>
  forgetSigner(fingerprint: string): Promise<void>
  fileBytes(path: string): Promise<Uint8Array>
  /** By what the file holds, whatever it is called. */
  isPdf(path: string): Promise<boolean>
  isFolder(path: string): Promise<boolean>
  /** Begins the next version from the report inside a PDF, or from a `report.json`. */
  openNextVersion(path: string): Promise<Opened>

  // A text from elsewhere
  /** Reads a text and splits it; it is held until it is accepted, forgotten, or another is read. */
  intakeRead(from: IntakeSource): Promise<IntakeReply>
  /** Splits the text that is held with other choices. */
  intakeAgain(choices: Choices): Promise<IntakeReply>
  /** Takes it into the library as a new report, the text itself as an attached file; the text is held further. */
  intakeAccept(choices: Choices): Promise<Opened>
  intakeForget(): Promise<void>

  // The shell
  /** The system's own dialogs; null when dismissed. */
  pickSave(name: string, kind: 'pdf' | 'p12' | 'json' | 'md' | 'ics' | 'csv'): Promise<string | null>
  pickOpen(kind: 'pdf' | 'p12' | 'toml' | 'any'): Promise<string | null>
  /** One or several; none when dismissed. */
  pickPdfs(): Promise<string[]>
  pickFolder(): Promise<string | null>
  /** Told of every save, and of every save that failed. Returns the way to stop listening. */
  onSave(listener: (news: SaveNews) => void): () => void
  /** Told of files dropped on the window. */
  onDrop(listener: (paths: string[]) => void): () => void
  /** Asked before the window closes; resolves once everything is on disk. */
  onClose(listener: () => Promise<void>): () => void
  /** Shows the whole window larger or smaller; 100 is as it comes. */
  zoom(percent: number): Promise<void>
  /** Says that the first screen is painted; fails with what the page before it could not say, where one broke down. */
  painted(): Promise<void>
}
