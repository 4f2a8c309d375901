import type { BatchHead, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, writeMeta } from '../db/meta.ts'

/** The centre's destruction batches at this PC: ids, dates and the words of officials, nothing of a citizen. */

/** The rows are this program's own and lie in the encrypted file: they are read as they were written. */
export function batchById(db: ReadableDb, batchId: string): DestructionBatch | null {
  const id = uuidToBlob(batchId)
  const head = db.pluck<string>('SELECT head FROM destruction_batches WHERE id = ?', id)
  if (head === undefined) return null
  const rows = db.all<{ item: string }>('SELECT item FROM destruction_items WHERE batch_id = ? ORDER BY case_id', id)
  const items = JSON.parse(`[${rows.map(({ item }) => item).join(',')}]`) as ListedItem[]
  return { ...(JSON.parse(head) as BatchHead), items }
}

export const batchHeads = (db: ReadableDb): BatchHead[] =>
  db
    .all<{ head: string }>('SELECT head FROM destruction_batches ORDER BY id')
    .map(({ head }) => JSON.parse(head) as BatchHead)

export const countItems = (db: ReadableDb, batchId: string): number =>
  db.pluck<number>('SELECT count(*) FROM destruction_items WHERE batch_id = ?', uuidToBlob(batchId)) ?? 0

/** What somebody took out of the list, or what dropped out of it. */
export const itemsLeftOut = (db: ReadableDb, batchId: string): ListedItem[] =>
  db
    .all<{ item: string }>(
      `SELECT item FROM destruction_items
       WHERE batch_id = ? AND json_extract(item, '$.exclusion') IS NOT NULL ORDER BY case_id`,
      uuidToBlob(batchId)
    )
    .map(({ item }) => JSON.parse(item) as ListedItem)

export function putBatchHead(tx: WriteTx, head: BatchHead): void {
  tx.run(
    'INSERT INTO destruction_batches (id, head) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET head = excluded.head',
    uuidToBlob(head.id),
    JSON.stringify(head)
  )
}

export function putBatchItems(tx: WriteTx, batchId: string, items: readonly ListedItem[]): void {
  for (const item of items) {
    tx.run(
      `INSERT INTO destruction_items (batch_id, case_id, item) VALUES (?, ?, ?)
       ON CONFLICT (batch_id, case_id) DO UPDATE SET item = excluded.item`,
      ...[uuidToBlob(batchId), uuidToBlob(item.caseId), JSON.stringify(item)]
    )
  }
}

/** Of a list only what is not the very same item as before is written. */
export function putBatch(tx: WriteTx, before: DestructionBatch | null, after: DestructionBatch): void {
  const { items, ...head } = after
  const known = new Set(before?.items ?? [])
  putBatchHead(tx, head)
  putBatchItems(
    tx,
    head.id,
    items.filter((item) => !known.has(item))
  )
}

/** A centre that was set back may know fewer acts than this PC was told of: all of them come anew. */
export function forgetBatches(tx: WriteTx): void {
  tx.run('DELETE FROM erasure_receipts')
  tx.run('DELETE FROM destruction_items')
  tx.run('DELETE FROM destruction_batches')
  writeMeta(tx, META_KEYS.batchCursor, 0)
}
