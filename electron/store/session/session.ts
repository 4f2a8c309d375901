import { type Redacted, redact, revealSecret } from '#shared/foundation/redacted.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Locked, SignInFailure } from '#shared/ipc/contract.ts'
import type { LeaseView } from '#shared/ipc/device-views.ts'
import type { SessionView, StoreProblem } from '#shared/ipc/views.ts'
import { leaveCentre } from '../administration/admin-client.ts'
import type { AdminSession } from '../administration/admin-session.ts'
import { type StoreFailure, storeFailureOf } from '../db/sqlite-failure.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { entryByLogin } from '../keys/keyring.ts'
import { setStoreAside } from './admission.ts'
import { readCopiedNote } from './copied-note.ts'
import { type Custody, createCustody } from './custody.ts'
import { hasRoom } from './disk-room.ts'
import { createIdleClock, type IdleClock } from './idle-clock.ts'
import { closeFiles, type OpenStore } from './open-store.ts'
import { isPassEnding, renewPass } from './renew-pass.ts'
import type { Session } from './session-contract.ts'
import type { CloseCause, EntryDeps, SessionDeps, SessionHooks } from './session-deps.ts'
import {
  brokenStore,
  lookAtStores,
  PROBLEM_OF,
  type SessionState,
  type StoresHere,
  shutOutStoreHere,
  viewOf
} from './session-view.ts'
import { type SignAttempt, type Signature, type SignFailure, signHere } from './sign-here.ts'
import { type Entered, type OnlineFailure, type SignInAttempt, signInOnline } from './sign-in.ts'
import type { StoreFolder } from './store-folder.ts'
import { createTurns } from './turns.ts'
import { type OfflineFailure, unlockOffline } from './unlock.ts'

const TICK_MS = 1000
const CHECK_STEP_MS = 4
const CHECK_PAUSE_MS = 20

export const createSession = (deps: SessionDeps, hooks: SessionHooks): Session => new DeskSession(deps, hooks)

class DeskSession implements Session {
  readonly #deps: EntryDeps
  readonly #hooks: SessionHooks
  readonly #turns = createTurns()
  readonly #idle: IdleClock
  readonly #custody: Custody
  #leaseTold: string | null = null
  #secret: Redacted<Uint8Array> | null
  #state: SessionState = { at: 'closed', cause: 'start' }
  #stopTicking = (): void => undefined

