import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { afterEach, expect, test } from 'vitest'
import shell from '../../../src-tauri/src/lib.rs?raw'
import { memory } from './memory'
import { tauri } from './tauri'
import type { ReportId } from './types/ReportId'

const host = tauri()
afterEach(() => clearMocks())

/** Every command the window's calls stand for, each called once. */
async function called(): Promise<string[]> {
  const heard: string[] = []
  mockIPC((command) => {
    heard.push(command)
    return new ArrayBuffer(0)
  })
  const report: ReportId = 'r'
  const settings = await memory().settings()
  const choices = { template: null, date_order: null, year: null, day: null, dayless: false, zone: null, versions: null, changes: null, moved: [] }
  await Promise.all([
    host.shelf({ text: '', state: null }), host.templates(), host.settings(), host.setSettings(settings),
    host.addTemplate('/a'), host.removeTemplate('a'), host.beginNextStage(report, 'a'), host.handOver(report, 'ir-1.2', '/a'),
    host.begin('rfo'), host.beginSample(), host.remove(report), host.restore(report), host.undo(report), host.redo(report),
    host.edit(report, { edit: 'title', title: '' }, false, null), host.jot(report, ['0915 x'], null), host.ids(1), host.save(report), host.find(report, { text: 'a', case: false, whole: false }), host.replace(report, { text: 'a', case: false, whole: false }, 'b', null), host.zoom(110),
    host.attach(report, 'a.png', new Uint8Array(), false), host.attachment(report, 'a'), host.preview(report, false), host.previewBytes('t'),
    host.readiness(report), host.identities(), host.identityNew({ name: '', organisation: '', passphrase: '', path: null }),
    host.identityAdd('/a'), host.lookForTokens(), host.export(report, { path: '/a', draft: true, sign: null }, () => undefined), host.cancelExport(),
    host.reveal('/a'), host.verify('/a'), host.fileBytes('/a'), host.isPdf('/a'), host.restoreTemplate('a'), host.openNextVersion('/a'), host.pickSave('a', 'pdf'),
    host.pickOpen('any'), host.pickPdfs(), host.knownFile('/a'), host.records(null), host.exportRecords(null, '/a'), host.toSign('/a'), host.signFurther({ path: '/a', output: '/b', sign: { identity: '/c', passphrase: '', trusted_time: false }, field: null }, () => undefined), host.extend({ path: '/a', output: '/b', reach: 'time' }, () => undefined), host.verifyMany(['/a'], () => undefined), host.stopVerifying(), host.isFolder('/a'), host.saveTable([], '/a'), host.painted(), host.intakeRead({ from: 'pasted', text: '', html: null }), host.intakeAgain(choices), host.intakeAccept(choices),
    host.intakeForget(), host.bin(), host.erase([report]), host.eraseTemplate('a'), host.withdraw(report), host.identityListed('/a', false),
    host.moveLibrary('/a'), host.useLibrary(null), host.confirmedSigners(), host.confirmSigner('a', '', ''), host.forgetSigner('a'), host.pickFolder(),
    host.open(report), host.beginVersion(report), host.clocks(report), host.allDue(), host.exportCalendar(null, '/a'),
    host.recordFiling(report, { clock: 'a', moment: '', reasons: '', last_file: false }),
  ])
  await host.close(report)
  return heard
}

test('the window calls exactly the commands that the shell offers', async () => {
  const offered = /generate_handler!\[([^\]]*)\]/.exec(shell)?.[1]?.match(/\w+(?=,)/g) ?? []
  expect(offered.length).toBeGreaterThan(20)
  expect((await called()).toSorted()).toEqual(offered.toSorted())
})

test('a fault comes through as it is, and anything else as an internal one', async () => {
  const fault = { code: 'disk_full', detail: 'no space', facts: { path: '/a' } }
  mockIPC(() => {
    throw fault
  })
  await expect(host.templates()).rejects.toEqual(fault)
  mockIPC(() => {
    throw new Error('state not managed')
  })
  await expect(host.templates()).rejects.toEqual({ code: 'internal', detail: 'state not managed', facts: {} })
})

test('bytes come as bytes', async () => {
  mockIPC(() => Uint8Array.from([37, 80]).buffer)
  expect([...(await host.previewBytes('t'))]).toEqual([37, 80])
})
