import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type {
  Death,
  DeskPoint,
  LineStep,
  OfficerStep,
  ProcessStep,
  RestoredDatabases,
  StoreStep
} from '../plan/step.ts'
import type { Acts } from './acts.ts'
import { deviceIdOf, isCopyUnsettled } from './desk-files.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'
import { ShutOuts } from './shut-outs.ts'

/** How long a process that should die at a point may go on without coming there, before it is killed anyway. */
const LONGEST_LIFE_MS = 250

/** Everything that goes wrong without anybody at a desk wanting it. */
export class Misfortunes {
  readonly #office: Office
  readonly #acts: Acts
  /** What ends by itself, and in which round. */
  readonly #ends: Array<{ round: number; end: () => Promise<void> | void }> = []
  readonly #shutOuts: ShutOuts
  #round = 0

  constructor(office: Office, acts: Acts) {
    this.#office = office
    this.#acts = acts
    this.#shutOuts = new ShutOuts(office)
  }

  /** What was to last until this round is over. */
  async beginRound(round: number): Promise<void> {
    this.#round = round
    for (const due of this.#ends.filter((one) => one.round <= round)) await due.end()
    this.#keepEnds((one) => one.round > round)
  }

  /** Nothing is wrong any more, anywhere. Names what was ordered and is not carried out. */
  async endAll(): Promise<string[]> {
    for (const { end } of this.#ends.splice(0)) await end()
    for (const desk of this.#office.everyDesk()) {
      desk.setDiskFull(false)
      desk.setOldProtocol(false)
      await desk.line.mend()
    }
    await this.#office.startCentre()
    return this.#shutOuts.settleAll()
  }

  async perform(step: LineStep | ProcessStep | StoreStep | OfficerStep): Promise<void> {
    switch (step.type) {
      case 'line_fault':
        return this.#office.deskAt(step.desk).line.expect(step.faults)
      case 'line_down':
        return this.#lineDown(this.#office.deskAt(step.desk), step.rounds)
      case 'kill_desk':
        return this.#killDesk(this.#office.deskAt(step.desk), step.death)
      case 'kill_centre':
        return this.#killCentre(step.death)
      case 'restart_centre':
        return this.#office.whileClosed(async () => undefined)
      case 'back_up_centre':
        return this.#office.backUp()
      case 'restore_centre':
        return this.#restoreCentre(step.which)
      case 'clock':
        return this.#office.deskAt(step.desk).setClock(step.hours)
      case 'old_protocol':
        return this.#oldProtocol(this.#office.deskAt(step.desk), step.rounds)
      case 'disk_full':
        return this.#diskFull(this.#office.deskAt(step.desk), step.rounds)
      case 'copy_desk':
        return this.#copy(this.#office.deskAt(step.desk))
      case 'set_back_desk':
        return this.#setBack(this.#office.deskAt(step.desk))
      case 'twin':
        return this.#twin(this.#office.deskAt(step.desk))
      case 'lose_store':
        return this.#loseStore(this.#office.deskAt(step.desk), step.what)
      case 'bury':
        return this.#office.bury(step)
      case 'move_away':
        return this.#office.moveAway(step)
      case 'shut_out':
        return this.#shutOuts.order(this.#office.deskAt(step.desk), step.how, step.death)
      case 'lease_over':
        return this.#shutOuts.endLease(this.#office.deskAt(step.desk), step.days)
      default:
        return assertNever(step)
    }
  }

  #lineDown(desk: OfficeDesk, rounds: number): void {
    desk.line.cut()
    this.#until(rounds, () => desk.line.mend())
  }

  #oldProtocol(desk: OfficeDesk, rounds: number): void {
    desk.setOldProtocol(true)
    this.#until(rounds, () => desk.setOldProtocol(false))
  }

