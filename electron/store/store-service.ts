import { join } from 'node:path'
import type { IdDep, LaterDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import type { StoreEvent } from '#shared/ipc/contract.ts'
import type { Paper } from '#shared/papers/paper.ts'
import type { GatherThreadDep } from './db/list-gatherer.ts'
import { type StoreFailure, storeFailureOf } from './db/sqlite-failure.ts'
import { beginDeskWork, type DeskWork, type DeskWorkDeps, endDeskWork } from './handlers/desk-work.ts'
import { createHandlers } from './handlers/handlers.ts'
import { type PasswordHardness, PRESENT_HARDNESS } from './keys/password-key.ts'
import { carriedPolicies } from './policy/policies.ts'
import { createBackground } from './port/background.ts'
import { createDoor, type Door } from './port/door.ts'
import { type FaultLog, faultOf } from './port/fault-log.ts'
import type { FilePlaces } from './reports/file-places.ts'
import { createSession } from './session/session.ts'
import type { Session } from './session/session-contract.ts'
import { createSettingsStore } from './settings/settings-file.ts'

export interface StoreServiceDeps extends TimeDep, IdDep, LaterDep, GatherThreadDep {
  readonly dataDir: string
  /** 32 bytes that this PC alone has; null: the OS vault lost them, or the disk has had no room for them yet. */
  readonly deviceSecret: Redacted<Uint8Array> | null
  readonly vault: 'os' | 'unprotected'
  readonly requestDeviceSecret: () => Promise<Uint8Array | null>
  readonly nativeBinding?: string | undefined
  readonly hardness?: PasswordHardness
  /** Resolves once this runtime's cryptography has given its known answers; no key is made or used before. */
  readonly cipherProved: Promise<void>
  readonly fetch: typeof globalThis.fetch
  /** As PDF; null: it could not be printed. */
  readonly printPaper: (paper: Paper) => Promise<Uint8Array | null>
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs: () => number
  /** From 0 to 1. */
  readonly random: () => number
  /** The PC's network address now; `-` when it has none. */
  readonly address: () => string
  readonly deviceName: string
  readonly appVersion: string
  readonly runtime: { readonly electron: string; readonly node: string }
  /** A centre that was given at the start; it takes the place of the one last used. */
  readonly serverUrl: string | null
  readonly demo: boolean
  /** Where persons chose to have files that the store writes. */
  readonly places: FilePlaces
  readonly log: FaultLog
}

/** The whole store process behind one question-and-answer door. */
export interface StoreService {
  readonly handle: Door
  onEvent(listener: (event: StoreEvent) => void): void
  /** Locks and closes; nothing is written after it resolves. */
  close(): Promise<void>
}

const newsBy = (
  announce: (event: StoreEvent) => void
): Pick<DeskWorkDeps, 'onCases' | 'onBatches' | 'onProvisions'> => ({
  onCases: (caseIds) => announce({ event: 'casesChanged', caseIds }),
  onBatches: () => announce({ event: 'batchesChanged' }),
  onProvisions: () => announce({ event: 'provisionsChanged' })
})

export function createStoreService(deps: StoreServiceDeps): StoreService {
  const listeners: Array<(event: StoreEvent) => void> = []
  const announce = (event: StoreEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const settings = createSettingsStore(join(deps.dataDir, 'settings.json'))
  const policies = carriedPolicies()
  const report = (fault: unknown, where: string): void => deps.log(faultOf(fault, { faultId: deps.newId(), where }))
  const background = createBackground({ report: (fault) => report(fault, 'background') })
  let work: DeskWork | null = null

  const news = newsBy(announce)
  const workDeps: DeskWorkDeps = {
    ...deps,
    policies,
    onStatus: (status) => announce({ event: 'syncChanged', status }),
    ...news,
    onStaff: () => announce({ event: 'staffChanged' }),
    onMet: () => session.met(),
    onPassOver: () => background(session.passOver()),
    onShutOut: (order) => background(session.ordered(order)),
    onFault: (fault) => {
      const failure = storeFailureOf(fault)
      if (failure === null) report(fault, 'sync')
      // A full disk is the engine's to show; it tries again.
      else if (failure !== 'disk_full') background(session.failed(failure))
    }
  }
  const session: Session = createSession(
    {
      ...deps,
      policies,
      hardness: deps.hardness ?? PRESENT_HARDNESS,
      locksAfterMinutes: () => settings.get().locksAfterMinutes
    },
    {
      opened: (open, how) => {
        work = beginDeskWork(workDeps, open, how)
      },
      closing: async (_open, cause) => {
        const ending = work
        work = null
        if (ending !== null) await endDeskWork(ending, cause)
      },
      renewed: () => work?.sync.syncNow(),
      changed: (view) => announce({ event: 'sessionChanged', session: view }),
      idleWarning: (locksAt) => announce({ event: 'idleWarning', locksAt }),
      background
    }
  )
  const handlers = createHandlers({
    ...deps,
    policies,
    session,
    work: () => {
      work?.checkpoint.busy()
      return session.open() === null ? null : work
    },
    settings,
    info: {
      ...deps.runtime,
      version: deps.appVersion,
      demo: deps.demo,
      serverUrl: () => deps.serverUrl ?? settings.serverUrl()
    },
    ...news,
    background
  })
  const onStoreFailure = (failure: StoreFailure): Promise<void> => session.failed(failure)
  return {
    handle: createDoor({ handlers, onStoreFailure, newId: deps.newId, log: deps.log }),
    onEvent: (listener) => {
      listeners.push(listener)
    },
    close: () => session.end()
  }
}
