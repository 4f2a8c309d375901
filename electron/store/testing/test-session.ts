import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import type { Account, Role } from '#shared/domain/account/account.ts'
import { redact } from '#shared/foundation/redacted.ts'
import type { LocalAccount } from '#shared/ipc/views.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { carriedPolicies } from '../policy/policies.ts'
import { createSession } from '../session/session.ts'
import type { Session } from '../session/session-contract.ts'
import type { SessionDeps } from '../session/session-deps.ts'
import { type LoopbackCentre, startLoopbackCentre } from './loopback-centre.ts'

const START = Date.parse('2026-11-23T00:00:00.000Z')
const PASSWORD = 'password-1'
const policies = carriedPolicies()

const person = (login: string, districtCode: string, role: Role = 'caseworker'): Account => ({
  id: newUuid(),
  login,
  displayName: `담당자 ${login}`,
  department: '복지정책과',
  role,
  districtCode
})
export const gangnam = person('gangnam1', '11680')
export const colleague = person('gangnam2', '11680')
export const mapo = person('mapo1', '11440')

export const officer = person('gangnam-officer', '11680', 'privacy_officer')

export const unlockedAs = (account: Account) => ({
  state: 'unlocked',
  account,
  deviceName: '민원-07',
  locksAfterMinutes: 10,
  vault: 'os',
  lease: null
})
export const firstRun = { state: 'first_run', erased: null }
export const lockedFor = (accounts: readonly LocalAccount[], cause: string) => ({
  state: 'locked',
  accounts,
  cause,
  lease: null,
  erased: null
})
export const localAccount = ({ login, displayName }: Account, lockedOut = false) => ({
  login,
  displayName,
  lockedOut,
  leaseOver: false
})
export const administeredBy = (account: Account) => ({
  state: 'administering',
  account,
  deviceName: '민원-07',
  locksAfterMinutes: 10
})

/** A PC with real files, a centre over a real socket, and a clock that stands still until it is told to go on. */
export class TestPc {
  readonly centre: LoopbackCentre
  dataDir = mkdtempSync(join(tmpdir(), 'mnk-session-'))
  deviceSecret: Uint8Array | null = nodeCipher.randomBytes(32)
  session: Session
  /** How a session begins and ends, warnings, and each view as told to the windows. */
  told: string[] = []
  newSecrets = 0
  hasRoomForSecret = true
  elapsedMs = 0
  readonly #background: Array<Promise<unknown>> = []
  #alarms: Array<{ at: number; work: () => void }> = []

  private constructor(centre: LoopbackCentre) {
    this.centre = centre
    this.session = this.#createSession()
  }

  static async start(): Promise<TestPc> {
    const centre = await startLoopbackCentre({ centreId: newUuid(), now: () => new Date(START).toISOString() })
    for (const account of [gangnam, colleague, mapo, officer]) centre.addAccount(account, PASSWORD)
    return new TestPc(centre)
  }

  now(): string {
    return new Date(START + this.elapsedMs).toISOString()
  }

  /** Lets time pass and rings what is due. */
  pass(ms: number): void {
    const end = this.elapsedMs + ms
    for (;;) {
      this.#alarms.sort((a, b) => a.at - b.at)
      const next = this.#alarms[0]
      if (next === undefined || next.at > end) break
      this.#alarms.shift()
      this.elapsedMs = Math.max(this.elapsedMs, next.at)
      next.work()
    }
    this.elapsedMs = end
  }

  /** Until everything that began by itself is done. */
  async settle(): Promise<void> {
    await Promise.all(this.#background.splice(0))
  }

  async restart(): Promise<void> {
    await this.session.end()
    this.startProgram()
  }

  startProgram(): void {
    this.#alarms = []
    this.session = this.#createSession()
  }

  signIn(account: Account, password = PASSWORD, serverUrl = this.centre.url) {
    return this.session.signIn({ serverUrl, login: account.login, password })
  }

  unlock(account: Account, password = PASSWORD) {
    return this.session.unlock({ login: account.login, password })
  }

  folder(districtCode = '11680'): string {
    return join(this.dataDir, 'stores', districtCode)
  }

  storeFile(): string {
    return join(this.folder(), 'store.db')
  }

  async remove(): Promise<void> {
    await this.session.end()
    await this.centre.stop()
    rmSync(this.dataDir, { recursive: true })
  }

  #createSession(): Session {
    return createSession(this.#deps(), {
      opened: (_open, how) => this.told.push(how),
      closing: async (_open, cause) => {
        this.told.push(`closing ${cause}`)
      },
      changed: (view) => this.told.push(view.state),
      renewed: () => this.told.push('renewed'),
      idleWarning: () => this.told.push('warning'),
      background: (work) => this.#background.push(work)
    })
  }

  #deps(): SessionDeps {
    return {
      dataDir: this.dataDir,
      deviceSecret: this.deviceSecret === null ? null : redact(this.deviceSecret),
      vault: 'os',
      requestDeviceSecret: async () => {
        if (!this.hasRoomForSecret) return null
        this.newSecrets += 1
        this.deviceSecret = nodeCipher.randomBytes(32)
        return this.deviceSecret
      },
      hardness: { memoryKiB: 64, passes: 1, lanes: 1 },
      cipherProved: Promise.resolve(),
      fetch,
      now: () => this.now(),
      monotonicMs: () => this.elapsedMs,
      later: (ms, work) => {
        const alarm = { at: this.elapsedMs + ms, work }
        this.#alarms.push(alarm)
        return () => {
          this.#alarms = this.#alarms.filter((other) => other !== alarm)
        }
      },
      newId: () => newUuid(),
      deviceName: '민원-07',
      appVersion: '0.1.0',
      serverUrl: null,
      locksAfterMinutes: () => 10,
      policies
    }
  }
}
