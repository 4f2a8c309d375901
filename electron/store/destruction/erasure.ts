import type { BatchHead } from '#shared/domain/destruction/destruction-batch.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'

/** What this PC still has of an executed batch, and which receipts the centre has of it. */

/** The batches that the centre waits for a receipt of. */
export const batchesToProve = (db: ReadableDb): string[] =>
  db
    .all<{ id: Uint8Array; head: string }>(
      'SELECT id, head FROM destruction_batches WHERE id NOT IN (SELECT batch_id FROM erasure_receipts) ORDER BY id'
    )
    .filter(({ head }) => (JSON.parse(head) as BatchHead).state === 'verifying')
    .map(({ id }) => blobToUuid(id))

/** Every place of the store in which content of a case lies. `sent_sealed` is sealed to the centre alone. */
const IN_THE_STORE = [
  'SELECT id FROM cases',
  'SELECT case_id FROM outbox',
  'SELECT case_id FROM confirmed_cases',
  'SELECT case_id FROM drafts',
  'SELECT case_id FROM sent',
  'SELECT case_id FROM attachments',
  'SELECT case_id FROM document_chunks'
]

const DESTROYED = `FROM destruction_items i WHERE i.batch_id = ? AND json_extract(i.item, '$.exclusion') IS NULL`

/** How many cases the batch destroyed, and of how many something is here: what waits unsent is still to be sent. */
export function standOfErasure(db: ReadableDb, batchId: string): { readonly cases: number; readonly left: number } {
  const id = uuidToBlob(batchId)
  const here = IN_THE_STORE.map((select) => `i.case_id IN (${select})`).join(' OR ')
  return {
    cases: db.pluck<number>(`SELECT count(*) ${DESTROYED}`, id) ?? 0,
    left: db.pluck<number>(`SELECT count(*) ${DESTROYED} AND (${here})`, id) ?? 0
  }
}

export function noteReceipt(tx: WriteTx, batchId: string, at: string): void {
  tx.run('INSERT INTO erasure_receipts (batch_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING', uuidToBlob(batchId), at)
}
