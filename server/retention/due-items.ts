import type { BatchItem, DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import { fieldsOfItems } from '#shared/domain/retention/item-fields.ts'
import { type IsoDate, uuidSchema } from '#shared/foundation/primitives.ts'
import { MAX_DUE_ITEMS } from '#shared/sync-protocol/retention-due.ts'
import type { Queryable } from '../db/pool.ts'

export interface DueQuery {
  readonly districtCode: string
  readonly dueUpTo: IsoDate
  readonly parts: 'case' | 'fields'
  readonly after?: { readonly dueOn: IsoDate; readonly caseId: string } | undefined
}

interface DueRow {
  readonly caseId: string
  readonly rev: number
  readonly dueOn: IsoDate
  readonly recordsUntil: IsoDate | null
  readonly cause: DueCause
  readonly items: string | null
}

/**
 * 선정: what is due by a day, as the last run judged it, and still is as it was judged. Without what
 * another batch has listed, and what a reviewer has extended beyond that day.
 */
export async function dueItems(db: Queryable, query: DueQuery): Promise<{ items: BatchItem[]; next: string | null }> {
  const { districtCode, dueUpTo, parts, after } = query
  const { rows } = await db.query<DueRow>(parts === 'case' ? WHOLE_CASES : EARLY_FIELDS, [
    ...[districtCode, dueUpTo, after?.dueOn ?? null, after?.caseId ?? null, MAX_DUE_ITEMS + 1]
  ])
  const page = rows.slice(0, MAX_DUE_ITEMS)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    items: page.flatMap((row) => itemOf(row, parts)),
    next: last === undefined ? null : `${last.dueOn}_${uuidSchema.parse(last.caseId)}`
  }
}

/** None where the items make up no whole field. */
function itemOf({ items, ...row }: DueRow, parts: DueQuery['parts']): BatchItem[] {
  if (parts === 'case') return [{ ...row, parts }]
  const fields = fieldsOfItems(new Set((items ?? '').split(' ') as PolicyItemId[]))
  return fields.length === 0 ? [] : [{ ...row, parts: fields }]
}

const FREE = `c.id = r.case_id AND c.rev = r.rev AND NOT EXISTS (
    SELECT 1 FROM destruction_items i JOIN destruction_batches b ON b.id = i.batch_id
    WHERE i.case_id = r.case_id AND (
      (b.state NOT IN ('completed', 'aborted') AND i.item->'exclusion' = 'null')
      OR (i.item->'exclusion'->>'kind' = 'extended' AND (i.item->'exclusion'->>'until')::date >= $2::date)))`

/** Both clocks are over: 파기 예정일 and 기록물 만료. */
const WHOLE_CASES = `
  SELECT r.case_id AS "caseId", r.rev, r.kept_until + 1 AS "dueOn", r.records_until AS "recordsUntil",
    'term_over' AS cause, NULL AS items
  FROM case_retention r JOIN cases c ON ${FREE}
  WHERE r.district_code = $1 AND r.kept_until < $2::date AND r.records_until < $2::date
    AND ($3::date IS NULL OR (r.kept_until, r.case_id) > ($3::date - 1, $4::uuid))
  ORDER BY r.kept_until, r.case_id LIMIT $5`

/** By the policy alone; what is due as a whole goes as a whole. */
const EARLY_FIELDS = `
  SELECT r.case_id AS "caseId", r.rev, r.early_until + 1 AS "dueOn", r.records_until AS "recordsUntil",
    r.early_cause AS cause, r.early_items AS items
  FROM case_retention r JOIN cases c ON ${FREE}
  WHERE r.district_code = $1 AND r.early_until < $2::date
    AND (r.kept_until IS NULL OR r.kept_until >= $2::date)
    AND ($3::date IS NULL OR (r.early_until, r.case_id) > ($3::date - 1, $4::uuid))
  ORDER BY r.early_until, r.case_id LIMIT $5`
