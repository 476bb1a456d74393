// The real host: every call of the contract as a command of the core. The one file that knows Tauri exists.
// Always true: what a command rejects with reaches the caller as a `Fault`. Deliberately absent: any idea of what the answers mean.
import { Channel, invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import { getCurrentWindow } from '@tauri-apps/api/window'
import { asFault } from './fault'
import { held } from './held'
import type { Host } from './host'
import type { Asked } from './types/Asked'
import type { BatchNews } from './types/BatchNews'
import type { Progress } from './types/Progress'
import type { SaveNews } from './types/SaveNews'

export function tauri(): Host {
  const leaving = new Leaving()
  const door = held({ open: (report, sitting) => ask('open_report', { report, sitting }), close: (sitting) => ask('close_report', { sitting }) })
  return {
    shelf: (query) => ask('shelf', { query }),
    records: (of) => ask('records', { of }),
    exportRecords: (of, path) => ask('export_records', { of, path }),
    templates: () => ask('templates'),
    addTemplate: (path) => ask('add_template', { path }),
    removeTemplate: (template) => ask('remove_template', { template }),
    restoreTemplate: (template) => ask('restore_template', { template }),
    eraseTemplate: (template) => ask('erase_template', { template }),
    bin: () => ask('bin'),
    erase: (reports) => ask('erase_reports', { reports }),
    moveLibrary: (folder) => ask('move_library', { folder }),
    useLibrary: (folder) => ask('use_library', { folder }),
    settings: () => ask('settings'),
    setSettings: (settings) => ask('set_settings', { settings }),

    begin: (template) => ask('begin', { template }),
    beginNextStage: (sitting, template) => ask('begin_next_stage', { sitting, template }),
    beginSample: () => ask('begin_sample'),
    open: door.open,
    close: door.close,
    beginVersion: (sitting) => ask('begin_version', { sitting }),
    remove: (report) => ask('remove_report', { report }),
    restore: (report) => ask('restore_report', { report }),
    withdraw: (report) => ask('withdraw_report', { report }),
    edit: (sitting, edit, whole, run = null) => ask('edit', { sitting, edit, whole, run }),
    undo: (sitting) => ask('undo', { sitting }),
    redo: (sitting) => ask('redo', { sitting }),
    jot: (sitting, lines, at) => ask('jot', { sitting, lines, at }),
    save: (sitting) => ask('save_report', { sitting }),
    find: (sitting, search) => ask('find', { sitting, search }),
    replace: (sitting, search, replacement, only) => ask('replace', { sitting, search, with: replacement, only }),
    ids: (count) => ask('ids', { count }),

    clocks: (sitting) => ask('clocks', { sitting }),
    allDue: () => ask('all_due'),
    recordFiling: (sitting, request) => ask('record_filing', { sitting, request }),
    exportCalendar: (sitting, path) => ask('export_calendar', { sitting, path }),

    // The bytes travel as the body itself, so that a large file is not spelled out in JSON; what else there is goes in headers.
    attach: (sitting, name, bytes, evidence) =>
      ask('attach', bytes, { headers: { sitting, name: encodeURIComponent(name), evidence: String(evidence) } }),
    attachment: (sitting, attachment) => askBytes('attachment', { sitting, attachment }),

    preview: (sitting, filed) => ask('preview', { sitting, filed }),
    previewBytes: (token) => askBytes('preview_bytes', { token }),

    readiness: (sitting) => ask('readiness', { sitting }),
    identities: () => ask('identities'),
    identityNew: (request) => ask('identity_new', { request }),
    identityAdd: (path) => ask('identity_add', { path }),
    lookForTokens: () => ask('look_for_tokens'),
    identityListed: (path, listed) => ask('list_identity', { path, listed }),
    export: (sitting, request, progress) =>
      ask('export_report', { sitting, request, progress: new Channel<Progress>(progress) }),
    handOver: (sitting, format, path) => ask('hand_over', { sitting, format, path }),
    cancelExport: () => ask('cancel_export'),
    reveal: (path) => ask('reveal', { path }),

    verify: (path) => ask('verify', { path }),
    knownFile: (path) => ask('known_file', { path }),
    toSign: (path) => ask('to_sign', { path }),
    signFurther: (request, progress) => ask('sign_further', { request, progress: new Channel<Progress>(progress) }),
    extend: (request, asking) => ask('extend', { request, asking: new Channel<Asked>(asking) }),
    verifyMany: (paths, news) => ask('verify_many', { paths, news: new Channel<BatchNews>(news) }),
    stopVerifying: () => ask('stop_verifying'),
    saveTable: (table, path) => ask('save_table', { table, path }),
    confirmedSigners: () => ask('confirmed_signers'),
    confirmSigner: (fingerprint, name, organisation) => ask('confirm_signer', { fingerprint, name, organisation }),
    forgetSigner: (fingerprint) => ask('forget_signer', { fingerprint }),
    isPdf: (path) => ask('is_pdf', { path }),
    isFolder: (path) => ask('is_folder', { path }),
    fileBytes: (path) => askBytes('file_bytes', { path }),
    openNextVersion: (path) => ask('open_next_version', { path }),

    intakeRead: (from) => ask('intake_read', { from }),
    intakeAgain: (choices) => ask('intake_again', { choices }),
    intakeAccept: (choices) => ask('intake_accept', { choices }),
    intakeForget: () => ask('intake_forget'),

    pickSave: (name, kind) => ask('pick_save', { name, kind }),
    pickOpen: (kind) => ask('pick_open', { kind }),
    pickPdfs: () => ask('pick_pdfs'),
    pickFolder: () => ask('pick_folder'),
    onSave: (listener) => detachable(listen<SaveNews>('save', ({ payload }) => listener(payload))),
    onDrop: (listener) =>
      detachable(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === 'drop') listener(payload.paths)
        }),
      ),
    onClose: (listener) => leaving.add(listener),
    zoom: (percent) => ask('zoom', { percent }),
    painted: () => ask('painted'),
  }
}

async function ask<Answer>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args, options)
  } catch (cause) {
    throw asFault(cause)
  }
}

async function askBytes(command: string, args: InvokeArgs): Promise<Uint8Array> {
  return new Uint8Array(await ask<ArrayBuffer>(command, args))
}

/** Tauri hands out the way to stop listening only later; whoever stops before that is obeyed all the same. */
function detachable(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop())
}

/** Holds the window open until everyone who asked has finished; one who fails keeps it open. */
class Leaving {
  #listeners = new Set<() => Promise<void>>()
  #watching = false

  add(listener: () => Promise<void>): () => void {
    this.#listeners.add(listener)
    this.#watch()
    return () => this.#listeners.delete(listener)
  }

  #watch() {
    if (this.#watching) return
    this.#watching = true
    const here = getCurrentWindow()
    void here.onCloseRequested(async (event) => {
      event.preventDefault()
      await Promise.all([...this.#listeners].map((finish) => finish()))
      await here.destroy()
    })
  }
}
