import type { RetentionOverview } from '#shared/domain/retention/retention-overview.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { Queryable } from '../db/pool.ts'

const MONTHS = 24

export async function retentionOverview(db: Queryable, districtCode: string, on: IsoDate): Promise<RetentionOverview> {
  const [runs, counts, months] = await Promise.all([
    db.query<Pick<RetentionOverview, 'judgedAt' | 'failed'>>(
      `SELECT (SELECT max(finished_at) FROM retention_runs WHERE district_code = $1 AND failed IS NULL) AS "judgedAt",
         (SELECT failed FROM retention_runs WHERE district_code = $1 AND finished_at IS NOT NULL
          ORDER BY started_at DESC LIMIT 1) AS failed`,
      [districtCode]
    ),
    db.query<Omit<RetentionOverview, 'judgedAt' | 'failed' | 'months'>>(
      `SELECT count(*) AS cases, count(*) FILTER (WHERE is_unjudged) AS unjudged, count(*) FILTER (WHERE holds > 0) AS held,
         count(*) FILTER (WHERE kept_until < $2) AS due, count(*) FILTER (WHERE kept_until + 5 < $2) AS overdue,
         count(*) FILTER (WHERE early_until < $2 AND (kept_until IS NULL OR kept_until >= $2)) AS "earlyDue"
       FROM case_retention WHERE district_code = $1`,
      [districtCode, on]
    ),
    db.query<{ month: string; cases: number }>(
      `SELECT to_char(kept_until + 1, 'YYYY-MM') AS month, count(*) AS cases FROM case_retention
       WHERE district_code = $1 AND kept_until >= $2::date AND kept_until < $2::date + interval '${MONTHS} months'
       GROUP BY 1 ORDER BY 1`,
      [districtCode, on]
    )
  ])
  const [run, count] = [runs.rows[0], counts.rows[0]]
  if (run === undefined || count === undefined) throw new Error('counting gives a line')
  return { ...run, ...count, months: months.rows }
}
