import { isCaseCommand } from '#shared/commands/any-command.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { GiveBackLine } from '#shared/sync-protocol/give-back.ts'
import { MAX_CASES_AN_OFFER } from '#shared/sync-protocol/give-back-offer.ts'
import type { RestoreStand } from '#shared/sync-protocol/restore-stand.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMeta, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { forgetBatches } from '../destruction/batch-rows.ts'
import { sentAfter } from '../outbox/journal.ts'
import { receivedCase, waitingUpTo } from '../outbox/outbox.ts'
import { casesReceivedAfter, goneCases } from '../outbox/received.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'

export interface GiveBackDeps {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly signal: AbortSignal
}

/**
 * The centre may have been set back by a restore: looks how it stands, and gives it what it lost and this PC still has,
 * once for each restore. `ok`: the PC may ask for service again. Otherwise the failure that the person is told.
 */
export async function giveBack(deps: GiveBackDeps, failure: CentreFailure): Promise<Result<null, CentreFailure>> {
  const { db, client, signal } = deps
  const stand = await client.restoreStand(signal)
  if (!stand.ok) return failure.type === 'SessionInvalid' ? err(failure) : stand
  const known = readMeta(db, META_KEYS.centreId)
  if (known !== null && known !== stand.value.centreId) return err({ type: 'OtherCentre' })
  if (stand.value.generation === readMetaNumber(db, META_KEYS.generation)) return err(afterGiving(stand.value, failure))
  const given = await client.giveBack(piecesOf(deps, stand.value), signal)
  if (!given.ok) return given
  if (signal.aborted) return err({ type: 'Unreachable' })
  const { generation, cursor } = given.value
  const noted: Result<null, CentreFailure> = withDiskFull(() =>
    db.write((tx) => {
      writeMeta(tx, META_KEYS.generation, generation)
      writeMeta(tx, META_KEYS.receipt, '') // it speaks of a stream that is no more
      writeMeta(tx, META_KEYS.cursor, Math.min(cursor, readMetaNumber(tx, META_KEYS.cursor)))
      forgetBatches(tx)
      writeMeta(tx, META_KEYS.provisionCursor, 0)
      // The list of pieces that the centre asks for begins anew with each restore.
      writeMeta(tx, META_KEYS.missingChunk, 0)
      writeMeta(tx, META_KEYS.chunksAskedUpTo, 0)
      return ok(null)
    })
  )
  if (!noted.ok) return noted
  return failure.type === 'SessionInvalid' ? err(failure) : ok(null)
}

/** Nothing is left to give: the centre is not open yet, or what it lacks is beyond this PC. */
function afterGiving({ isClosed }: RestoreStand, failure: CentreFailure): CentreFailure {
  if (isClosed) return { type: 'Restoring' }
  return failure.type === 'GiveBackFirst' ? { type: 'OtherCentre' } : failure
}

async function* piecesOf(deps: GiveBackDeps, stand: RestoreStand): AsyncGenerator<string> {
  const { db } = deps
  const deviceSeq = readMetaNumber(db, META_KEYS.acknowledgedSeq)
  const cursor = readMetaNumber(db, META_KEYS.cursor)
  yield textOf({ type: 'from', generation: stand.generation, cursor, deviceSeq })
  const caseIds = new Set(casesReceivedAfter(db, stand.streamEnd))
  for (const { caseId, reason } of goneCases(db, { scopeAfter: stand.streamEnd }))
    yield textOf({ type: 'gone', caseId, reason })
  for (const { command, outcome, sealed } of [...sentAfter(db, { deviceSeq: stand.deviceSeq, seq: stand.streamEnd })]) {
    if ('seq' in outcome && 'caseId' in command) caseIds.add(command.caseId)
    const kept = sealed === null ? {} : { sealed: Buffer.from(sealed).toString('base64') }
    yield textOf({ type: 'sent', command, outcome, ...kept })
  }
  // Done at the centre, perhaps, and never heard of: it may have lost the key to them.
  for (const { command } of waitingUpTo(db, stand.deviceSeq)) {
    if (isCaseCommand(command)) caseIds.add(command.caseId)
    yield textOf({ type: 'sent', command })
  }
  const ids = [...caseIds]
  for (let at = 0; at < ids.length; at += MAX_CASES_AN_OFFER)
    yield* wantedOf(deps, ids.slice(at, at + MAX_CASES_AN_OFFER))
  yield textOf({ type: 'end' })
}

/** Only the cases that the centre asks for: many PCs hold the same ones. */
async function* wantedOf({ db, client, signal }: GiveBackDeps, caseIds: readonly string[]): AsyncGenerator<string> {
  const offered = caseIds.flatMap((id) => {
    const rev = receivedCase(db, id)?.rev ?? 0
    return rev > 0 ? [{ id, rev }] : []
  })
  if (offered.length === 0) return
  const wanted = await client.offer(offered, signal)
  if (!wanted.ok) throw new GiveBackCutError('the centre did not answer an offer')
  for (const caseId of wanted.value) {
    const record = receivedCase(db, caseId)
    if (record !== null) yield textOf({ type: 'case', record })
  }
}

/** The sending cannot go on: the line shows it as cut, and the next try begins anew. */
class GiveBackCutError extends Error {
  override readonly name = 'GiveBackCutError'
}

const textOf = (line: GiveBackLine): string => `${JSON.stringify(line)}\n`
