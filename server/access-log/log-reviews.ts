import {
  beginOfMonth,
  type Month,
  type MonthReview,
  monthAfter,
  monthsToReview
} from '#shared/domain/access-log/log-review.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool, Queryable } from '../db/pool.ts'

export interface ReviewDeps extends TimeDep {
  readonly pool: Pool
}

interface SignedRow {
  readonly month: string
  readonly at: string
  readonly by: string
  readonly remark: string
  readonly lines: number
  readonly marked: number
}

/** The months that are over, signed ones as they were signed, owed ones as they are now. */
export async function listLogReviews({ pool, now }: ReviewDeps, districtCode: string): Promise<MonthReview[]> {
  const { rows } = await pool.query<SignedRow>(
    `SELECT to_char(month, 'YYYY-MM') AS month, at, by_id AS by, remark, lines, marked FROM access_reviews
     WHERE district_code = $1`,
    [districtCode]
  )
  const signed = new Map(rows.map((row) => [row.month, row]))
  const months: MonthReview[] = []
  for (const month of await monthsOf(pool, districtCode, now())) {
    const row = signed.get(month)
    if (row === undefined) months.push({ month, ...(await countMonth(pool, districtCode, month)), signed: null })
    else {
      const { at, by, remark, lines, marked } = row
      months.push({ month, lines, marked, signed: { at, by, remark } })
    }
  }
  return months
}

export interface Signing {
  readonly districtCode: string
  readonly month: Month
  readonly by: string
  readonly remark: string
}

/** False: the month is not over, has no line before its end, or is signed. */
export async function signLogReview(
  { pool, now }: ReviewDeps,
  { districtCode, month, by, remark }: Signing
): Promise<boolean> {
  if (!(await monthsOf(pool, districtCode, now())).includes(month)) return false
  const { lines, marked } = await countMonth(pool, districtCode, month)
  const { rowCount } = await pool.query(
    `INSERT INTO access_reviews (district_code, month, at, by_id, remark, lines, marked)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [districtCode, `${month}-01`, now(), by, remark, lines, marked]
  )
  return rowCount === 1
}

async function monthsOf(db: Queryable, districtCode: string, now: string): Promise<Month[]> {
  const { rows } = await db.query<{ first: string | null }>(
    'SELECT min(begun_at) AS first FROM access_chains WHERE district_code = $1',
    [districtCode]
  )
  const first = rows[0]?.first ?? null
  return first === null ? [] : monthsToReview(first, now)
}

async function countMonth(
  db: Queryable,
  districtCode: string,
  month: Month
): Promise<{ lines: number; marked: number }> {
  const { rows } = await db.query<{ lines: number; marked: number }>(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE marks <> '{}') AS marked FROM access_lines
     WHERE district_code = $1 AND at >= $2 AND at < $3`,
    [districtCode, beginOfMonth(month), beginOfMonth(monthAfter(month))]
  )
  return rows[0] ?? { lines: 0, marked: 0 }
}
