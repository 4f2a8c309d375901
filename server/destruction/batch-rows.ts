import type { BatchHead, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import type { Tx } from '../db/run-tx.ts'

/** Destruction batches as they lie at the centre: head and items apart, so that a long list is not written for each act. */

/** The batches among these ids, of whatever district. Locks them until the transaction ends. */
export async function lockBatches(tx: Tx, batchIds: readonly string[]): Promise<Map<string, DestructionBatch>> {
  if (batchIds.length === 0) return new Map()
  const { rows: heads } = await tx.query<{ head: BatchHead }>(
    'SELECT head FROM destruction_batches WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [batchIds]
  )
  const { rows: items } = await tx.query<{ batch_id: string; item: ListedItem }>(
    'SELECT batch_id, item FROM destruction_items WHERE batch_id = ANY($1::uuid[]) ORDER BY batch_id, case_id',
    [heads.map(({ head }) => head.id)]
  )
  const listed = new Map(heads.map(({ head }) => [head.id, [] as ListedItem[]]))
  for (const { batch_id, item } of items) listed.get(batch_id)?.push(item)
  return new Map(heads.map(({ head }) => [head.id, { ...head, items: listed.get(head.id) ?? [] }]))
}

export interface BatchChange {
  /** null: it is new. */
  readonly before: DestructionBatch | null
  readonly after: DestructionBatch
  /** Its place in the district's stream. */
  readonly seq: number
}

/** Of a list only what is not the very same item as before is written. */
export async function writeBatches(tx: Tx, changes: readonly BatchChange[]): Promise<void> {
  for (const { before, after, seq } of changes) {
    const { items, ...head } = after
    await tx.query(
      `INSERT INTO destruction_batches (id, district_code, state, seq, head) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq, head = excluded.head`,
      [head.id, head.districtCode, head.state, seq, JSON.stringify(head)]
    )
    const known = new Set(before?.items ?? [])
    const changed = items.filter((item) => !known.has(item))
    if (changed.length === 0) continue
    await tx.query(
      `INSERT INTO destruction_items (batch_id, case_id, seq, item)
       SELECT $1, case_id, $2, item FROM unnest($3::uuid[], $4::jsonb[]) AS given (case_id, item)
       ON CONFLICT (batch_id, case_id) DO UPDATE SET seq = excluded.seq, item = excluded.item`,
      [head.id, seq, changed.map(({ caseId }) => caseId), changed.map((item) => JSON.stringify(item))]
    )
  }
}
