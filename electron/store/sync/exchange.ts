import type { IdDep, LaterDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import type { GatherThreadDep } from '../db/list-gatherer.ts'
import type { CentreSealDep } from '../outbox/journal.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import type { FirstDownload } from './first-download.ts'
import { giveBack } from './give-back.ts'
import { meetAtLine, pullChanges } from './pull.ts'
import { pushWaiting } from './push.ts'
import type { ReceptionDeps } from './reception.ts'
import { sendAccessLog } from './send-access-log.ts'
import type { StatusBoard } from './sync-status.ts'

export interface ExchangeDeps extends TimeDep, IdDep, PolicyDep, CentreSealDep, GatherThreadDep {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly board: StatusBoard
  readonly download: FirstDownload
  readonly monotonicMs: () => number
  readonly later: LaterDep['later']
  readonly releaseFile: () => void
  readonly signal: AbortSignal
  readonly deviceId: string
  readonly copied: { readonly isNoted: () => boolean }
  readonly onCases: (caseIds: readonly string[] | null) => void
  readonly onBatches: () => void
  readonly onStaff: () => void
  readonly onSent: () => void
  readonly onErased: () => void
  readonly onFault: (fault: unknown) => void
}

export interface Exchange {
  /** Sends what waits, receives what is new, and sends what was logged. */
  run(): Promise<Result<null, CentreFailure>>
  /** The line broke: who answers next may be another centre. */
  forgetCentre(): void
  /** Ends a pull under way; what came stays. */
  stopReceiving(): void
}

/** Fewer are in the store before anybody could read that they are coming. */
const FEW = 250

export function createExchange(deps: ExchangeDeps): Exchange {
  const { board, client, db, download } = deps
  let isCentreMet = false
  let receiving: AbortController | null = null

  const pull = async (): Promise<Result<null, CentreFailure>> => {
    const controller = new AbortController()
    const stop = (): void => controller.abort()
    deps.signal.addEventListener('abort', stop, { once: true })
    receiving = controller
    try {
      const { signal } = controller
      return await pullChanges({ ...deps, signal, onProgress: createProgress(deps) })
    } finally {
      receiving = null
      deps.signal.removeEventListener('abort', stop)
    }
  }
  /** A file that was set back or copied takes nothing and sends nothing; what the centre orders of the PC it still hears. */
  const meetCopied = async (): Promise<Result<null, CentreFailure>> => {
    const met = await meetAtLine(db, client, deps.signal)
    return met.ok ? err({ type: 'StoreCopied' }) : met
  }
  /** While a person has the first download stopped, the centre is met and nothing is taken. */
  const receive = async (): Promise<Result<null, CentreFailure>> => {
    if (deps.copied.isNoted()) return meetCopied()
    if (download.paused() !== null) return meetAtLine(db, client, deps.signal)
    const pulled = await pull()
    return download.paused() === null ? pulled : ok(null)
  }
  const push = (): Promise<Result<{ sent: number }, CentreFailure>> =>
    pushWaiting({ ...deps, onProgress: (progress) => board.note({ activity: { state: 'sending', ...progress } }) })

  const exchangeCases = async (): Promise<Result<null, CentreFailure>> => {
    // After a break the pull comes first: it shows whether this is the same centre before anything is sent to it.
    const isFirst = !isCentreMet
    if (isFirst) {
      const met = await receive()
      if (!met.ok) return met
      isCentreMet = true
    }
    const pushed = await push()
    if (!pushed.ok) return pushed
    if (pushed.value.sent > 0) deps.onSent()
    return isFirst && pushed.value.sent === 0 ? ok(null) : await receive()
  }
  /** The log of a file that was set back or copied is sent all the same: the centre is to see that there are two. */
  const attempt = async (): Promise<Result<null, CentreFailure>> => {
    const isJustMet = !isCentreMet
    const exchanged = await exchangeCases()
    if (!exchanged.ok && exchanged.error.type !== 'StoreCopied') return exchanged
    const logged = await sendAccessLog(deps, { isJustMet })
    return logged.ok ? exchanged : logged
  }

  return {
    forgetCentre: () => {
      isCentreMet = false
    },
    stopReceiving: () => receiving?.abort(),
    run: async () => {
      const result = await attempt()
      if (result.ok || !mayBeSetBack(result.error)) return result
      isCentreMet = false
      const given = await giveBack(deps, result.error)
      if (!given.ok) return given
      deps.onBatches() // it knows others than before
      return await attempt()
    }
  }
}

/** What of a pull the window is told. */
function createProgress({ board, download }: ExchangeDeps): ReceptionDeps['onProgress'] {
  const here = download.isOver() ? null : download.casesHere()
  return ({ done, of }) => {
    const isLong = of > FEW
    if (here === null || !isLong) {
      board.note({ ...ANSWERED, activity: isLong ? { state: 'receiving', done, of } : null })
      return
    }
    const told = download.view({ done: here + done, of: here + of })
    if (told !== null) board.note({ ...ANSWERED, activity: { state: 'receiving', ...told } })
  }
}

/** What a centre answers that was set back: it says so, or it does not know this PC's session or its last commands. */
const mayBeSetBack = ({ type }: CentreFailure): boolean =>
  type === 'Restoring' || type === 'GiveBackFirst' || type === 'SessionInvalid' || type === 'OtherCentre'

const ANSWERED = { cause: null, offlineSince: null } as const
