import type { GrantEntry, GrantTerms } from '#shared/domain/grant/grant.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import type { Queryable } from '../db/pool.ts'
import type { RowPage, RowSource, RowsWanted } from './row-source.ts'

/** 권한 관리대장 of a period. */

type Found = GrantEntry & { readonly no: number }
const PAGE = 500
const WANTED = 'district_code = $1 AND at >= $2 AND at < $3 AND ($4::uuid IS NULL OR account_id = $4)'

export async function openGrantRows(db: Queryable, { districtCode, scope, from, to }: RowsWanted): Promise<RowSource> {
  const values = [districtCode, from, to, scope.type === 'account' ? scope.accountId : null]
  const { rows } = await db.query<{ lines: number }>(
    `SELECT count(*) AS lines FROM grant_entries WHERE ${WANTED}`,
    values
  )
  return { total: rows[0]?.lines ?? 0, facts: [], pages: grantPages(db, values) }
}

async function* grantPages(db: Queryable, values: unknown[]): AsyncGenerator<RowPage> {
  for (let after = 0; ; ) {
    const { rows } = await db.query<Found>(
      `SELECT no, id, at, kind, account_id AS "accountId", login, display_name AS "displayName", role, by_id AS "byId",
         approver_id AS "approverId", document, reason, before, after
       FROM grant_entries WHERE ${WANTED} AND no > $5 ORDER BY no LIMIT ${PAGE}`,
      [...values, after]
    )
    if (rows.length > 0) yield { rows: rows.map(grantRow), through: rows.length }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.no ?? after
  }
}

const grantRow = ({ before, after, ...entry }: Found): Row => [
  ...[entry.at, entry.kind, entry.login, entry.displayName, entry.role],
  ...[before?.startsOn ?? null, before?.endsOn ?? null, after?.startsOn ?? null, after?.endsOn ?? null],
  ...[listed(after?.edits), listed(after?.reveals), entry.byId, entry.approverId, entry.document, entry.reason]
]

/** null: all that the role may. */
const listed = (names: GrantTerms['edits'] | GrantTerms['reveals'] | undefined): string | null =>
  names === null || names === undefined ? null : names.join(', ')
