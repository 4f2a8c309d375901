import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { CASE_COLUMNS, type CaseRow } from '../cases/case-rows.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import { streamEnd } from '../sync/district-stream.ts'
import { type JudgeDeps, judgeCases, keepJudged, rulesOf } from './judge-cases.ts'

export interface RunDeps extends JudgeDeps, TimeDep, IdDep {
  readonly pool: Pool
}

/** A run that has not moved for so long is nobody's any more: its server was killed. */
const ABANDONED_MS = 10 * 60_000
const PAGE_CASES = 500

export type RunOutcome =
  | { readonly type: 'Finished'; readonly judged: number; readonly unjudged: number }
  | { readonly type: 'RunsAlready' }

/**
 * Judges what changed in the district since the last run, and again what could not be judged then. A run that was cut off
 * leaves a line that says so, and the next one goes on where it was; under other rules everything is judged anew.
 */
export async function runRetention(deps: RunDeps, districtCode: string): Promise<RunOutcome> {
  const run = await begin(deps, districtCode)
  if (run === null) return { type: 'RunsAlready' }
  try {
    await judgeAgain(deps, districtCode)
    const end = await streamEnd(deps.pool, districtCode)
    let judged = 0
    for (let cursor = run.cursor; ; ) {
      const rows = await changedAfter(deps.pool, { districtCode, cursor, end })
      await keepJudged(deps.pool, await judgeCases(deps, rows))
      judged += rows.length
      cursor = rows.length < PAGE_CASES ? end : (rows.at(-1)?.seq ?? end)
      await deps.pool.query('UPDATE retention_runs SET touched_at = $2, reached_seq = $3, judged = $4 WHERE id = $1', [
        ...[run.id, deps.now(), Math.max(cursor, run.cursor), judged]
      ])
      if (rows.length < PAGE_CASES) break
    }
    return { type: 'Finished', judged, unjudged: await finish(deps, run.id, districtCode) }
  } catch (fault) {
    const failed = fault instanceof Error ? fault.name : 'unknown' // its text might quote data
    await deps.pool.query('UPDATE retention_runs SET finished_at = $2, failed = $3 WHERE id = $1', [
      run.id,
      deps.now(),
      failed
    ])
    throw fault
  }
}

/** null: another server is at it. */
function begin(deps: RunDeps, districtCode: string): Promise<{ id: string; cursor: number } | null> {
  const { pool, now, newId } = deps
  const abandonedBefore = new Date(Date.parse(now()) - ABANDONED_MS).toISOString()
  return runTx(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`retention:${districtCode}`])
    await tx.query(
      `UPDATE retention_runs SET finished_at = $2, failed = 'Abandoned'
       WHERE district_code = $1 AND finished_at IS NULL AND touched_at < $3`,
      [districtCode, now(), abandonedBefore]
    )
    const running = await tx.query('SELECT 1 FROM retention_runs WHERE district_code = $1 AND finished_at IS NULL', [
      districtCode
    ])
    if (running.rowCount !== 0) return null
    const rules = rulesOf(deps)
    const { rows } = await tx.query<{ cursor: number }>(
      'SELECT coalesce(max(reached_seq), 0) AS cursor FROM retention_runs WHERE district_code = $1 AND rules = $2',
      [districtCode, rules]
    )
    const [id, cursor] = [newId(), rows[0]?.cursor ?? 0]
    await tx.query(
      `INSERT INTO retention_runs (id, district_code, rules, started_at, touched_at, reached_seq)
       VALUES ($1, $2, $3, $4, $4, $5)`,
      [id, districtCode, rules, now(), cursor]
    )
    return { id, cursor }
  })
}

async function changedAfter(
  pool: Pool,
  { districtCode, cursor, end }: { districtCode: string; cursor: number; end: number }
): Promise<CaseRow[]> {
  const { rows } = await pool.query<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${PAGE_CASES}`,
    [districtCode, cursor, end]
  )
  return rows
}

/** A key that was missing may have come back, and the register of a day as well. */
async function judgeAgain(deps: RunDeps, districtCode: string): Promise<void> {
  for (let after = NO_ID; ; ) {
    const { rows } = await deps.pool.query<CaseRow>(
      `SELECT ${CASE_COLUMNS.split(', ')
        .map((name) => `c.${name}`)
        .join(', ')}
       FROM case_retention r JOIN cases c ON c.id = r.case_id
       WHERE r.district_code = $1 AND r.is_unjudged AND c.id > $2 ORDER BY c.id LIMIT ${PAGE_CASES}`,
      [districtCode, after]
    )
    await keepJudged(deps.pool, await judgeCases(deps, rows))
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_CASES) return
    after = last.id
  }
}
const NO_ID = '00000000-0000-0000-0000-000000000000'

async function finish({ pool, now }: RunDeps, runId: string, districtCode: string): Promise<number> {
  const { rows } = await pool.query<{ unjudged: number }>(
    `UPDATE retention_runs SET finished_at = $2,
       unjudged = (SELECT count(*) FROM case_retention WHERE district_code = $3 AND is_unjudged)
     WHERE id = $1 RETURNING unjudged`,
    [runId, now(), districtCode]
  )
  return rows[0]?.unjudged ?? 0
}