  constructor(deps: SessionDeps, hooks: SessionHooks) {
    this.#hooks = hooks
    this.#secret = deps.deviceSecret
    this.#idle = createIdleClock(deps, { minutes: deps.locksAfterMinutes() })
    this.#custody = createCustody(deps, {
      secret: () => this.#secretOrNull(),
      isClosed: () => this.#state.at !== 'open',
      inTurn: (work) => this.#turns.take(async () => work()),
      changed: () => this.#hooks.changed(this.view()),
      background: hooks.background
    })
    this.#deps = { ...deps, leases: this.#custody.leases }
    this.#holdToLeases()
  }

  view(): SessionView {
    return viewOf({ ...this.#deps, custody: this.#custody, secret: this.#secretOrNull() }, this.#state)
  }

  lookAgain(): SessionView {
    const wasFull = this.#state.at === 'broken' && this.#state.problem === 'disk_full'
    const isOver = wasFull && hasRoom(this.#deps.dataDir) && this.#holdToLeases().ok
    return isOver ? this.#moveTo({ at: 'closed', cause: 'asked' }) : this.view()
  }

  open(): OpenStore | null {
    const isOver = this.#idle.isOver() || this.#custody.lease()?.state === 'over'
    return this.#state.at === 'open' && !isOver ? this.#state.open : null
  }

  administering(): AdminSession | null {
    return this.#state.at === 'administering' && !this.#idle.isOver() ? this.#state.session : null
  }

  signIn(attempt: SignInAttempt): Promise<Result<SessionView, SignInFailure>> {
    return this.#turns.take(async () => {
      await this.#close('asked', { at: 'closed', cause: 'asked' })
      const held = this.#holdToLeases()
      if (!held.ok) return held
      const { sound, broken } = this.#look()
      const [atFault] = broken
      if (this.#secret === null && atFault !== undefined) return this.#break(atFault.folder, atFault.problem)
      const deviceSecret = await this.#secretOrNew()
      if (deviceSecret === null) return this.#break(null, 'disk_full')
      const place = sound[0]?.folder ?? null
      return this.#opening(place, 'sign_in', () => signInOnline(this.#deps, deviceSecret, attempt))
    })
  }

  unlock(attempt: { login: string; password: string }): Promise<Result<SessionView, SignInFailure>> {
    return this.#turns.take(async () => {
      await this.#close('asked', { at: 'closed', cause: 'asked' })
      const held = this.#holdToLeases()
      if (!held.ok) return held
      const { sound, broken, shutOut } = this.#look()
      const [atFault] = broken
      const found = sound.find(({ keyring }) => entryByLogin(keyring, attempt.login) !== undefined)
      const deviceSecret = this.#secretOrNull()
      if (found === undefined && shutOut.length > 0) return err({ type: 'DeviceRevoked' })
      if (found === undefined || deviceSecret === null)
        return atFault === undefined ? err({ type: 'UnknownAccount' }) : this.#break(atFault.folder, atFault.problem)
      const unlocked = await this.#opening(found.folder, 'unlock', async () => {
        const lease = this.#deps.leases.held(found.keyring, deviceSecret)
        const open = await unlockOffline(this.#deps, { ...found, deviceSecret, attempt, lease })
        return open.ok ? ok({ as: 'staff', open: open.value } as const) : open
      })
      if (unlocked.ok) this.#renewEndingPass(attempt.password, deviceSecret)
      return unlocked
    })
  }

  lock(cause: 'idle' | 'asked'): Promise<SessionView> {
    return this.#turns.take(async () => {
      await this.#close(cause, { at: 'closed', cause: this.#state.at === 'administering' ? 'signed_out' : cause })
      if (this.#state.at === 'broken') this.#moveTo({ at: 'closed', cause })
      return this.view()
    })
  }

  sign(attempt: SignAttempt): Promise<Result<Signature, SignFailure>> {
    return this.#turns.take(async () => {
      const [open, deviceSecret] = [this.open(), this.#secretOrNull()]
      if (open === null || deviceSecret === null) return err({ type: 'Locked' })
      const signed = await signHere(this.#deps, { open, deviceSecret, attempt })
      if (!signed.ok && signed.error.type === 'AccountLocked')
        await this.#close('asked', { at: 'closed', cause: 'asked' })
      return signed
    })
  }

  touch(): Result<{ locksAt: string }, Locked> {
    if (this.open() === null && this.administering() === null) return err({ type: 'Locked' })
    this.#idle.touch()
    return ok({ locksAt: this.#idle.locksAt() })
  }

  dismiss(session: AdminSession): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state.at === 'administering' && this.#state.session === session) {
        this.#leave(session, { at: 'closed', cause: 'signed_out' })
      }
    })
  }

  startAfresh(): Promise<Result<SessionView, { type: 'DiskFull' }>> {
    return this.#turns.take(async () => {
      const broken =
        (await this.#leaveCopied()) ??
        brokenStore(this.#state, this.#look()) ??
        shutOutStoreHere(this.#state, this.#look())
      if (broken === null) return ok(this.view())
      if (broken.problem === 'disk_full') return err({ type: 'DiskFull' }) // nothing is wrong with the file
      const { folder } = broken
      const aside = withDiskFull<unknown, never>(() => ok(folder === null ? null : setStoreAside(this.#deps, folder)))
      if (!aside.ok) return aside
      if ((await this.#secretOrNew()) === null) return err({ type: 'DiskFull' })
      return ok(this.#moveTo({ at: 'closed', cause: 'asked' }))
    })
  }

  /** Closes an open store that was found set back or copied. null: it is no such store. */
  async #leaveCopied(): Promise<{ folder: StoreFolder; problem: StoreProblem } | null> {
    if (this.#state.at !== 'open' || readCopiedNote(this.#state.open.folder) === null) return null
    const { folder } = this.#state.open
    await this.#close('asked', { at: 'closed', cause: 'asked' })
    return { folder, problem: 'key_wrong' }
  }

  failed(failure: StoreFailure): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state.at !== 'open') return
      const { folder } = this.#state.open
      await this.#close('broken', { at: 'broken', folder, problem: PROBLEM_OF[failure] })
    })
  }

  met(): void {
    const open = this.open()
    if (open === null) return
    const renewing = this.#custody
      .renew(open, () => this.#isStillOpen(open))
      .then((isNew) => {
        if (isNew && this.#isStillOpen(open)) this.#hooks.changed(this.view())
      })
    this.#hooks.background(renewing)
    this.#hooks.background(this.#custody.proveErased(open, () => this.#isStillOpen(open)))
  }

  async passOver(): Promise<void> {
    const open = this.open()
    const order = open === null ? null : await this.#custody.orderFor(open)
    if (open !== null && order !== null && this.#isStillOpen(open)) await this.ordered(order)
  }

  ordered(order: 'revoked' | 'wipe' | 'left'): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#state.at !== 'open') return
      const { folder, remembered } = this.#state.open
      if (order !== 'left') return await this.#obey(order, folder)
      await this.#close('left', { at: 'closed', cause: 'left' })
      this.#custody.forget(folder, [remembered.account.id])
      this.#moveTo({ at: 'closed', cause: 'left' })
    })
  }

  setLockMinutes(minutes: number): void {
    this.#idle.setLimit(minutes)
    if (this.#isAtWork()) this.#hooks.changed(this.view())
  }

  end(): Promise<void> {
    return this.#turns
      .take(() => this.#close('shutdown', { at: 'closed', cause: 'start' }))
      .then(() => this.#custody.stop())
  }

  /** Before anything opens. On a disk without room for what that writes down nothing does. */
  #holdToLeases(): Result<null, SignInFailure> {
    try {
      this.#deps.leases.remember()
      this.#deps.leases.enforce(this.#secretOrNull())
      return ok(null)
    } catch (error) {
      if (storeFailureOf(error) !== 'disk_full') throw error
      return this.#break(null, 'disk_full')
    }
  }

  /** Runs a way in and takes its outcome, whatever the file or the disk does meanwhile. */
  async #opening(
    place: StoreFolder | null,
    how: 'sign_in' | 'unlock',
    enter: () => Promise<Result<Entered, OnlineFailure | OfflineFailure>>
  ): Promise<Result<SessionView, SignInFailure>> {
    await this.#deps.cipherProved
    try {
      const entered = await enter()
      if (entered.ok)
        return ok(
          entered.value.as === 'staff' ? this.#begin(entered.value.open, how) : this.#administer(entered.value.session)
        )
      const { error } = entered
      if (error.type === 'StoreBroken') return this.#break(error.folder, error.problem)
      if (error.type !== 'ShutOut') return err(error)
      await this.#obey(error.order, error.folder)
      return err({ type: error.order === 'wipe' ? 'DeviceWipeOrdered' : 'DeviceRevoked' })
    } catch (error) {
      const failure = storeFailureOf(error)
      if (failure === null) throw error
      return this.#break(place, PROBLEM_OF[failure])
    }
  }

  #begin(open: OpenStore, how: 'sign_in' | 'unlock'): SessionView {
    this.#idle.touch()
    try {
      this.#hooks.opened(open, how)
    } catch (error) {
      closeFiles(open)
      throw error
    }
    this.#custody.began(open)
    if (how === 'sign_in') this.#hooks.background(this.#custody.confirm(open))
    const view = this.#moveTo({ at: 'open', open })
    this.#tick()
    this.#checkPages(open)
    return view
  }

  #administer(session: AdminSession): SessionView {
    this.#idle.touch()
    const view = this.#moveTo({ at: 'administering', session })
    this.#tick()
    return view
  }

  /** Her token is forgotten here at once, and at the centre as soon as it hears of it. */
  #leave(session: AdminSession, next: SessionState): void {
    this.#stopTicking()
    this.#hooks.background(leaveCentre(this.#deps, session))
    this.#moveTo(next)
  }

  #isAtWork(): boolean {
    return this.#state.at === 'open' || this.#state.at === 'administering'
  }

  #renewEndingPass(password: string, deviceSecret: Uint8Array): void {
    const open = this.open()
    if (open === null || !isPassEnding(this.#deps, open.remembered)) return
    const isStillOpen = (): boolean => this.#isStillOpen(open)
    const renewing = renewPass(this.#deps, { open, password, deviceSecret, isStillOpen }).then((isNew) => {
      if (!isNew) return
      if (isStillOpen()) this.#custody.began(open)
      this.#hooks.renewed()
    })
    this.#hooks.background(renewing)
  }

  /** First nobody gets the store any more, then what the order says is done; what is left is settled with the centre. */
  async #obey(order: 'revoked' | 'wipe', folder: StoreFolder): Promise<void> {
    await this.#close(order === 'wipe' ? 'wiped' : 'shut_out', { at: 'closed', cause: 'asked' })
    this.#custody.carryOut({ order, folder })
    this.#moveTo({ at: 'closed', cause: 'asked' })
    this.#custody.hurry()
  }

  readonly #isStillOpen = (open: OpenStore): boolean => this.#state.at === 'open' && this.#state.open === open

  #break(folder: StoreFolder | null, problem: StoreProblem): Result<never, SignInFailure> {
    this.#moveTo({ at: 'broken', folder, problem })
    return err({ type: 'StoreUnusable' })
  }

  /** From the first moment nobody gets the store any more; then what runs on it ends, then the file is closed. */
  async #close(cause: CloseCause, next: SessionState): Promise<void> {
    if (this.#state.at === 'administering') return this.#leave(this.#state.session, next)
    if (this.#state.at !== 'open') return
    const { open } = this.#state
    this.#stopTicking()
    this.#state = next
    try {
      await this.#hooks.closing(open, cause)
      if (cause === 'wiped' || cause === 'shut_out' || cause === 'left') await this.#custody.sendLastLines(open)
    } finally {
      closeFiles(open)
      this.#custody.ended()
    }
    this.#hooks.changed(this.view())
  }

  #tick(): void {
    this.#stopTicking = this.#deps.later(TICK_MS, () => {
      if (!this.#isAtWork()) return
      const now = this.#idle.check()
      if (now === 'warn') this.#hooks.idleWarning(this.#idle.locksAt())
      if (now === 'lock') this.#hooks.background(this.lock('idle'))
      else if (this.#tellLease() === 'over') this.#hooks.background(this.#endLease())
      else this.#tick()
    })
  }

  /** The windows hear when a lease comes near its end. */
  #tellLease(): LeaseView['state'] | null {
    const state = this.#custody.lease()?.state ?? null
    if (state !== this.#leaseTold && state !== 'over') this.#hooks.changed(this.view())
    this.#leaseTold = state
    return state
  }

  #endLease(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#custody.lease()?.state !== 'over') return
      await this.#close('lease', { at: 'closed', cause: 'lease' })
      if (this.#deps.leases.enforce(this.#secretOrNull())) this.#hooks.changed(this.view())
    })
  }

  #checkPages(open: OpenStore): void {
    if (open.pageCheck === null || this.#state.at !== 'open' || this.#state.open !== open) return
    const verdict = open.pageCheck.step(CHECK_STEP_MS)
    if (verdict === 'damaged') this.#hooks.background(this.failed('damaged'))
    if (verdict === 'more') this.#deps.later(CHECK_PAUSE_MS, () => this.#checkPages(open))
  }

  async #secretOrNew(): Promise<Uint8Array | null> {
    const made = this.#secret === null ? await this.#deps.requestDeviceSecret() : null
    if (made !== null) this.#secret = redact(made)
    return this.#secretOrNull()
  }

  #secretOrNull(): Uint8Array | null {
    return this.#secret === null ? null : revealSecret(this.#secret)
  }

  #look(): StoresHere {
    return lookAtStores(this.#deps.dataDir, this.#secretOrNull())
  }

  #moveTo(next: SessionState): SessionView {
    this.#state = next
    const view = this.view()
    this.#hooks.changed(view)
    return view
  }
}
