import type { Result } from '#shared/foundation/result.ts'
import type { Locked, SignInFailure } from '#shared/ipc/contract.ts'
import type { SessionView } from '#shared/ipc/views.ts'
import type { AdminSession } from '../administration/admin-session.ts'
import type { StoreFailure } from '../db/sqlite-failure.ts'
import type { OpenStore } from './open-store.ts'
import type { SignAttempt, Signature, SignFailure } from './sign-here.ts'
import type { SignInAttempt } from './sign-in.ts'

/** Who is at this PC: opens, locks and replaces the store. One thing at a time, in the order of asking. */
export interface Session {
  view(): SessionView
  /** As asked by a person: a disk that was full is looked at again. */
  lookAgain(): SessionView
  /** null: locked, and every handler that needs the store answers so. */
  open(): OpenStore | null
  /** The administrator who works here; null: nobody does, or her time is over. */
  administering(): AdminSession | null
  signIn(attempt: SignInAttempt): Promise<Result<SessionView, SignInFailure>>
  unlock(attempt: { login: string; password: string }): Promise<Result<SessionView, SignInFailure>>
  lock(cause: 'idle' | 'asked'): Promise<SessionView>
  /** Signs for the account at work, who proves herself by her password once more. The fifth wrong one locks her out. */
  sign(attempt: SignAttempt): Promise<Result<Signature, SignFailure>>
  touch(): Result<{ locksAt: string }, Locked>
  /** The centre no longer knows this administrator's session: it ends here too. */
  dismiss(session: AdminSession): Promise<void>
  /** An exchange with the centre came to its end: the lease is renewed when it is due. */
  met(): void
  /** The centre does not know the pass of whoever works here: it is asked by the PC's own proof whether it has an order. */
  passOver(): Promise<void>
  /** The centre has shut this PC out, wants what lies on it deleted, or lets whoever works here work no more. */
  ordered(order: 'revoked' | 'wipe' | 'left'): Promise<void>
  /** Sets a store aside that is broken, was shut out, or was set back or copied, so that a sign-in makes a new one. */
  startAfresh(): Promise<Result<SessionView, { type: 'DiskFull' }>>
  /** The file or the disk failed while the store was used. */
  failed(failure: StoreFailure): Promise<void>
  setLockMinutes(minutes: number): void
  /** The program ends. */
  end(): Promise<void>
}
