import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IdDep, LaterDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Result } from '#shared/foundation/result.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { writeOutboxReport } from '#shared/sync-protocol/outbox-report.ts'
import type { StoreDb } from '../db/database.ts'
import type { GatherThreadDep } from '../db/list-gatherer.ts'
import { META_KEYS, readMeta, readMetaNumber } from '../db/meta.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import type { CentreSealDep } from '../outbox/journal.ts'
import { outboxReport } from '../outbox/outbox-report.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { backOffMs, spreadMs } from './back-off.ts'
import { bearer, createCentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { createFirstDownload, type FirstDownload } from './first-download.ts'
import { createPokeLine } from './poke-line.ts'
import {
  type Activity,
  createStatusBoard,
  type LineState,
  type NeedsYouCause,
  type StatusBoard
} from './sync-status.ts'

export interface SyncEngineDeps extends TimeDep, IdDep, PolicyDep, LaterDep, CentreSealDep, GatherThreadDep {
  readonly db: StoreDb
  readonly fetch: typeof globalThis.fetch
  readonly serverUrl: string
  /** The bearer token of the signed-in account; null: it must sign in again. */
  readonly token: () => string | null
  readonly deviceId: string
  /** The signed-in account, if it may decide a conflict. */
  readonly decider: string | null
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs: () => number
  /** From 0 to 1, for the spread of the tries. */
  readonly random: () => number
  readonly onStatus: (status: SyncStatus) => void
  /** Cases that the sync has changed at this PC; null: too many to name. */
  readonly onCases: (caseIds: readonly string[] | null) => void
  /** The names of the district's officials are others than before. */
  /** Destruction batches have changed at this PC. */
  readonly onBatches: () => void
  readonly onStaff: () => void
  /** Commands have left the outbox. */
  readonly onSent: () => void
  /** Commands have left it whose case is gone: no copy of them may stay. */
  readonly onErased: () => void
  /** An exchange with the centre came to its end. */
  readonly onMet: () => void
  /** The centre has shut this PC out, or wants what lies on it deleted. */
  /** The centre does not know her pass: what it wants of the PC it tells to the PC's own proof alone. */
  readonly onPassOver: () => void
  readonly onShutOut: (order: 'revoked' | 'wipe' | 'left') => void
  /** Whether the centre was found to know newer commands of this PC than its file; once noted it holds for good. */
  readonly copied: { readonly isNoted: () => boolean; readonly note: () => void }
  /** Ends whatever else reads the store's file: a first download is about to put another one in its place. */
  readonly releaseFile: () => void
  /** A fault of the program, not of the line. */
  readonly onFault: (fault: unknown) => void
}

export interface SyncEngine {
  start(): void
  /** Ends everything under way; nothing is written after it resolves. */
  stop(): Promise<void>
  /** Something new waits in the outbox. */
  wake(): void
  /** Tries now, whatever the waiting time, and answers how it ended. */
  syncNow(): Promise<SyncStatus>
  status(): SyncStatus
  /** Stops the first download until it is resumed; what waits is still sent. Another pull goes on. */
  pauseDownload(): Promise<SyncStatus>
  resumeDownload(): SyncStatus
}

/** How often to ask without being told: while nobody listens for pokes, and as a safety net while somebody does. */
const POLL_MS = 30_000
const POLL_WHILE_POKED_MS = 120_000
/** How soon to try again what needs a person: she may have put it right elsewhere. */
const NEEDS_YOU_MS = 60_000

/** Keeps this PC and the centre alike: sends, receives, listens, and says honestly how things stand. */
export function createSyncEngine(deps: SyncEngineDeps): SyncEngine {
  const stopping = new AbortController()
  const { client, download, board, exchange } = createParts(deps, stopping.signal)
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let failures = 0
  const alarm = createAlarm(deps, () => void go())

  const fail = (failure: CentreFailure): void => {
    exchange.forgetCentre()
    pokeLine.close()
    failures += 1
    const cause = causeOf(failure) ?? (deps.copied.isNoted() ? 'store_copied' : null)
    const offlineSince = cause === null ? (board.line().offlineSince ?? deps.now()) : null
    const isRestoring = failure.type === 'Restoring' || failure.type === 'GiveBackFirst'
    board.note({ cause, offlineSince, offlineCause: isRestoring ? 'restoring' : 'line', activity: null })
    if (cause !== null) alarm.setTo(NEEDS_YOU_MS)
    else alarm.setTo(waitMs(deps, failure, failures))
  }

  const round = async (): Promise<void> => {
    const result = await exchange.run()
    if (stopping.signal.aborted) return
    if (!result.ok) return fail(result.error)
    failures = 0
    board.note({ cause: null, offlineSince: null, activity: restingActivity(download) })
    pokeLine.open()
    alarm.setTo(pokeLine.isOpen() ? POLL_WHILE_POKED_MS : POLL_MS)
  }

  const rounds = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false
        await round()
      } while (isAskedAgain && isUsable(board.line()) && !stopping.signal.aborted)
    } catch (fault) {
      deps.onFault(fault)
      fail({ type: storeFailureOf(fault) === null ? 'Unreachable' : 'DiskFull' })
    } finally {
      running = null
    }
  }

  const go = (): Promise<void> => {
    alarm.callOff()
    if (stopping.signal.aborted) return Promise.resolve()
    if (running === null) running = rounds()
    else isAskedAgain = true
    return running
  }

  const pokeLine = createPokeLine({
    ...deps,
    client,
    onPoke: (cursor) => {
      if (cursor > readMetaNumber(deps.db, META_KEYS.cursor)) void go()
    },
    // Mostly the first sign that the centre is gone, or back under another process.
    onClosed: (breaks, failure) => alarm.setTo(waitMs(deps, failure, breaks))
  })

  return {
    start: () => void go(),
    stop: async () => {
      stopping.abort()
      alarm.end()
      pokeLine.close()
      await running
    },
    wake: () => {
      board.note({})
      if (isUsable(board.line()) || running !== null) void go()
    },
    syncNow: async () => {
      await running // it began before she asked, perhaps over a line that was not there yet
      await go()
      return board.status()
    },
    status: board.status,
    ...downloadSwitch({ board, download, exchange, go, settled: () => running })
  }
}

