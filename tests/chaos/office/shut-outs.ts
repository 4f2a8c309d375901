import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CentreRestoringError } from '../../../server/restore/gate.ts'
import { DISTRICTS } from '../plan/plan.ts'
import type { DeskPoint } from '../plan/step.ts'
import { asideFolders, capsulesOn, deviceIdOf } from './desk-files.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'
import { settle } from './settle.ts'

/** How a PC loses what lies on it, or its right to it. */
export type ShutOut = 'revoked' | 'wiped' | 'lease'

const HOURS_A_DAY = 24
/** Lease and grace of a district that chose nothing. */
const LEASE_AND_GRACE_DAYS = 14
const MOST_TRIES = 100
const PAUSE_MS = 100
const RESTART_EVERY = 20

interface Order {
  readonly how: ShutOut
  readonly deviceId: string
  /** The vault's at that time. */
  readonly secret: string | null
  /** The store goes with it. */
  readonly deletes: boolean
  readonly isSetBack?: boolean
}

/** PCs that an administrator shuts out or deletes, and leases that end; and what the office does about it afterwards. */
export class ShutOuts {
  readonly #office: Office
  readonly #open = new Map<OfficeDesk, Order>()
  #kept = 0

  constructor(office: Office) {
    this.#office = office
  }

  /** The order is given; the PC meets it at its next contact. `death`: where it is killed while it carries it out. */
  async order(
    desk: OfficeDesk,
    how: 'revoked' | 'wiped',
    death: { point: DeskPoint; passage: number } | null
  ): Promise<void> {
    const deviceId = deviceIdOf(desk)
    if (deviceId === null || this.#open.has(desk) || desk === this.#office.twin) return
    await this.#retireTwinOf(deviceId)
    const goOn = desk.line.interrupt()
    await this.#office.excuses.noteLinesOf(desk)
    await this.#office.hand.shutOut(how, { deviceId, districtCode: desk.districtCode })
    await goOn()
    if (how === 'wiped') this.#office.wiped.add(deviceId)
    this.#open.set(desk, { how, deviceId, secret: desk.deviceSecret, deletes: true })
    if (death !== null) desk.process?.dieAt(death.point, death.passage)
    desk.ask('sync.now', {}).catch(() => undefined)
  }

  /** The PC's clock says so many days later, and nobody can reach the centre. */
  async endLease(desk: OfficeDesk, days: number): Promise<void> {
    const deviceId = deviceIdOf(desk)
    if (deviceId === null || this.#open.has(desk) || desk === this.#office.twin) return
    await this.#retireTwinOf(deviceId)
    const deletes = days > LEASE_AND_GRACE_DAYS
    this.#open.set(desk, { how: 'lease', deviceId, secret: desk.deviceSecret, deletes })
    desk.line.cut()
    await this.#office.excuses.noteLinesOf(desk)
    await desk.kill()
    if (deletes) desk.remembers.clear()
    desk.isLeaseOver = true
    desk.setClock(days * HOURS_A_DAY)
    await desk.ready()
    desk.setClock(0)
    await desk.line.mend()
  }

  /** A copied PC that still goes by the same id would be meant as well. */
  async #retireTwinOf(deviceId: string): Promise<void> {
    const { twin } = this.#office
    if (twin !== null && deviceIdOf(twin) === deviceId) await this.#office.retireTwin()
  }

  /** An order waits to be met there. */
  isOpenFor(desk: OfficeDesk): boolean {
    return this.#open.has(desk)
  }

  /** An older copy, perhaps of another id, was put in the place of what an order was given for. */
  noteSetBack(desk: OfficeDesk): void {
    const order = this.#open.get(desk)
    if (order !== undefined) this.#open.set(desk, { ...order, isSetBack: true })
  }

  /** Everything that was ordered is carried out. What is not, after a while, is named. */
  async settleAll(): Promise<string[]> {
    const late: string[] = []
    for (const [desk, { how, deviceId, secret, isSetBack }] of this.#open) {
      const isAnother = isSetBack === true && deviceIdOf(desk) !== deviceId
      const isDone = !isAnother && (await this.#isCarriedOut(desk, how, deviceId))
      // A PC that lost its store or its vault before it met the order cannot carry it out: its capsule is brought by hand.
      // An older copy with an older vault proves itself with what the centre takes no more.
      const isUnproved = desk.deviceSecret !== secret || this.#office.provedBy.get(deviceId) !== desk.deviceSecret
      const isDisturbed = isAnother || isUnproved || asideFolders(desk).length > 0
      if (!isDone && !isDisturbed) late.push(`${desk.name} is not ${how} yet`)
      if (how === 'wiped') desk.remembers.clear()
      if (how === 'revoked') this.#office.copies.delete(desk.name) // a copy of it is as shut out as it was
      if (how !== 'revoked' && isDone) continue
      await desk.kill()
      const found = capsulesOn(desk).map((dir) => this.#keep(dir))
      desk.clear()
      for (const dir of found) await this.#onceOpen(() => this.#office.hand.bringFolder(dir))
    }
    for (const code of DISTRICTS) await this.#onceOpen(() => this.#office.hand.releaseRescues(code))
    for (const [desk, { deletes }] of this.#open) {
      if (deletes) await this.#office.excuses.left(desk.name, 'its PC was shut out, or deleted')
    }
    this.#open.clear()
    return late
  }

  /** What an administrator carries away from a PC that is cleared. */
  #keep(dir: string): string {
    this.#kept += 1
    const kept = join(this.#office.dir, `found-${this.#kept}`)
    cpSync(dir, kept, { recursive: true, filter: (path) => path === dir || path.includes('rescue.') })
    return kept
  }

  /** A centre that was set back takes no commands until its PCs have reported. */
  async #onceOpen(work: () => Promise<void>): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof CentreRestoringError) || tries === MOST_TRIES) throw error
      }
      await settle(this.#office, { mostTries: 1 })
    }
  }

  async #isCarriedOut(desk: OfficeDesk, how: ShutOut, deviceId: string): Promise<boolean> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // What could not be settled with the centre is tried again at the next start, or in half a minute.
      if (tries % RESTART_EVERY === RESTART_EVERY - 1) {
        await desk.off()
        // A centre that was set back takes no capsule until the other PCs have reported.
        if ((await this.#office.hand.shutGates()).length > 0) await settle(this.#office, { mostTries: 1 })
      }
      await desk.on()
      const view = await desk.ask('session.current', {})
      const isOther = deviceIdOf(desk) !== deviceId
      // While it is being deleted nobody is shown anything of it yet.
      if (view?.ok && isOver(how, view.value) && (how === 'revoked' || isOther)) return true
      if (how === 'lease' && view?.ok && view.value.state === 'unlocked') return true
      if (how === 'wiped' && isOther && (await this.#office.hand.isWiped(deviceId))) return true
      if (how !== 'wiped' || !isOther) {
        await desk.ready()
        await desk.ask('sync.now', {})
      }
      await sleep(PAUSE_MS)
    }
    return false
  }
}

interface View {
  readonly state: string
  readonly isHandedOver?: boolean
  readonly erased?: { readonly isHandedOver: boolean } | null
}

function isOver(how: ShutOut, view: View): boolean {
  if (how === 'revoked') return view.state === 'shut_out' && view.isHandedOver === true
  const { erased } = view
  return view.state === 'first_run' && (erased === null || erased?.isHandedOver === true)
}
