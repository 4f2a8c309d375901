import type { LineChange } from '#shared/commands/provision/decide-provision.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'
import { takeSeqs } from '../sync/district-stream.ts'

/** The ledger of provisions as it lies at the centre. Each change of it takes a place in the district's stream. */

/** Whatever the district; locked until the transaction ends. */
export async function lockRun(tx: Tx, runId: string): Promise<ProvisionRun | null> {
  const { rows } = await tx.query<{ run: ProvisionRun }>(
    'SELECT run FROM provision_runs WHERE id = $1 FOR NO KEY UPDATE',
    [runId]
  )
  return rows[0]?.run ?? null
}

/** In the order of the file. */
export async function linesOf(db: Queryable, runId: string): Promise<ProvisionLine[]> {
  const { rows } = await db.query<{ line: ProvisionLine }>(
    `SELECT line FROM provision_lines WHERE run_id = $1 ORDER BY (line->>'no')::integer`,
    [runId]
  )
  return rows.map(({ line }) => line)
}

/** The next number of the district in the year. Nobody else takes one until the transaction ends. */
export async function takeNumber(tx: Tx, { districtCode, on }: { districtCode: string; on: IsoDate }): Promise<string> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`provisions:${districtCode}`])
  const year = on.slice(0, 4)
  const { rows } = await tx.query<{ no: number }>(
    'SELECT coalesce(max(no), 0) + 1 AS no FROM provision_runs WHERE district_code = $1 AND year = $2',
    [districtCode, Number(year)]
  )
  return `${year}-${String(rows[0]?.no ?? 1).padStart(4, '0')}`
}

/** Of the lines first, so that who has the run has its lines. */
export async function insertRun(tx: Tx, run: ProvisionRun, lines: readonly ProvisionLine[]): Promise<void> {
  const { districtCode, id } = run
  const first = await takeSeqs(tx, { districtCode, count: lines.length + 1 })
  const [year, no] = run.number.split('-').map(Number)
  const givenOn = koreanDayOf(run.givenAt)
  await tx.query(
    `INSERT INTO provision_runs (id, district_code, year, no, given_on, seq, run) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, districtCode, year, no, givenOn, first + lines.length, JSON.stringify(run)]
  )
  await tx.query(
    `INSERT INTO provision_lines (run_id, case_id, district_code, given_on, consent_id, seq, line)
     SELECT $1, case_id, $2, $3, consent_id, $4 + place - 1, line
     FROM unnest($5::uuid[], $6::text[], $7::jsonb[]) WITH ORDINALITY AS given (case_id, consent_id, line, place)`,
    [
      ...[id, districtCode, givenOn, first],
      lines.map(({ caseId }) => caseId),
      lines.map(({ consent }) => consent.consentId),
      lines.map((line) => JSON.stringify(line))
    ]
  )
}

export async function updateRun(tx: Tx, run: ProvisionRun): Promise<void> {
  const seq = await takeSeqs(tx, { districtCode: run.districtCode, count: 1 })
  await tx.query('UPDATE provision_runs SET run = $2, seq = $3 WHERE id = $1', [run.id, JSON.stringify(run), seq])
}

const WHICH: Readonly<Record<LineChange['of'], string>> = {
  withdrawn: `line->'withdrawnOn' <> 'null' AND line->'asked' = 'null' AND line->'proven' = 'null'`,
  asked: `line->'asked' <> 'null' AND line->'proven' = 'null'`,
  all: `line->'proven' = 'null'`
}

/** The lines of the run that the change is about, locked. */
export const lockLines = (tx: Tx, runId: string, of: LineChange['of']): Promise<LineKey[]> =>
  lockLinesWhere(tx, `run_id = $1 AND ${WHICH[of]}`, [runId])

export interface LineKey {
  readonly run_id: string
  readonly case_id: string
  readonly consent_id: string
  readonly district_code: string
}

/** Lines are locked before the district's stream, always in the same order. */
export async function lockLinesWhere(tx: Tx, where: string, values: readonly unknown[]): Promise<LineKey[]> {
  const { rows } = await tx.query<LineKey>(
    `SELECT run_id, case_id, consent_id, district_code FROM provision_lines WHERE ${where}
     ORDER BY run_id, case_id FOR NO KEY UPDATE`,
    [...values]
  )
  return rows
}

/** Sets it in these lines of the district, each with a new place in its stream. */
export async function setInLines(
  tx: Tx,
  { districtCode, lines, set }: { districtCode: string; lines: readonly LineKey[]; set: Partial<ProvisionLine> }
): Promise<void> {
  if (lines.length === 0) return
  const first = await takeSeqs(tx, { districtCode, count: lines.length })
  await tx.query(
    `UPDATE provision_lines l SET line = l.line || $1::jsonb, seq = $2 + given.place - 1
     FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS given (run_id, case_id, place)
     WHERE l.run_id = given.run_id AND l.case_id = given.case_id`,
    [JSON.stringify(set), first, lines.map((line) => line.run_id), lines.map((line) => line.case_id)]
  )
}
