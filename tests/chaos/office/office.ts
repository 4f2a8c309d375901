import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { nodeCipher } from '../../../electron/store/keys/node-crypto.ts'
import { type BurialReason, type CentreHand, openCentreHand } from '../centre/centre-hand.ts'
import { type CentreProcess, createCentreProcess } from '../centre/centre-process.ts'
import { type CentreDatabases, createCentreDatabases } from '../centre/databases.ts'
import { DESK_DISTRICTS, DISTRICTS, DONGS, TWIN_PLACE } from '../plan/plan.ts'
import type { RestoredDatabases } from '../plan/step.ts'
import { deviceIdOf } from './desk-files.ts'
import { Excuses } from './excuses.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { type DeskCopy, newSecret, OfficeDesk, type SignedIn } from './office-desk.ts'

export interface OfficeOptions {
  readonly postgresUrl: string
  /** Everything of this run lies below it. */
  readonly dir: string
  readonly log: (line: string) => void
}

export interface Fault {
  readonly where: string
  readonly words: string
}

/** A centre and four desks in two districts, with what was promised to the people at them. */
export class Office {
  readonly dir: string
  readonly ledger: Ledger
  readonly excuses: Excuses
  readonly log: (line: string) => void
  /** Faults of the program that a desk or the centre reported. */
  readonly faults: Fault[]
  readonly desks: OfficeDesk[] = []
  readonly databases: CentreDatabases
  readonly server: CentreProcess
  /** A copy of one of the desks, while there is one. */
  twin: OfficeDesk | null = null
  /** Desks whose files were copied to another PC, are such a copy, or were set back. */
  readonly copied = new Set<string>()
  /** How often the centre was set back. */
  restores = 0
  /** How often a case went to another district: each time is a revision without a command. */
  readonly moves = new Map<string, number>()
  /** Ids of PCs that took over commands of a store that was set back or copied, and how many. */
  readonly renumbered = new Map<string, number>()
  /** By the id of a PC, what its vault held when somebody signed in there last. */
  readonly provedBy = new Map<string, string | null>()
  /** Ids of PCs that an administrator had deleted. */
  readonly wiped = new Set<string>()
  /** Stores that could not be opened although nothing had been done to them. */
  readonly broken: string[] = []
  /** Copies of desks' disks, by the desk's name. */
  readonly copies = new Map<string, DeskCopy>()
  hand: CentreHand
  readonly #masterKey: Uint8Array
  #starting: Promise<void> | null = null
  #twins = 0
  #buriedAtBackup = new Set<string>()
  #devicesAtBackup = new Set<string | null>()
  /** Ids of PCs that came in after the backup to which the keys were set back. */
  readonly #otherShares = new Set<string>()

  private constructor(parts: {
    dir: string
    databases: CentreDatabases
    server: CentreProcess
    hand: CentreHand
    masterKey: Uint8Array
    faults: Fault[]
    log: (line: string) => void
  }) {
    this.dir = parts.dir
    this.log = parts.log
    this.ledger = createLedger(parts.log)
    this.excuses = new Excuses(this)
    this.databases = parts.databases
    this.server = parts.server
    this.hand = parts.hand
    this.#masterKey = parts.masterKey
    this.faults = parts.faults
  }

