import type { BatchHead, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { WriteTx } from '../db/database.ts'
import { META_KEYS, writeMeta } from '../db/meta.ts'

/** The centre's destruction batches at this PC: ids, dates and the words of officials, nothing of a citizen. */

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

/** A centre that was set back may know fewer acts than this PC was told of: all of them come anew. */
export function forgetBatches(tx: WriteTx): void {
  tx.run('DELETE FROM destruction_items')
  tx.run('DELETE FROM destruction_batches')
  writeMeta(tx, META_KEYS.batchCursor, 0)
}
