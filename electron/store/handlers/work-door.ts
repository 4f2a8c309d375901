import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, type Result } from '#shared/foundation/result.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import type { Paper } from '#shared/papers/paper.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import type { FilePlaces } from '../reports/file-places.ts'
import type { Session } from '../session/session-contract.ts'
import type { SettingsStore } from '../settings/settings-file.ts'
import type { DeskWork } from './desk-work.ts'

export interface HandlerDeps extends TimeDep, IdDep, PolicyDep {
  readonly session: Session
  /** null: locked. */
  readonly work: () => DeskWork | null
  readonly fetch: typeof globalThis.fetch
  /** As PDF; null: it could not be printed. */
  readonly printPaper: (paper: Paper) => Promise<Uint8Array | null>
  readonly settings: SettingsStore
  readonly info: { version: string; electron: string; node: string; demo: boolean; serverUrl: () => string | null }
  /** Changes of this PC's own hand, after their commit. */
  readonly onCases: (caseIds: readonly string[]) => void
  /** The same of destruction batches. */
  readonly onBatches: () => void
  /** The ledger of provisions of this PC changed. */
  readonly onProvisions: () => void
  /** Where persons chose to have files: main knows the places, the window does not. */
  readonly places: FilePlaces
  /** Work that nobody waits for; a fault in it is reported all the same. */
  readonly background: (work: Promise<unknown>) => void
}

/** What needs the store answers `Locked` without it. */
export const workDoor =
  (deps: HandlerDeps) =>
  <Request, T, E>(handle: (work: DeskWork, request: Request) => Result<T, E>) =>
  (request: Request): Result<T, E | Locked> => {
    const work = deps.work()
    return work === null ? err({ type: 'Locked' }) : handle(work, request)
  }

export const withAsyncWork =
  <Request, T, E>(deps: HandlerDeps, handle: (work: DeskWork, request: Request) => Promise<Result<T, E>>) =>
  async (request: Request): Promise<Result<T, E | Locked>> => {
    const work = deps.work()
    return work === null ? err({ type: 'Locked' }) : handle(work, request)
  }
