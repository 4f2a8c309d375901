import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { mayKeepUntil, type ReportEntry, type ReportOrder, type ReportResult } from '#shared/domain/report/report.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { MAX_REPORT_ENTRIES, type ReportsQuery } from '#shared/sync-protocol/reports.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'

/** 보고서 대장: numbers without gaps, how each report ended, and whether its file is deleted. */

export interface RegisterDeps extends TimeDep {
  readonly pool: Pool
}

/** Whose district and account it is. */
export interface Author {
  readonly id: string
  readonly districtCode: string
}

export type OrderRefused = { readonly type: 'KeptTooLong' } | { readonly type: 'NotFound' }

/** Gives it the district's next number. The same order again has the number that it has; another's id is not there. */
export async function orderReport(
  { pool, now }: RegisterDeps,
  author: Author,
  order: ReportOrder
): Promise<Result<{ no: number; orderedAt: string }, OrderRefused>> {
  const at = now()
  if (!mayKeepUntil(koreanDayOf(at), order.deleteBy)) return err({ type: 'KeptTooLong' })
  return runTx(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`reports:${author.districtCode}`])
    await tx.query(
      `INSERT INTO reports (id, district_code, no, kind, from_on, to_on, scope, purpose, format, delete_by, author_id, ordered_at)
       SELECT $1, $2, coalesce(max(no), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM reports WHERE district_code = $2
       ON CONFLICT (id) DO NOTHING`,
      [
        ...[order.id, author.districtCode, order.kind, order.from, order.to, order.scope, order.purpose],
        ...[order.format, order.deleteBy, author.id, at]
      ]
    )
    const entry = await readReport(tx, order.id)
    const isHers = entry !== null && entry.authorId === author.id && entry.districtCode === author.districtCode
    return isHers ? ok({ no: entry.no, orderedAt: entry.orderedAt }) : err({ type: 'NotFound' })
  })
}

/** False: she has asked for no such report, or it ended already another way. */
export async function finishReport(
  { pool, now }: RegisterDeps,
  author: Author,
  { id, ...result }: ReportResult & { readonly id: string }
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE reports SET finished_at = coalesce(finished_at, $3), rows = $4, rows_digest = decode($5, 'hex'),
       file_digest = decode($6, 'hex'), file_bytes = $7
     WHERE id = $1 AND author_id = $2 AND cancelled_at IS NULL AND deleted_at IS NULL
       AND (finished_at IS NULL OR file_digest = decode($6, 'hex'))`,
    [id, author.id, now(), result.rows, result.rowsDigest, result.fileDigest, result.fileBytes]
  )
  return rowCount === 1
}

/** False as above. */
export async function cancelReport({ pool, now }: RegisterDeps, author: Author, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE reports SET cancelled_at = $3 WHERE id = $1 AND author_id = $2 AND finished_at IS NULL AND cancelled_at IS NULL',
    [id, author.id, now()]
  )
  return rowCount === 1
}

/** False: the district has no such file, or it is deleted already. */
export async function noteDeleted(
  { pool, now }: RegisterDeps,
  by: Author,
  { id, how }: { readonly id: string; readonly how: string }
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE reports SET deleted_at = $4, deleted_by = $3, deleted_how = $5
     WHERE id = $1 AND district_code = $2 AND finished_at IS NOT NULL AND deleted_at IS NULL`,
    [id, by.districtCode, by.id, now(), how]
  )
  return rowCount === 1
}

interface ReportRow extends Omit<ReportEntry, 'end' | 'deleted'> {
  readonly districtCode: string
  readonly finishedAt: string | null
  readonly cancelledAt: string | null
  readonly rows: number
  readonly rowsDigest: string
  readonly fileDigest: string
  readonly fileBytes: number
  readonly deletedAt: string | null
  readonly deletedBy: string
  readonly deletedHow: string
}

const COLUMNS = `id, district_code AS "districtCode", no, kind, from_on AS "from", to_on AS "to", scope, purpose, format,
  delete_by AS "deleteBy", author_id AS "authorId", ordered_at AS "orderedAt", finished_at AS "finishedAt",
  cancelled_at AS "cancelledAt", rows, encode(rows_digest, 'hex') AS "rowsDigest", encode(file_digest, 'hex') AS "fileDigest",
  file_bytes AS "fileBytes", deleted_at AS "deletedAt", deleted_by AS "deletedBy", deleted_how AS "deletedHow"`

export type KeptReport = ReportEntry & { readonly districtCode: string }

export async function readReport(db: Queryable, id: string): Promise<KeptReport | null> {
  const { rows } = await db.query<ReportRow>(`SELECT ${COLUMNS} FROM reports WHERE id = $1`, [id])
  return rows[0] === undefined ? null : rowToReport(rows[0])
}

/** The newest first; `before` is the last one of the page before. */
export async function listReports(
  db: Queryable,
  { districtCode, before, dueBy }: ReportsQuery & { readonly districtCode: string }
): Promise<{ reports: ReportEntry[]; next: number | null }> {
  const { rows } = await db.query<ReportRow>(
    `SELECT ${COLUMNS} FROM reports WHERE district_code = $1 AND ($2::integer IS NULL OR no < $2)
       AND ($3::date IS NULL OR delete_by <= $3 AND finished_at IS NOT NULL AND deleted_at IS NULL)
     ORDER BY no DESC LIMIT $4`,
    [districtCode, before ?? null, dueBy ?? null, MAX_REPORT_ENTRIES + 1]
  )
  const page = rows.slice(0, MAX_REPORT_ENTRIES)
  return {
    reports: page.map((row) => {
      const { districtCode: _, ...entry } = rowToReport(row)
      return entry
    }),
    next: rows.length > page.length ? (page.at(-1)?.no ?? null) : null
  }
}

function rowToReport(row: ReportRow): KeptReport {
  const { id, districtCode, no, kind, from, to, scope, purpose, format, deleteBy, authorId, orderedAt } = row
  const { deletedAt: at, deletedBy: by, deletedHow: how } = row
  return {
    ...{ id, districtCode, no, kind, from, to, scope, purpose, format, deleteBy, authorId, orderedAt },
    end: endOf(row),
    deleted: at === null ? null : { at, by, how }
  }
}

function endOf({ finishedAt, cancelledAt, ...row }: ReportRow): ReportEntry['end'] {
  if (cancelledAt !== null) return { type: 'cancelled', at: cancelledAt }
  if (finishedAt === null) return { type: 'open' }
  const { rows, rowsDigest, fileDigest, fileBytes } = row
  return { type: 'finished', at: finishedAt, rows, rowsDigest, fileDigest, fileBytes }
}
