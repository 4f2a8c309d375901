import { existsSync } from 'node:fs'
import type { LocalAccount, LockCause, SessionView, StoreProblem } from '#shared/ipc/views.ts'
import type { AdminSession } from '../administration/admin-session.ts'
import type { Keyring } from '../keys/keyring-file.ts'
import type { OpenStore } from './open-store.ts'
import { countRescuable } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import { inspectStore, listStoreFolders, type StoreFolder } from './store-folder.ts'

/** `folder` null: the disk failed before there was a store. */
export type SessionState =
  | { readonly at: 'closed'; readonly cause: LockCause }
  | { readonly at: 'broken'; readonly folder: StoreFolder | null; readonly problem: StoreProblem }
  | { readonly at: 'open'; readonly open: OpenStore }
  | { readonly at: 'administering'; readonly session: AdminSession }

/** The stores of this PC, as far as they can be judged without a password. */
export interface StoresHere {
  readonly sound: ReadonlyArray<{ readonly folder: StoreFolder; readonly keyring: Keyring }>
  readonly broken: ReadonlyArray<{ readonly folder: StoreFolder; readonly problem: StoreProblem }>
}

export function lookAtStores(dataDir: string, deviceSecret: Uint8Array | null): StoresHere {
  const states = listStoreFolders(dataDir).map((folder) => ({ folder, state: inspectStore(folder, deviceSecret) }))
  return {
    sound: states.flatMap(({ folder, state }) => (state.type === 'sound' ? [{ folder, keyring: state.keyring }] : [])),
    broken: states.flatMap(({ folder, state }) => (state.type === 'broken' ? [{ folder, problem: state.problem }] : []))
  }
}

/** The store that the person has to do something about. null: none stands in the way. */
export function brokenStore(
  state: SessionState,
  here: StoresHere
): { folder: StoreFolder | null; problem: StoreProblem } | null {
  if (state.at === 'open' || state.at === 'administering') return null
  if (state.at === 'broken' && (state.folder === null || existsSync(state.folder.dir))) return state
  return here.sound.length === 0 ? (here.broken[0] ?? null) : null
}

export function viewOf(
  deps: Pick<SessionDeps, 'deviceName' | 'vault' | 'locksAfterMinutes'>,
  state: SessionState,
  look: () => StoresHere
): SessionView {
  if (state.at === 'open') {
    return {
      state: 'unlocked',
      account: state.open.remembered.account,
      deviceName: deps.deviceName,
      locksAfterMinutes: deps.locksAfterMinutes(),
      vault: deps.vault,
      lease: null
    }
  }
  if (state.at === 'administering') {
    return {
      state: 'administering',
      account: state.session.account,
      deviceName: deps.deviceName,
      locksAfterMinutes: deps.locksAfterMinutes()
    }
  }
  const here = look()
  const broken = brokenStore(state, here)
  if (broken !== null) {
    const rescuable = broken.folder === null ? 0 : countRescuable(broken.folder)
    return { state: 'broken', problem: broken.problem, rescuable }
  }
  if (here.sound.length === 0) return { state: 'first_run', erased: null }
  return {
    state: 'locked',
    accounts: here.sound.flatMap(accountsOf),
    cause: state.at === 'closed' ? state.cause : 'asked',
    lease: null,
    erased: null
  }
}

const accountsOf = ({ keyring }: { keyring: Keyring }): LocalAccount[] =>
  keyring.accounts.map(({ login, displayName, lockedOut }) => ({ login, displayName, lockedOut, leaseOver: false }))
