// Readiness, identities and export, as the screens see them; nothing is signed and nothing is written.
import type { Asked } from '../types/Asked'
import type { ExtendRequest } from '../types/ExtendRequest'
import type { ExtendedFile } from '../types/ExtendedFile'
import type { ExportRequest } from '../types/ExportRequest'
import type { Exported } from '../types/Exported'
import type { Fault } from '../types/Fault'
import type { FaultCode } from '../types/FaultCode'
import type { FurtherRequest } from '../types/FurtherRequest'
import type { IdentityCard } from '../types/IdentityCard'
import type { NewIdentityRequest } from '../types/NewIdentityRequest'
import type { Progress } from '../types/Progress'
import type { Readiness } from '../types/Readiness'
import type { Report } from '../types/Report'
import type { Verification } from '../types/Verification'
import type { View } from '../types/View'
import { print } from './paper'
import { reference } from './view'

/** The PIN of the card that is plugged in. */
export const PIN = '271828'
/** The passphrase of the identity that is there from the start. */
export const PASSPHRASE = 'four words in order'

export function fault(code: FaultCode, facts: Record<string, string> = {}): Fault {
  return { code, detail: code, facts }
}

export function readinessOf(report: Report, view: View): Readiness {
  const open = view.findings.filter((f) => f.accepted === undefined)
  const required = view.outline.sections.filter((s) => s.required)
  const evidence = report.attachments.filter((a) => a.evidence)
  const answers = Object.values(report.fields)
  return {
    blocking: open.filter((f) => f.level === 'blocks'),
    headings: [required.length, required.length],
    answers: [view.outline.required, view.outline.answered],
    not_yet_known: answers.filter((a) => a?.standing?.is === 'not_yet_known').length,
    unanswered: open.filter((f) => f.level === 'answer').length,
    accepted: view.findings.length - open.length,
    file_name: `${reference(report) || 'report'} v${report.version}.pdf`,
    pages: print(report).pages,
    attachments: [evidence.length, evidence.reduce((sum, a) => sum + a.size, 0)],
    signatories: report.signatories.map(({ part, person }) => [part, person.name]),
  }
}

export class Identities {
  #cards: IdentityCard[]
  #passphrases = new Map<string, string>()
  #unlisted = new Set<string>()

  constructor(known: boolean) {
    this.#cards = known ? [KNOWN, MISSING] : []
    this.#passphrases.set(KNOWN.path, PASSPHRASE)
  }

  all(): IdentityCard[] {
    return this.#cards.filter(({ path }) => !this.#unlisted.has(path))
  }

  list(path: string, listed: boolean) {
    if (listed) this.#unlisted.delete(path)
    else this.#unlisted.add(path)
  }

  make({ name, organisation, passphrase, path }: NewIdentityRequest): IdentityCard {
    const file = path ?? `/home/author/.local/share/rapporteur/identities/${name.toLowerCase().replaceAll(/\W+/g, '-')}.p12`
    this.#passphrases.set(file, passphrase)
    return this.#keep({
      kind: 'file', path: file, name, organisation, fingerprint: '7a'.repeat(32), not_after: '2029-11-22T00:00:00Z', made_here: true, present: true,
    })
  }

  add(path: string): IdentityCard {
    if (path.endsWith('.txt')) throw fault('bad_identity', { reason: 'it is no PKCS#12 file' })
    this.#passphrases.set(path, PASSPHRASE)
    const name = path.split('/').at(-1) ?? path
    return this.#keep({ kind: 'file', path, name, organisation: '', fingerprint: '', not_after: '', made_here: false, present: true })
  }

  /** One card is plugged in. */
  look(): IdentityCard[] {
    this.#passphrases.set(TOKEN.path, PIN)
    return [this.#keep(TOKEN)]
  }

  opens(path: string, passphrase: string): IdentityCard {
    if (this.#passphrases.get(path) !== passphrase) throw fault('wrong_passphrase')
    return this.#cards.find((one) => one.path === path) ?? KNOWN
  }

  #keep(card: IdentityCard): IdentityCard {
    this.#cards = [...this.#cards.filter(({ path }) => path !== card.path), card]
    return card
  }
}

const KNOWN: IdentityCard = {
  kind: 'file', path: '/home/author/keys/ops-mim.p12', name: 'Helen Marsh', organisation: 'Specimen Data Communications',
  fingerprint: '4f1c90a7d288e0b35c61f7a2994be0137db2c85a60e1f94c3b7708ad15e23e62', not_after: '2028-03-31T23:59:59Z', made_here: false,
  present: true,
}
const TOKEN: IdentityCard = {
  kind: 'token', path: 'pkcs11:token=Ops%20card;serial=0001;id=%01', name: 'Priya Raman', organisation: 'Specimen Data Communications',
  fingerprint: 'c3'.repeat(32), not_after: '2028-06-30T23:59:59Z', made_here: false, present: true,
}
const MISSING: IdentityCard = {
  kind: 'file', path: '/media/stick/approver.p12', name: 'David Okafor', organisation: 'Specimen Data Communications', fingerprint: '', not_after: '',
  made_here: false, present: false,
}

export class Press {
  #cancelled = false

  cancel() {
    this.#cancelled = true
  }

  /** A further signature. */
  async sign(request: FurtherRequest, signer: string, told: (p: Progress) => void, pace: number): Promise<Exported> {
    this.#cancelled = false
    for (const step of ['signing', 'checking', 'writing'] as const) {
      told({ step })
      await this.#wait(pace)
    }
    return { path: request.output, pages: 0, bytes: 48_211, sha256: 'd4'.repeat(32), signers: [signer], no_trusted_time: null, unnoted: null }
  }

  /** An authority that stamps, and a certificate that names no address. */
  async extend(request: ExtendRequest, before: Verification, authority: string, told: (asked: Asked) => void, pace: number): Promise<ExtendedFile> {
    this.#cancelled = false
    const asked: Asked[] = authority ? [{ address: authority, purpose: 'time', bytes: 4210 }] : []
    for (const one of asked) {
      told({ ...one, bytes: null })
      await this.#wait(pace)
    }
    const level = authority ? 'B-T' : 'B-B'
    const reached = authority !== '' && request.reach === 'time'
    const lacking = authority ? [] : ['no time-stamp authority was named, and a signature has no trusted time']
    if (request.reach !== 'time') lacking.push('Helen Marsh: the certificate names no address at which one could ask whether it was revoked')
    const signatures = before.signatures.map((one) => ({ ...one, level }))
    return { path: authority ? request.output : null, reached, verification: { ...before, signatures }, lacking, asked, unnoted: null }
  }

  async #wait(pace: number) {
    await new Promise((later) => setTimeout(later, pace))
    if (this.#cancelled) throw fault('cancelled')
  }

  /** Takes `pace` milliseconds a step. */
  async run(report: Report, request: ExportRequest, signer: string | null, told: (p: Progress) => void, pace: number): Promise<Exported> {
    this.#cancelled = false
    const { pages, bytes } = print(report)
    const setting = Array.from({ length: pages }, (_, i): Progress => ({ step: 'setting', pages: i + 1 }))
    const rest: Progress[] = signer ? [{ step: 'writing' }, { step: 'signing' }, { step: 'checking' }] : [{ step: 'writing' }]
    for (const step of [...setting, ...rest]) {
      if (this.#cancelled) throw fault('cancelled')
      told(step)
      await new Promise((later) => setTimeout(later, pace))
    }
    return { path: request.path, pages, bytes: bytes.length, sha256: 'c3'.repeat(32), signers: signer ? [signer] : [], no_trusted_time: null, unnoted: null }
  }
}