  #diskFull(desk: OfficeDesk, rounds: number): void {
    desk.setDiskFull(true)
    this.#until(rounds, () => desk.setDiskFull(false))
  }

  /** Dies at work: a command and an exchange are under way. */
  async #killDesk(desk: OfficeDesk, death: Death): Promise<void> {
    if (!(await desk.ready())) return desk.kill()
    if (death.at === 'point') desk.process?.dieAt(death.point as DeskPoint, death.passage)
    const work = this.#workAt(desk)
    await Promise.race([work, sleep(death.at === 'ms' ? death.ms : LONGEST_LIFE_MS)])
    await desk.kill()
    await work
    void desk.on() // it is back by the time somebody needs it
  }

  async #workAt(desk: OfficeDesk): Promise<void> {
    const synced = desk.ask('sync.now', {})
    await this.#acts.correct(desk, { share: 0.1, field: 'phone' })
    await this.#acts.register(desk, { withDraft: false })
    await synced
    await desk.ask('sync.now', {})
  }

  /** Dies while desks push, and is back at once: what was under way has to be found out. */
  async #killCentre(death: Death): Promise<void> {
    const { server } = this.#office
    await this.#office.startCentre()
    if (death.at === 'point' && death.point !== 'capsule.write')
      server.dieAt(death.point as 'commit.before', death.passage)
    const pushes = this.#office.everyDesk().map((desk) => desk.ask('sync.now', {}))
    await Promise.race([Promise.all(pushes), sleep(death.at === 'ms' ? death.ms : LONGEST_LIFE_MS)])
    await server.kill()
    void this.#office.startCentre()
  }

  /** What administrators had ordered since the backup is forgotten there: it has been carried out before. */
  async #restoreCentre(which: RestoredDatabases): Promise<void> {
    for (const desk of this.#office.everyDesk()) await desk.line.mend()
    await this.#shutOuts.settleAll()
    await this.#office.restore(which)
  }

  async #copy(desk: OfficeDesk): Promise<void> {
    await desk.off()
    const copy = desk.copyTo(join(this.#office.dir, `${desk.name}.copy`))
    this.#office.copies.set(desk.name, { ...copy, no: this.#office.ledger.now() })
    void desk.on()
  }

  /** What was saved after the copy and is not done at the centre is in no file any more, by this act of a person. */
  async #setBack(desk: OfficeDesk): Promise<void> {
    const copy = this.#office.copies.get(desk.name)
    if (copy === undefined) return this.#copy(desk)
    await desk.kill()
    desk.setDiskFull(false)
    const why = 'an older copy of its store was put in its place'
    await this.#office.excuses.undone(desk.name, { after: copy.no, why })
    desk.setTo(copy)
    desk.isDoomed = this.#office.wiped.has(deviceIdOf(desk) ?? '')
    this.#shutOuts.noteSetBack(desk)
    this.#office.copied.add(desk.name)
  }

  /** The copy of a PC that is to be shut out would be shut out with it. */
  async #twin(desk: OfficeDesk): Promise<void> {
    if (this.#shutOuts.isOpenFor(desk)) return
    await desk.off()
    await this.#office.addTwin(desk)
    void desk.on()
  }

  async #loseStore(desk: OfficeDesk, what: 'file' | 'vault'): Promise<void> {
    const goOn = desk.line.interrupt()
    await this.#office.excuses.noteLinesOf(desk)
    await desk.kill()
    await goOn()
    desk.isStoreLost = true
    await this.#office.excuses.forgetSent(desk)
    if (what === 'vault' && isCopyUnsettled(desk)) {
      await this.#office.excuses.undone(desk.name, {
        after: 0,
        why: 'the vault that opens the work of a copied PC is lost'
      })
    }
    if (what === 'vault') desk.deviceSecret = null
    else for (const suffix of ['', '-wal', '-shm']) rmSync(desk.storeFile() + suffix, { force: true })
    this.#office.ledger.forgetDraftsOf(desk.name) // drafts are in the store alone, as the spec says
  }

  #until(rounds: number, end: () => Promise<void> | void): void {
    this.#ends.push({ round: this.#round + rounds, end })
  }

  #keepEnds(keeps: (one: { round: number }) => boolean): void {
    const kept = this.#ends.filter(keeps)
    this.#ends.splice(0, this.#ends.length, ...kept)
  }
}
