import type { BatchHead, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import type { Queryable } from '../db/pool.ts'
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

/** The head alone, whatever the district. Locked until the transaction ends. */
export async function lockHead(tx: Tx, batchId: string): Promise<BatchHead | null> {
  const { rows } = await tx.query<{ head: BatchHead }>(
    'SELECT head FROM destruction_batches WHERE id = $1 FOR NO KEY UPDATE',
    [batchId]
  )
  return rows[0]?.head ?? null
}

export interface OpenItems {
  readonly batchId: string
  readonly after?: string
  readonly limit?: number
  readonly among?: readonly ListedItem[]
}

/** What is in the list and not destroyed yet, in the order of the cases' ids. */
export async function openItems(db: Queryable, { batchId, after, limit, among }: OpenItems): Promise<ListedItem[]> {
  const { rows } = await db.query<{ item: ListedItem }>({
    name: 'open-items',
    text: `SELECT i.item FROM destruction_items i
      WHERE i.batch_id = $1 AND ($2::uuid IS NULL OR i.case_id > $2) AND ($3::uuid[] IS NULL OR i.case_id = ANY($3))
        AND i.item->'exclusion' = 'null'
        AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = i.case_id AND t.reason = 'destroyed')
      ORDER BY i.case_id LIMIT $4`,
    values: [batchId, after ?? null, among?.map(({ caseId }) => caseId) ?? null, limit ?? null]
  })
  return rows.map(({ item }) => item)
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
    await writeHead(tx, head, seq)
    const known = new Set(before?.items ?? [])
    await writeItems(tx, { batchId: head.id, seq, items: items.filter((item) => !known.has(item)) })
  }
}

export async function writeHead(tx: Tx, head: BatchHead, seq: number): Promise<void> {
  await tx.query(
    `INSERT INTO destruction_batches (id, district_code, state, seq, head) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, seq = excluded.seq, head = excluded.head`,
    [head.id, head.districtCode, head.state, seq, JSON.stringify(head)]
  )
}

export async function writeItems(
  tx: Tx,
  { batchId, seq, items }: { readonly batchId: string; readonly seq: number; readonly items: readonly ListedItem[] }
): Promise<void> {
  if (items.length === 0) return
  await tx.query(
    `INSERT INTO destruction_items (batch_id, case_id, seq, item)
     SELECT $1, case_id, $2, item FROM unnest($3::uuid[], $4::jsonb[]) AS given (case_id, item)
     ON CONFLICT (batch_id, case_id) DO UPDATE SET seq = excluded.seq, item = excluded.item`,
    [batchId, seq, items.map(({ caseId }) => caseId), items.map((item) => JSON.stringify(item))]
  )
}
