import type { Pool } from '../db/pool.ts'

/**
 * A database that was made from a backup or a copy is another one to PostgreSQL. Each of the two carries the mark of the
 * one it lives in; a mark that does not fit says "this is a copy", without saying whether anything is missing in it. A
 * restore of the whole cluster keeps the mark: then the witness and the desks' receipts tell.
 */
export async function lookAtMark(pool: Pool): Promise<{ isCopy: boolean; mark: string }> {
  const { rows } = await pool.query<{ mark: string; kept: string | null }>(
    `SELECT (SELECT system_identifier FROM pg_control_system()) || ':' || d.oid AS mark,
       (SELECT m.mark FROM database_mark m) AS kept
     FROM pg_database d WHERE d.datname = current_database()`
  )
  const [row] = rows
  if (row === undefined) throw new Error('a database does not know itself')
  return { isCopy: row.kept !== null && row.kept !== row.mark, mark: row.mark }
}

export async function setMark(pool: Pool, mark: string): Promise<void> {
  await pool.query(
    'INSERT INTO database_mark (mark) VALUES ($1) ON CONFLICT (only_row) DO UPDATE SET mark = excluded.mark',
    [mark]
  )
}