  static async open({ postgresUrl, dir, log }: OfficeOptions): Promise<Office> {
    mkdirSync(dir, { recursive: true })
    const faults: Fault[] = []
    const databases = await createCentreDatabases(postgresUrl)
    const masterKey = nodeCipher.randomBytes(32)
    const hand = await openCentreHand({ ...databases, masterKey })
    const server = await createCentreProcess({
      ...databases,
      masterKey: Buffer.from(masterKey).toString('base64'),
      logFile: join(dir, 'centre.log'),
      onFault: (words) => faults.push({ where: 'centre', words })
    })
    const office = new Office({ dir, databases, server, hand, masterKey, faults, log })
    for (const [place, districtCode] of DESK_DISTRICTS.entries()) {
      const name = `desk-${place + 1}`
      const logins = [`staff.${place + 1}`, `colleague.${place + 1}`] as const
      for (const login of logins) await hand.addCaseworker({ login, districtCode })
      office.desks.push(await office.#openDesk({ name, logins, districtCode, deviceSecret: newSecret() }))
    }
    await office.startCentre()
    return office
  }

  #openDesk(desk: {
    name: string
    logins: readonly [string, string]
    districtCode: string
    deviceSecret: string
  }): Promise<OfficeDesk> {
    return OfficeDesk.open({
      ...desk,
      dir: join(this.dir, desk.name),
      centreUrl: this.server.url,
      localAddress: localAddress(),
      enrolmentCode: (districtCode) => this.hand.enrolmentCode(districtCode),
      onFault: (where, words) => this.faults.push({ where, words }),
      onBroken: (broken, problem) => this.#noteBroken(broken, problem),
      onSignedIn: (signedIn, at) => this.#noteSignedIn(signedIn, at)
    })
  }

  async #noteSignedIn(desk: OfficeDesk, { deviceId, deviceSecret, renumbered }: SignedIn): Promise<void> {
    this.renumbered.set(deviceId, renumbered)
    this.provedBy.set(deviceId, deviceSecret)
    if (!desk.isDoomed || this.wiped.has(deviceId)) return
    desk.isDoomed = false
    await this.excuses.forgetSent(desk)
    this.ledger.forgetDraftsOf(desk.name)
  }

  /** Its share at the centre is another one since the keys were set back, and that of its lease is destroyed. */
  async #noteBroken(desk: OfficeDesk, problem: string): Promise<void> {
    const isExplained = problem === 'key_missing' && desk.isLeaseOver && this.#otherShares.has(deviceIdOf(desk) ?? '')
    if (!isExplained) return void this.broken.push(`${desk.name}: ${problem}`)
    await this.excuses.forgetSent(desk)
    this.ledger.forgetDraftsOf(desk.name)
  }

  /** The desk of a place in the plan; a place without one is the first's. */
  deskAt(place: number): OfficeDesk {
    const desk = place === TWIN_PLACE ? this.twin : this.desks[place]
    const [first] = this.desks
    if (first === undefined) throw new Error('an office without desks')
    return desk ?? first
  }

  /** Every desk, a copied one included. */
  everyDesk(): OfficeDesk[] {
    return this.twin === null ? [...this.desks] : [...this.desks, this.twin]
  }

  /** Resolves when the centre serves; several may ask at once. */
  async startCentre(): Promise<void> {
    if (this.server.isRunning() && this.#starting === null) return
    this.#starting ??= this.server.start().finally(() => {
      this.#starting = null
    })
    await this.#starting
  }

  /** With nobody connected to the databases: the centre is ended in order and started again. */
  async whileClosed(work: () => Promise<void>): Promise<void> {
    await this.#starting
    await this.server.stop()
    await this.hand.close()
    await work()
    this.hand = await openCentreHand({ ...this.databases, masterKey: this.#masterKey })
    await this.startCentre()
  }

  /** Both databases at one moment; the centre is ended for it. */
  async backUp(): Promise<void> {
    await this.whileClosed(() => this.databases.backUp())
    this.#buriedAtBackup = new Set(this.ledger.buried.keys())
    this.#devicesAtBackup = new Set(this.everyDesk().map(deviceIdOf))
  }

  /** The centre is gone, and comes back with databases as old as the backup. */
  async restore(which: RestoredDatabases): Promise<void> {
    if (!this.databases.hasBackup()) return this.backUp()
    const before = await this.hand.commands()
    await this.#starting
    await this.server.kill()
    await this.whileClosed(() => this.databases.restore(which))
    this.restores += 1
    for (const id of which === 'cases' ? [] : this.everyDesk().map(deviceIdOf)) {
      if (id !== null && !this.#devicesAtBackup.has(id)) this.#otherShares.add(id)
    }
    this.excuses.noteLost(before, await this.hand.commands())
    if (which !== 'both') return
    for (const caseId of this.ledger.buried.keys()) {
      if (!this.#buriedAtBackup.has(caseId)) this.ledger.forgetBuried(caseId)
    }
  }

  /** Copies a desk with everything on it to a PC of its own. The desk must be off. */
  async addTwin(of: OfficeDesk): Promise<void> {
    await this.retireTwin()
    this.#twins += 1
    const { logins, districtCode } = of
    const name = `${of.name}-copy-${this.#twins}`
    const copy = of.copyTo(join(this.dir, `${name}.from`))
    const deviceSecret = of.deviceSecret ?? newSecret()
    const twin = await this.#openDesk({ name, logins, districtCode, deviceSecret })
    twin.setTo({ ...copy, deviceSecret })
    this.twin = twin
    this.copied.add(name).add(of.name)
  }

  /** The copied PC is taken away; what only it still had goes with it. */
  async retireTwin(): Promise<void> {
    const twin = this.twin
    if (twin === null) return
    this.twin = null
    await twin.remove()
    await this.excuses.undone(twin.name, { after: 0, why: 'the copied PC was taken away' })
  }

  /** Somebody at a PC that says that its store is a copy takes the way out that it shows. */
  async beginAnew(name: string): Promise<void> {
    const desk = this.everyDesk().find((one) => one.name === name)
    if (desk === undefined) return
    await this.excuses.forgetSent(desk)
    this.ledger.forgetDraftsOf(name) // drafts are in the store alone, as the screen says
    await desk.ask('store.startAfresh', {})
    await desk.signIn()
    this.copied.delete(name)
  }

  /** Takes a case out of use for good, wherever people work on it at the moment. */
  async bury({ district, share, reason }: { district: number; share: number; reason: BurialReason }): Promise<void> {
    const caseId = await this.#caseAt(district, share)
    if (caseId === null) return
    await this.hand.bury(caseId, reason)
    this.ledger.noteBuried(caseId, reason)
  }

  /** The family moved: the other district has the case from now on. */
  async moveAway({ district, share }: { district: number; share: number }): Promise<void> {
    const caseId = await this.#caseAt(district, share)
    if (caseId === null) return
    await this.hand.moveAway(caseId, DONGS[DISTRICTS[1 - district] ?? ''] ?? '')
    this.moves.set(caseId, (this.moves.get(caseId) ?? 0) + 1)
    this.ledger.noteMoved(caseId)
  }

  async #caseAt(district: number, share: number): Promise<string | null> {
    const { records } = await this.hand.recordsOf(DISTRICTS[district] ?? '')
    return records[Math.floor(share * records.length)]?.case.id ?? null
  }

  async close({ keeps }: { keeps: boolean }): Promise<void> {
    for (const desk of this.everyDesk()) {
      await desk.kill()
      if (keeps) desk.keepAt(join(this.dir, `${desk.name}.kept`))
      await desk.remove()
    }
    await this.#starting?.catch(() => undefined)
    await this.server.kill()
    await this.hand.close()
    if (!keeps) await this.databases.drop()
  }
}

let addresses = 1

/** Linux and Windows answer on all of 127.0.0.0/8. */
function localAddress(): string {
  if (process.platform === 'darwin') return '127.0.0.1'
  addresses = (addresses % 250) + 1
  return `127.0.0.${addresses}`
}
