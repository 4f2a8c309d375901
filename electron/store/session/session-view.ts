import { existsSync } from 'node:fs'
import type { ErasedView, LeaseView } from '#shared/ipc/device-views.ts'
import type { LocalAccount, LockCause, SessionView, StoreProblem } from '#shared/ipc/views.ts'
import type { AdminSession } from '../administration/admin-session.ts'
import type { StoreFailure } from '../db/sqlite-failure.ts'
import type { Keyring } from '../keys/keyring-file.ts'
import type { Custody } from './custody.ts'
import { countUnsentDocuments, isHandedOver, readEraseNote } from './erase.ts'
import { isAllHandedOver } from './errands.ts'
import { readHandedOver } from './handed-over-note.ts'
import type { OpenStore } from './open-store.ts'
import { countRescuable } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import { inspectStore, listAsideFolders, listStoreFolders, type StoreFolder } from './store-folder.ts'

export const PROBLEM_OF: Record<StoreFailure, StoreProblem> = {
  damaged: 'file_damaged',
  truncated: 'file_truncated',
  disk_full: 'disk_full'
}

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
  /** Shut out by an administrator: they lie here and nothing opens them. */
  readonly shutOut: readonly StoreFolder[]
}

export function lookAtStores(dataDir: string, deviceSecret: Uint8Array | null): StoresHere {
  const states = listStoreFolders(dataDir).map((folder) => ({ folder, state: inspectStore(folder, deviceSecret) }))
  return {
    shutOut: states.flatMap(({ folder, state }) => (state.type === 'shut_out' ? [folder] : [])),
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
  return here.sound.length === 0 && here.shutOut.length === 0 ? (here.broken[0] ?? null) : null
}

/** The store that an administrator has shut out; null: none stands in the way. */
export function shutOutStoreHere(
  state: SessionState,
  here: StoresHere
): { folder: StoreFolder; problem: StoreProblem } | null {
  const [folder] = here.shutOut
  if (state.at === 'open' || state.at === 'administering' || here.sound.length > 0 || folder === undefined) return null
  return { folder, problem: 'key_missing' }
}

export interface ViewDeps extends Pick<SessionDeps, 'dataDir' | 'deviceName' | 'vault' | 'locksAfterMinutes'> {
  readonly custody: Pick<Custody, 'lease' | 'leases'>
  /** null: the OS vault lost it. */
  readonly secret: Uint8Array | null
}

export function viewOf(deps: ViewDeps, state: SessionState): SessionView {
  const { deviceName, vault } = deps
  const locksAfterMinutes = deps.locksAfterMinutes()
  if (state.at === 'open') {
    const { account } = state.open.remembered
    return { state: 'unlocked', account, deviceName, locksAfterMinutes, vault, lease: deps.custody.lease() }
  }
  if (state.at === 'administering') {
    return { state: 'administering', account: state.session.account, deviceName, locksAfterMinutes }
  }
  const here = lookAtStores(deps.dataDir, deps.secret)
  const broken = brokenStore(state, here)
  if (broken !== null) {
    const rescuable = broken.folder === null ? 0 : countRescuable(broken.folder)
    return { state: 'broken', problem: broken.problem, rescuable }
  }
  const shutOut = shutOutStoreHere(state, here)?.folder
  if (shutOut !== undefined) {
    const documents = countUnsentDocuments(shutOut)
    const unsent = countRescuable(shutOut) - documents
    const { documentsLost: lost } = readHandedOver(shutOut)
    return { state: 'shut_out', unsent, documents, lost, isHandedOver: isAllHandedOver(shutOut) }
  }
  const erased = erasedView(deps.dataDir)
  if (here.sound.length === 0) return { state: 'first_run', erased }
  const stores = here.sound.map(({ keyring }) => ({ keyring, lease: leaseOf(deps, keyring) }))
  return {
    state: 'locked',
    accounts: stores.flatMap(accountsOf),
    cause: state.at === 'closed' ? state.cause : 'asked',
    lease: firstToEnd(stores.map(({ lease }) => lease)),
    erased
  }
}

const leaseOf = ({ custody, secret }: ViewDeps, keyring: Keyring): LeaseView | null =>
  secret === null ? null : custody.leases.view(keyring, secret)

const firstToEnd = (leases: ReadonlyArray<LeaseView | null>): LeaseView | null =>
  leases
    .filter((lease) => lease !== null)
    .sort((a, b) => (a.endsAt < b.endsAt ? -1 : 1))
    .at(0) ?? null

const accountsOf = ({ keyring, lease }: { keyring: Keyring; lease: LeaseView | null }): LocalAccount[] =>
  keyring.accounts.map(({ login, displayName, lockedOut }) => ({
    login,
    displayName,
    lockedOut,
    leaseOver: lease?.state === 'over'
  }))

/** The deletion that was done here last. */
function erasedView(dataDir: string): ErasedView | null {
  const notes = listAsideFolders(dataDir).flatMap((folder) => readEraseNote(folder) ?? [])
  const [last] = notes.sort((a, b) => (a.at < b.at ? 1 : -1))
  if (last === undefined) return null
  const { reason, at, unsent, documents, documentsLost: lost } = last
  return { reason, at, unsent, documents, lost, isHandedOver: isHandedOver(last) }
}