/** Until the next try: as long as the centre said, else ever longer. */
const waitMs = ({ random }: SyncEngineDeps, failure: CentreFailure | null, inARow: number): number =>
  failure?.type === 'Busy' ? spreadMs(failure.retryAfterMs, random) : backOffMs(inARow, random)

function createParts(deps: SyncEngineDeps, signal: AbortSignal) {
  const client = createCentreClient({
    receipt: () => readMeta(deps.db, META_KEYS.receipt) || null,
    ...deps,
    authorization: () => bearer(deps.token()),
    report: () => writeOutboxReport(outboxReport(deps.db))
  })
  const download = createFirstDownload(deps)
  const cause = deps.copied.isNoted() ? 'store_copied' : null
  const board = createStatusBoard({ ...deps, cause, activity: restingActivity(download) })
  const exchange = createExchange({ ...deps, client, board, download, signal })
  return { client, download, board, exchange: { ...exchange, run: () => exchange.run().then(tellOutcome(deps)) } }
}

/** Each exchange shows whether this PC may go on: a lease to renew (behind a shut gate too), or an order to obey. */
const tellOutcome =
  ({ copied, onMet, onPassOver, onShutOut }: SyncEngineDeps) =>
  (outcome: Result<null, CentreFailure>): Result<null, CentreFailure> => {
    if (outcome.ok || outcome.error.type === 'Restoring') onMet()
    else if (outcome.error.type === 'StoreCopied') copied.note()
    else if (outcome.error.type === 'SessionInvalid') onPassOver()
    else if (outcome.error.type === 'GrantOver') onShutOut('left')
    else if (outcome.error.type === 'DeviceRevoked') onShutOut('revoked')
    else if (outcome.error.type === 'DeviceWipeOrdered') onShutOut('wipe')
    return outcome
  }

/** A person's hand on the first download. */
function downloadSwitch(parts: {
  readonly board: StatusBoard
  readonly download: FirstDownload
  readonly exchange: Exchange
  readonly go: () => Promise<void>
  readonly settled: () => Promise<void> | null
}): Pick<SyncEngine, 'pauseDownload' | 'resumeDownload'> {
  const { board, download, exchange } = parts
  const show = (activity: Activity | null): SyncStatus => {
    if (isUsable(board.line())) board.note({ activity })
    return board.status()
  }
  return {
    pauseDownload: async () => {
      if (download.isOver()) return board.status()
      download.pause()
      exchange.stopReceiving()
      await parts.settled()
      return show(restingActivity(download))
    },
    resumeDownload: () => {
      const paused = download.paused()
      if (paused === null) return board.status()
      download.resume()
      void parts.go()
      return show({ state: 'receiving', ...paused, firstDownload: { ...paused.firstDownload, isPaused: false } })
    }
  }
}

/** What the window shows while nothing moves: a stopped first download is not "current". */
function restingActivity(download: FirstDownload): Activity | null {
  const paused = download.paused()
  return paused === null ? null : { state: 'receiving', ...paused }
}

/** One time at which to go on; setting it anew forgets the earlier one. */
function createAlarm({ later }: LaterDep, ring: () => void) {
  let callOff = (): void => undefined
  let isOver = false
  return {
    setTo: (ms: number): void => {
      callOff()
      if (!isOver) callOff = later(ms, ring)
    },
    callOff: (): void => callOff(),
    end: (): void => {
      isOver = true
      callOff()
    }
  }
}

const isUsable = (line: LineState): boolean => line.offlineSince === null && line.cause === null

function causeOf(failure: CentreFailure): NeedsYouCause | null {
  switch (failure.type) {
    case 'Unreachable':
    case 'Busy':
    case 'Restoring':
    case 'GiveBackFirst':
      return null
    case 'SessionInvalid':
    case 'GrantOver':
      return 'session'
    case 'DeviceRevoked':
    case 'DeviceWipeOrdered':
      return 'device_revoked'
    case 'ProtocolMismatch':
      return 'protocol'
    case 'OtherCentre':
    case 'NumberMissing':
      return 'other_centre'
    case 'StoreCopied':
      return 'store_copied'
    case 'DiskFull':
      return 'storage'
    default:
      return assertNever(failure)
  }
}
