// One visit to the sheet for a further signature: what the file says, which place is signed, how far it is, what came out.
// Always true: the opened file stays as it is; a failed attempt keeps everything that was chosen and typed.
import { asFault } from '../host/fault'
import type { Host } from '../host/host'
import type { Exported } from '../host/types/Exported'
import type { Fault } from '../host/types/Fault'
import type { PlaceToSign } from '../host/types/PlaceToSign'
import type { Progress } from '../host/types/Progress'
import type { ToSign } from '../host/types/ToSign'
import { further as words } from '../words/further'
import { sameName } from './people'
import { Signer } from './signer.svelte'

export class Countersigning extends Signer {
  found = $state.raw<ToSign | null>(null)
  bytes = $state.raw<Uint8Array | null>(null)
  /** The field that a person chose; without one the place follows from who signs. */
  field = $state<string | null>(null)
  /** Whether a time-stamp authority says when. */
  trusted = $state(false)
  fault = $state.raw<Fault | null>(null)
  cancelled = $state(false)
  busy = $state(false)
  progress = $state.raw<Progress | null>(null)
  outcome = $state.raw<Exported | null>(null)
  readonly path: string
  readonly free: PlaceToSign[] = $derived((this.found?.places ?? []).filter(({ signed }) => !signed))
  /** The place that is signed: the one chosen, else the one that bears the signer's name, else the next free one. */
  readonly place: PlaceToSign | null = $derived(
    this.free.find(({ field }) => field === this.field) ?? this.free.find(({ name }) => name !== '' && sameName(name, this.name)) ?? this.free[0] ?? null,
  )
  readonly #host: Host
  #output: string | null = null

  constructor(host: Host, path: string, trusted: boolean) {
    super(host)
    this.#host = host
    this.path = path
    this.trusted = trusted
  }

  get isBusy(): boolean {
    return this.busy
  }

  get canSign(): boolean {
    return this.found !== null && this.found.refused === null && this.place !== null && !this.busy && this.outcome === null
  }

  async prepare(): Promise<void> {
    const [found] = await Promise.all([this.#host.toSign(this.path), this.fetchIdentities()])
    this.found = found
    this.bytes = await this.#host.fileBytes(this.path).catch(() => null)
  }

  /** True once a file is there. */
  async sign(): Promise<boolean> {
    if (!this.canSign || !this.place || !this.isReady() || !this.chosen) return false
    this.#output ??= await this.#host.pickSave(words.fileName(this.path, this.signed + 1), 'pdf')
    if (!this.#output) return false
    this.wrong = {}
    this.fault = null
    this.cancelled = false
    this.progress = null
    this.busy = true
    try {
      const sign = { identity: this.chosen, passphrase: this.passphrase, trusted_time: this.trusted }
      const request = { path: this.path, output: this.#output, sign, field: this.place.field }
      this.outcome = await this.#host.signFurther(request, (progress) => (this.progress = progress))
      this.passphrase = ''
      this.bytes = (await this.#host.fileBytes(this.outcome.path).catch(() => null)) ?? this.bytes
      return true
    } catch (thrown) {
      await this.#failed(asFault(thrown))
      return false
    } finally {
      this.busy = false
    }
  }

  /** How many have signed the file. */
  get signed(): number {
    return this.found?.verification.signatures.filter(({ level }) => level !== 'timestamp').length ?? 0
  }

  cancel(): Promise<void> {
    return this.#host.cancelExport()
  }

  async #failed(fault: Fault) {
    if (fault.code === 'wrong_passphrase') {
      this.wrong = { passphrase: fault }
      return
    }
    this.#output = null
    if (fault.code === 'cancelled') this.cancelled = true
    else this.fault = fault
    // It was opened: who it is and until when is known now.
    if (fault.code === 'identity_not_valid') this.identities = await this.#host.identities()
  }
}
