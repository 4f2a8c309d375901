import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'

/** 제공 대장 at this PC: what the centre told of it, read by itself when the line is there. */

export function putProvisions(
  tx: WriteTx,
  { runs, lines }: { readonly runs: readonly ProvisionRun[]; readonly lines: readonly ProvisionLine[] }
): void {
  for (const run of runs) {
    tx.run(
      'INSERT INTO provision_runs (id, run) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET run = excluded.run',
      uuidToBlob(run.id),
      JSON.stringify(run)
    )
  }
  for (const line of lines) {
    tx.run(
      `INSERT INTO provision_lines (run_id, case_id, no, line) VALUES (?, ?, ?, ?)
       ON CONFLICT (run_id, case_id) DO UPDATE SET line = excluded.line`,
      ...[uuidToBlob(line.runId), uuidToBlob(line.caseId), line.no, JSON.stringify(line)]
    )
  }
}

/** The newest number first. */
export const provisionRuns = (db: ReadableDb): ProvisionRun[] =>
  db
    .all<{ run: string }>("SELECT run FROM provision_runs ORDER BY json_extract(run, '$.givenAt') DESC, id DESC")
    .map(rowToRun)

export function provisionRun(db: ReadableDb, runId: string): ProvisionRun | null {
  const row = db.get<{ run: string }>('SELECT run FROM provision_runs WHERE id = ?', uuidToBlob(runId))
  return row === undefined ? null : rowToRun(row)
}

/** In the order of the file, from the one after `after` on. */
export const linesOfRun = (
  db: ReadableDb,
  { runId, after, most }: { readonly runId: string; readonly after: number; readonly most: number }
): ProvisionLine[] =>
  db
    .all<{ line: string }>(
      'SELECT line FROM provision_lines WHERE run_id = ? AND no > ? ORDER BY no LIMIT ?',
      ...[uuidToBlob(runId), after, most]
    )
    .map(rowToLine)

export const linesOfCase = (db: ReadableDb, caseId: string): ProvisionLine[] =>
  db.all<{ line: string }>('SELECT line FROM provision_lines WHERE case_id = ?', uuidToBlob(caseId)).map(rowToLine)

/** Of those who withdrew: `toAsk` were not asked for yet, `asked` have no proof yet. */
export interface WithdrawnCount {
  readonly toAsk: number
  readonly asked: number
}

export const withdrawnOfRun = (db: ReadableDb, runId: string): WithdrawnCount =>
  db.get<WithdrawnCount>(
    `SELECT coalesce(sum(line ->> '$.asked' IS NULL), 0) AS toAsk, coalesce(sum(line ->> '$.asked' IS NOT NULL), 0) AS asked
     FROM provision_lines WHERE run_id = ? AND line ->> '$.withdrawnOn' IS NOT NULL AND line ->> '$.proven' IS NULL`,
    uuidToBlob(runId)
  ) ?? { toAsk: 0, asked: 0 }

const rowToRun = ({ run }: { run: string }): ProvisionRun => JSON.parse(run) as ProvisionRun
const rowToLine = ({ line }: { line: string }): ProvisionLine => JSON.parse(line) as ProvisionLine
