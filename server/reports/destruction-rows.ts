import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { BatchHead, BatchStep } from '#shared/domain/destruction/destruction-batch.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import type { Queryable } from '../db/pool.ts'
import { retentionOverview } from '../retention/retention-overview.ts'
import type { RowPage, RowSource, RowsWanted } from './row-source.ts'

/** 파기 관리대장: the batches that were planned in the period, as they stand; and how the cases of the district stand. */

interface BatchRow {
  readonly id: string
  readonly state: string
  readonly head: BatchHead
  readonly listed: number
  readonly excluded: number
  readonly extended: number
  readonly dropped: number
  readonly destroyed: number
  readonly proven: number
  readonly writtenOff: number
  readonly open: number
}

const PAGE = 50
const WANTED = `district_code = $1 AND (head->'steps'->0->>'at')::timestamptz >= $2
  AND (head->'steps'->0->>'at')::timestamptz < $3`

export async function openDestructionRows(
  db: Queryable,
  { districtCode, from, to }: RowsWanted,
  now: string
): Promise<RowSource> {
  const values = [districtCode, from, to]
  const { rows } = await db.query<{ batches: number }>(
    `SELECT count(*) AS batches FROM destruction_batches WHERE ${WANTED}`,
    values
  )
  const { cases, due, overdue, held, unjudged } = await retentionOverview(db, districtCode, koreanDayOf(now))
  const facts = { cases, due, overdue, held, unjudged }
  const names = ['cases', 'due', 'overdue', 'held', 'unjudged'] as const
  return {
    total: rows[0]?.batches ?? 0,
    facts: names.map((name) => ({ name, n: facts[name] })),
    pages: batchPages(db, values)
  }
}

async function* batchPages(db: Queryable, values: unknown[]): AsyncGenerator<RowPage> {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: BatchRow[] } = await db.query<BatchRow>(BATCHES, [...values, after])
    if (rows.length > 0) yield { rows: rows.map(batchRow), through: rows.length }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? after
  }
}

const items = (condition: string): string =>
  `(SELECT count(*) FROM destruction_items i WHERE i.batch_id = b.id AND ${condition})`
const copies = (condition: string): string =>
  `(SELECT count(*) FROM batch_copies c WHERE c.batch_id = b.id AND ${condition})`

const BATCHES = `SELECT b.id, b.state, b.head, ${items('true')} AS listed,
    ${items("i.item->'exclusion'->>'kind' = 'excluded'")} AS excluded,
    ${items("i.item->'exclusion'->>'kind' = 'extended'")} AS extended,
    ${items("i.item->'exclusion'->>'kind' = 'dropped'")} AS dropped,
    ${items("i.item->'exclusion' = 'null' AND EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = i.case_id AND t.reason = 'destroyed')")} AS destroyed,
    ${copies("c.settled_how <> 'written_off'")} AS proven, ${copies("c.settled_how = 'written_off'")} AS "writtenOff",
    ${copies('c.settled_at IS NULL')} AS open
  FROM destruction_batches b WHERE ${WANTED} AND ($4::uuid IS NULL OR b.id > $4) ORDER BY b.id LIMIT ${PAGE}`

function batchRow({ head, ...row }: BatchRow): Row {
  const last = (act: BatchStep['act']): BatchStep | undefined => head.steps.findLast((step) => step.act === act)
  return [
    ...[head.steps[0]?.at ?? null, row.id, row.state, head.plan.dueUpTo, head.authorId],
    ...[last('review')?.by ?? null, head.approval?.by ?? null, head.approval?.at ?? null],
    ...[last('execute')?.at ?? null, last('complete')?.at ?? null],
    ...[row.listed, row.excluded, row.extended, row.dropped, row.destroyed],
    ...[row.proven, row.writtenOff, row.open, head.approval?.digest ?? null]
  ]
}
