import type { BatchHead, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { ITEMS_A_LINE } from '#shared/sync-protocol/pull.ts'
import type { Pool } from '../db/pool.ts'
import { type Bounds, pullLine } from './change-page.ts'

/**
 * The destruction batches of a stretch of the stream, each with what changed of its list, a line at a time. They are few
 * and hold nothing of a citizen, so they come in lines of their own and in no packed page.
 */
export async function* batchLines(pool: Pool, { districtCode, cursor, end }: Bounds): AsyncGenerator<Uint8Array> {
  const { rows } = await pool.query<{ head: BatchHead }>({
    name: 'batch-lines',
    text: `SELECT head FROM destruction_batches WHERE district_code = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`,
    values: [districtCode, cursor, end]
  })
  for (const { head } of rows) {
    yield pullLine({ type: 'batch', batch: head })
    yield* itemLines(pool, { batchId: head.id, cursor, end })
  }
}

async function* itemLines(
  pool: Pool,
  { batchId, cursor, end }: { readonly batchId: string; readonly cursor: number; readonly end: number }
): AsyncGenerator<Uint8Array> {
  for (let after = NO_ID; ; ) {
    const { rows } = await pool.query<{ item: ListedItem }>({
      name: 'batch-item-lines',
      text: `SELECT item FROM destruction_items
        WHERE batch_id = $1 AND seq > $2 AND seq <= $3 AND case_id > $4 ORDER BY case_id LIMIT $5`,
      values: [batchId, cursor, end, after, ITEMS_A_LINE]
    })
    const last = rows.at(-1)
    if (last === undefined) return
    yield pullLine({ type: 'batch_items', batchId, items: rows.map(({ item }) => item) })
    after = last.item.caseId
  }
}
const NO_ID = '00000000-0000-0000-0000-000000000000'
