import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MethodName, RequestOf } from '#shared/ipc/contract.ts'
import type { SessionView } from '#shared/ipc/views.ts'
import { nodeCipher } from '../../../electron/store/keys/node-crypto.ts'
import { PASSWORD } from '../centre/centre-hand.ts'
import { type AnswerOf, type DeskProcess, startDeskProcess } from '../desk/desk-process.ts'
import { type FaultProxy, openFaultProxy } from '../line/fault-proxy.ts'
import { type DeskDisk, openDeskDisk } from './desk-disk.ts'
import { countRenumbered, deviceIdOf } from './desk-files.ts'

export interface OfficeDeskOptions {
  readonly name: string
  readonly districtCode: string
  /** The two people who share it. */
  readonly logins: readonly [string, string]
  readonly dir: string
  readonly centreUrl: string
  /** Of the loopback network. */
  readonly localAddress: string
  /** base64 */
  readonly deviceSecret: string
  /** The administrator hands out a one-time code. */
  readonly enrolmentCode: (districtCode: string) => Promise<string>
  readonly onFault: (desk: string, words: string) => void
  /** A store cannot be opened although nothing was done to it. */
  readonly onBroken: (desk: OfficeDesk, problem: string) => Promise<void>
  readonly onSignedIn: (desk: OfficeDesk, signedIn: SignedIn) => Promise<void>
}

/** Somebody came in at a PC. */
export interface SignedIn {
  readonly deviceId: string
  /** The centre takes this id for proved by it from now on, and by no other. */
  readonly deviceSecret: string | null
  /** So many commands of a store that was set back or copied came back under numbers of this id. */
  readonly renumbered: number
}

/** One PC of the office: its disk, its vault, its line, and its store process while it runs. */
export class OfficeDesk {
  readonly name: string
  readonly districtCode: string
  readonly line: FaultProxy
  readonly disk: DeskDisk
  /** What the PC's vault keeps, in base64; null: it has lost it. */
  deviceSecret: string | null
  /** Who sits at it. */
  login: string
  /** How far its clock is off. */
  hours = 0
  /** Commands that its store must remember once the centre has them, to give them back to one that was set back. */
  readonly remembers = new Set<string>()
  /** Somebody did away with the store, or with what opens it. */
  isStoreLost = false
  /** An older copy, of an id that was deleted since, stands in its place: it is deleted when it meets the centre. */
  isDoomed = false
  isOldProtocol = false
  /** Its time of use is over, and nobody has signed in since. */
  isLeaseOver = false
  readonly #options: OfficeDeskOptions
  #process: DeskProcess | null = null
  #starting: Promise<void> | null = null

  private constructor(options: OfficeDeskOptions, line: FaultProxy, disk: DeskDisk) {
    this.#options = options
    this.name = options.name
    this.districtCode = options.districtCode
    this.login = options.logins[0]
    this.deviceSecret = options.deviceSecret
    this.line = line
    this.disk = disk
  }

  static async open(options: OfficeDeskOptions): Promise<OfficeDesk> {
    const line = await openFaultProxy(options)
    return new OfficeDesk(options, line, openDeskDisk(options.dir))
  }

  get dataDir(): string {
    return join(this.disk.dir, 'data')
  }

  get process(): DeskProcess | null {
    return this.#process?.isAlive() === true ? this.#process : null
  }

  /** null: the desk is off, or died before it answered. */
  async ask<M extends MethodName>(method: M, request: RequestOf<M>): Promise<AnswerOf<M> | null> {
    return (await this.process?.ask(method, request)) ?? null
  }

  /** Runs, with somebody signed in. False where the line or the disk does not allow it now. */
  async ready(): Promise<boolean> {
    await this.on()
    for (let tries = 0; tries < 4; tries += 1) {
      const view = await this.ask('session.current', {})
      if (view === null) await this.on()
      else if (view.ok && view.value.state === 'unlocked') return true
      else if (view.ok && view.value.state === 'shut_out') return false
      else if (view.ok) await this.#enter(view.value)
    }
    const view = await this.ask('session.current', {})
    return view?.ok === true && view.value.state === 'unlocked'
  }

