// Who signs: the identities known here, the chosen one, and its passphrase while it is needed.
// Always true: a passphrase goes with the identity it was typed for. Deliberately absent: what is signed.
import type { Host } from '../host/host'
import type { Fault } from '../host/types/Fault'
import type { IdentityCard } from '../host/types/IdentityCard'
import type { NewIdentityRequest } from '../host/types/NewIdentityRequest'

export abstract class Signer {
  identities = $state.raw<IdentityCard[]>([])
  /** The path of the identity that signs. */
  chosen = $state<string | null>(null)
  passphrase = $state('')
  /** What stands in the way, beside the field it concerns. */
  wrong = $state.raw<{ identity?: 'needed'; passphrase?: 'needed' | Fault }>({})
  readonly #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  /** Whether it is being signed just now. */
  abstract get isBusy(): boolean

  /** The name of whoever signs; empty while nobody is chosen. */
  get name(): string {
    return this.identities.find(({ path }) => path === this.chosen)?.name ?? ''
  }

  /** The identities that are known, the last used of those that are there chosen. */
  async fetchIdentities(): Promise<void> {
    this.identities = await this.#host.identities()
    this.chosen ??= this.identities.find((one) => one.present)?.path ?? null
  }

  choose(path: string) {
    if (path !== this.chosen) this.passphrase = ''
    this.chosen = path
    this.wrong = {}
  }

  async add(path: string): Promise<void> {
    const added = await this.#host.identityAdd(path)
    this.identities = await this.#host.identities()
    this.choose(added.path)
  }

  /** Looks for the cards and tokens that are plugged in; whether one can sign. */
  async lookForTokens(): Promise<boolean> {
    const [first] = await this.#host.lookForTokens()
    this.identities = await this.#host.identities()
    if (first) this.choose(first.path)
    return first !== undefined
  }

  async make(request: NewIdentityRequest): Promise<void> {
    const made = await this.#host.identityNew(request)
    this.identities = await this.#host.identities()
    this.choose(made.path)
    this.passphrase = request.passphrase
  }

  /** Whether there is all that is needed to sign; what is not is said beside its field. */
  protected isReady(): boolean {
    if (!this.chosen) this.wrong = { identity: 'needed' }
    else if (!this.passphrase) this.wrong = { passphrase: 'needed' }
    return this.chosen !== null && this.passphrase !== ''
  }
}
