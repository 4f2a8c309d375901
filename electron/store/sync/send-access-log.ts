import { err, ok, type Result } from '#shared/foundation/result.ts'
import { newestLine } from '../access-log/access-log.ts'
import { acknowledgedLine, logPieces, noteAcknowledged } from '../access-log/unsent-lines.ts'
import type { StoreDb } from '../db/database.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'

export interface SendLogDeps {
  readonly db: StoreDb
  readonly client: Pick<CentreClient, 'accessLog'>
  readonly signal: AbortSignal
  readonly deviceId: string
}

/**
 * Sends the lines of the access log that the centre has not acknowledged. A centre that was just met is asked even when
 * there are none: it may have been set back, and then gets again what it lost.
 */
export async function sendAccessLog(
  deps: SendLogDeps,
  { isJustMet }: { readonly isJustMet: boolean }
): Promise<Result<null, CentreFailure>> {
  const { db } = deps
  let isAsking = isJustMet
  let wasBehind = false
  while (newestLine(db) > 0 && (isAsking || acknowledgedLine(db) !== newestLine(db))) {
    const before = acknowledgedLine(db) ?? newestLine(db)
    const sent = await deps.client.accessLog(logPieces(db, deps.deviceId), deps.signal)
    if (!sent.ok) return sent
    const { upTo } = sent.value
    const isBehind = upTo < before
    if (upTo > newestLine(db) || (isBehind && wasBehind)) return err({ type: 'ProtocolMismatch' })
    const noted = note(db, upTo)
    if (!noted.ok) return noted
    if (upTo === before && before < newestLine(db)) return err({ type: 'Unreachable' }) // it took none of them
    wasBehind = isBehind
    isAsking = false
  }
  return ok(null)
}

const note = (db: StoreDb, upTo: number): Result<null, CentreFailure> =>
  withDiskFull(() =>
    db.write((tx) => {
      noteAcknowledged(tx, upTo)
      return ok(null)
    })
  )
