import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { standingOf } from '#shared/domain/provision/provision-standing.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import type { Queryable } from '../db/pool.ts'
import type { RowPage, RowSource, RowsWanted } from './row-source.ts'

/** 제3자 제공 대장: who was given what in the period, person by person, and what became of it at the recipient. */

interface GivenRow {
  readonly run: ProvisionRun
  /** null: a run without a person is told all the same. */
  readonly line: ProvisionLine | null
}

const PAGE = 500
const NO_ID = '00000000-0000-0000-0000-000000000000'
const GIVEN = `FROM provision_runs r LEFT JOIN provision_lines l ON l.run_id = r.id
  WHERE r.district_code = $1 AND r.given_on >= $2::date AND r.given_on < $3::date AND ($4::uuid IS NULL OR l.case_id = $4)`

export async function openProvisionRows(db: Queryable, wanted: RowsWanted, now: string): Promise<RowSource> {
  const { districtCode, scope, from, to } = wanted
  const values = [districtCode, koreanDayOf(from), koreanDayOf(to), scope.type === 'case' ? scope.caseId : null]
  const { rows } = await db.query<{ lines: number }>(`SELECT count(*) AS lines ${GIVEN}`, values)
  return { total: rows[0]?.lines ?? 0, facts: [], pages: givenPages(db, values, koreanDayOf(now)) }
}

async function* givenPages(db: Queryable, values: unknown[], today: string): AsyncGenerator<RowPage> {
  for (let after: readonly [string, string] = [NO_ID, NO_ID]; ; ) {
    const { rows }: { rows: GivenRow[] } = await db.query<GivenRow>(
      `SELECT r.run, l.line ${GIVEN} AND (r.id, coalesce(l.case_id, $5::uuid)) > ($6::uuid, $7::uuid)
       ORDER BY r.id, coalesce(l.case_id, $5::uuid) LIMIT ${PAGE}`,
      [...values, NO_ID, ...after]
    )
    if (rows.length > 0) yield { rows: rows.map((row) => givenRow(row, today)), through: rows.length }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = [last.run.id, last.line?.caseId ?? NO_ID]
  }
}

const givenRow = ({ run, line }: GivenRow, today: string): Row => [
  ...[run.givenAt, run.number, run.recipientId, standingOf(run, today), run.givenBy, run.purpose, run.document],
  ...[run.keepUntil, run.file?.sha256 ?? null, run.deletion?.on ?? null, run.deletion?.document ?? null],
  ...[line?.no ?? null, line?.caseId ?? null, line?.items.join(', ') ?? null],
  ...[line?.consent.consentId ?? null, line?.consent.answeredAt ?? null],
  ...[line?.withdrawnOn ?? null, line?.asked?.on ?? null, line?.proven?.on ?? null]
]
