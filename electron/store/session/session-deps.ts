import type { IdDep, LaterDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import type { SessionView } from '#shared/ipc/views.ts'
import type { PasswordHardness } from '../keys/password-key.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import type { IdleClockDeps } from './idle-clock.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import type { OpenStore } from './open-store.ts'

export interface SessionDeps extends TimeDep, IdDep, LaterDep, PolicyDep, IdleClockDeps {
  readonly dataDir: string
  /** 32 bytes that this PC alone has; null: the OS vault lost them, or the disk has had no room for them yet. */
  readonly deviceSecret: Redacted<Uint8Array> | null
  readonly vault: 'os' | 'unprotected'
  /** Has main make a new secret where it gave none. null: the disk has no room for it. */
  readonly requestDeviceSecret: () => Promise<Uint8Array | null>
  readonly nativeBinding?: string | undefined
  readonly hardness: PasswordHardness
  /** Resolves once this runtime's cryptography has given its known answers; no key is made or used before. */
  readonly cipherProved: Promise<void>
  readonly fetch: typeof globalThis.fetch
  readonly deviceName: string
  readonly appVersion: string
  /** A centre that was given at the start; it takes the place of the one last used. */
  readonly serverUrl: string | null
  readonly locksAfterMinutes: () => number
}

/** What the ways in need beside: the leases of the stores that lie here. */
export interface EntryDeps extends SessionDeps {
  readonly leases: LeaseKeeper
}

/** Why a store is closed. `shut_out`, `wiped`: an administrator ordered it; `left`: whoever worked here may not any more. */
export type CloseCause = 'idle' | 'asked' | 'broken' | 'shutdown' | 'lease' | 'left' | 'shut_out' | 'wiped'

/** What the rest of the store does when a session begins, changes and ends. */
export interface SessionHooks {
  /** The store is open and nobody has seen it yet. */
  readonly opened: (open: OpenStore, how: 'sign_in' | 'unlock') => void
  /** Ends everything that still uses the store; after it resolves the file is closed. */
  readonly closing: (open: OpenStore, cause: CloseCause) => Promise<void>
  readonly changed: (view: SessionView) => void
  /** The pass at the centre was renewed in the background. */
  readonly renewed: () => void
  readonly idleWarning: (locksAt: string) => void
  /** Work that nobody waits for; a fault in it has to be reported all the same. */
  readonly background: (work: Promise<unknown>) => void
}