  async on(): Promise<void> {
    if (this.process !== null) return
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null
    })
    await this.#starting
  }

  async off(): Promise<void> {
    await this.#starting
    await this.#process?.close()
    this.#process = null
  }

  async kill(): Promise<void> {
    await this.#starting
    await this.#process?.kill()
    this.#process = null
  }

  /** A copy of the PC's disk and vault; the desk must be off. */
  copyTo(dir: string): Omit<DeskCopy, 'no'> {
    rmSync(dir, { recursive: true, force: true })
    cpSync(this.dataDir, join(dir, 'data'), { recursive: true })
    const { deviceSecret, isStoreLost } = this
    return { dir, deviceSecret, isStoreLost, remembers: new Set(this.remembers) }
  }

  /** Nothing is on the disk; the desk must be off. */
  clear(): void {
    this.remembers.clear()
    this.isStoreLost = false
    for (const name of readdirSync(this.disk.dir)) rmSync(join(this.disk.dir, name), { recursive: true, force: true })
  }

  /** Puts a copy in the place of everything on the disk; the desk must be off. */
  setTo({ dir, deviceSecret, isStoreLost, remembers }: Omit<DeskCopy, 'no'>): void {
    this.clear()
    this.isStoreLost = isStoreLost
    for (const id of remembers) this.remembers.add(id)
    cpSync(join(dir, 'data'), this.dataDir, { recursive: true })
    this.deviceSecret = deviceSecret
  }

  /** For whoever looks into a failure: the files, and what the vault holds to open them. */
  keepAt(dir: string): void {
    this.disk.keepAt(dir)
    writeFileSync(join(dir, 'device-secret'), this.deviceSecret ?? '')
  }

  storeFile(): string {
    return join(this.dataDir, 'stores', this.districtCode, 'store.db')
  }

  /** The other one of the two sits down. */
  handOver(): void {
    const [one, other] = this.#options.logins
    this.login = this.login === one ? other : one
  }

  get logins(): readonly [string, string] {
    return this.#options.logins
  }

  setClock(hours: number): void {
    this.hours = hours
    this.process?.tell({ type: 'clock', hours })
  }

  setOldProtocol(isOld: boolean): void {
    this.isOldProtocol = isOld
    this.process?.tell({ type: 'protocol', isOld })
  }

  setDiskFull(isFull: boolean): void {
    this.disk.setFull(isFull)
    if (!this.disk.isReal) this.process?.tell({ type: 'disk', isFull })
  }

  async remove(): Promise<void> {
    await this.kill()
    await this.line.close()
    this.disk.remove()
  }

  async #start(): Promise<void> {
    const { onFault } = this.#options
    this.#process = await startDeskProcess(
      {
        dataDir: this.dataDir,
        deviceName: this.name,
        deviceSecret: this.deviceSecret,
        hours: this.hours,
        isOldProtocol: this.isOldProtocol
      },
      {
        onFault: (fault) => onFault(this.name, JSON.stringify(fault)),
        newSecret: () => {
          this.deviceSecret = newSecret()
          return this.deviceSecret
        },
        onWords: (text) => onFault(this.name, text)
      }
    )
    // What was said while it started it has not heard.
    this.#process.tell({ type: 'clock', hours: this.hours })
    this.#process.tell({ type: 'protocol', isOld: this.isOldProtocol })
    if (!this.disk.isReal && this.disk.isFull()) this.#process.tell({ type: 'disk', isFull: true })
  }

  /** One step on the way from what the session says to somebody working. */
  async #enter(view: SessionView): Promise<void> {
    if (view.state === 'broken') {
      if (view.problem === 'disk_full') return
      if (!this.isStoreLost) await this.#options.onBroken(this, view.problem)
      this.isStoreLost = false
      await this.ask('store.startAfresh', {})
      await this.signIn()
    } else if (view.state === 'locked' && view.accounts.some(({ login }) => login === this.login)) {
      const unlocked = await this.ask('session.unlock', { login: this.login, password: PASSWORD })
      if (unlocked?.ok === false && unlocked.error.type !== 'StoreUnusable') await this.signIn()
    } else await this.signIn()
  }

  /** The centre takes its session for ended, or has forgotten it. */
  async signIn(): Promise<void> {
    const attempt = { serverUrl: this.line.url, login: this.login, password: PASSWORD }
    let signedIn = await this.ask('session.signIn', attempt)
    if (signedIn?.ok === false && signedIn.error.type === 'EnrolmentNeeded') {
      const enrolmentCode = await this.#options.enrolmentCode(this.districtCode)
      signedIn = await this.ask('session.signIn', { ...attempt, enrolmentCode })
    }
    if (signedIn?.ok === false && signedIn.error.type === 'ColleagueFirst') this.handOver()
    if (signedIn?.ok === true) this.isLeaseOver = false
    const deviceId = signedIn?.ok === true ? deviceIdOf(this) : null
    if (deviceId === null) return
    const { deviceSecret } = this
    await this.#options.onSignedIn(this, { deviceId, deviceSecret, renumbered: countRenumbered(this) })
  }
}

/** A PC's disk and vault at one time. */
export interface DeskCopy {
  readonly dir: string
  readonly deviceSecret: string | null
  /** It was lost before it was copied. */
  readonly isStoreLost: boolean
  readonly remembers: ReadonlySet<string>
  /** How much the office had been told by then. */
  readonly no: number
}

export const newSecret = (): string => Buffer.from(nodeCipher.randomBytes(32)).toString('base64')
