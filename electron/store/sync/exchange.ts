import type { TimeDep } from '#shared/foundation/deps.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import { pullChanges } from './pull.ts'
import { pushWaiting } from './push.ts'
import type { StatusBoard } from './sync-status.ts'

export interface ExchangeDeps extends TimeDep, PolicyDep {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly board: StatusBoard
  readonly signal: AbortSignal
  readonly deviceId: string
  readonly onCases: (caseIds: readonly string[] | null) => void
  readonly onSent: () => void
}

export interface Exchange {
  /** Sends what waits and receives what is new. */
  run(): Promise<Result<null, CentreFailure>>
  /** The line broke: who answers next may be another centre. */
  forgetCentre(): void
}

/** Fewer are in the store before anybody could read that they are coming. */
const FEW = 250

export function createExchange(deps: ExchangeDeps): Exchange {
  const { board } = deps
  let isCentreMet = false

  const pull = (): Promise<Result<null, CentreFailure>> =>
    pullChanges({
      ...deps,
      onProgress: (progress) => {
        const activity = progress.of > FEW ? { state: 'receiving' as const, ...progress } : null
        board.note({ cause: null, offlineSince: null, activity })
      }
    })
  const push = (): Promise<Result<{ sent: number }, CentreFailure>> =>
    pushWaiting({ ...deps, onProgress: (progress) => board.note({ activity: { state: 'sending', ...progress } }) })

  return {
    forgetCentre: () => {
      isCentreMet = false
    },
    run: async () => {
      // After a break the pull comes first: it shows whether this is the same centre before anything is sent to it.
      const isFirst = !isCentreMet
      if (isFirst) {
        const met = await pull()
        if (!met.ok) return met
        isCentreMet = true
      }
      const pushed = await push()
      if (!pushed.ok) return pushed
      if (pushed.value.sent > 0) deps.onSent()
      return isFirst && pushed.value.sent === 0 ? ok(null) : await pull()
    }
  }
}
