import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { GoneReason } from '#shared/sync-protocol/pull.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'

/**
 * Which cases came at which place of the centre's stream: a centre that is set back to an earlier place is offered those
 * that came after it. Of a bulk load only the end is noted; a centre set back to before it is offered every case.
 */
export function noteReceived(tx: WriteTx, { caseId, seq }: { readonly caseId: string; readonly seq: number }): void {
  tx.run('INSERT OR REPLACE INTO received_cases (case_id, seq) VALUES (?, ?)', uuidToBlob(caseId), seq)
  tx.run('DELETE FROM gone_cases WHERE case_id = ?', uuidToBlob(caseId))
}

/** Everything up to this place came by a bulk load. */
export function noteBulkReceived(tx: WriteTx, seq: number): void {
  if (seq <= readMetaNumber(tx, META_KEYS.receivedFrom)) return
  writeMeta(tx, META_KEYS.receivedFrom, seq)
  tx.run('DELETE FROM received_cases WHERE seq <= ?', seq)
}

export interface GoneCase {
  readonly caseId: string
  readonly reason: GoneReason
  readonly seq: number
}

export function noteGone(tx: WriteTx, { caseId, reason, seq }: GoneCase): void {
  tx.run('DELETE FROM received_cases WHERE case_id = ?', uuidToBlob(caseId))
  tx.run('INSERT OR REPLACE INTO gone_cases (case_id, reason, seq) VALUES (?, ?, ?)', uuidToBlob(caseId), reason, seq)
}

/** Cases that a stream which ends at `seq` does not have as this PC has them, or may not. */
export function casesReceivedAfter(db: ReadableDb, seq: number): string[] {
  const ids =
    seq < readMetaNumber(db, META_KEYS.receivedFrom)
      ? db.all<{ id: Uint8Array }>('SELECT id FROM cases')
      : db.all<{ id: Uint8Array }>('SELECT case_id AS id FROM received_cases WHERE seq > ? ORDER BY seq', seq)
  return ids.map(({ id }) => blobToUuid(id))
}

/** Why the case is not here any more; null: nobody said that it is gone. */
export const goneReason = (db: ReadableDb, caseId: string): GoneReason | null =>
  db.pluck<GoneReason>('SELECT reason FROM gone_cases WHERE case_id = ?', uuidToBlob(caseId)) ?? null

/** All that were ever buried, and those that went to another district after the place `scopeAfter` of the stream. */
export const goneCases = (
  db: ReadableDb,
  { scopeAfter }: { scopeAfter: number }
): Array<{ caseId: string; reason: GoneReason }> =>
  db
    .all<{ case_id: Uint8Array; reason: GoneReason }>(
      "SELECT case_id, reason FROM gone_cases WHERE reason <> 'scope' OR seq > ?",
      scopeAfter
    )
    .map((row) => ({ caseId: blobToUuid(row.case_id), reason: row.reason }))
