import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { type LedgerPage, MOST_LEDGER_ENTRIES } from '#shared/sync-protocol/provision.ts'
import type { Queryable } from '../db/pool.ts'

export interface LedgerQuery {
  readonly districtCode: string
  readonly after: number
  /** The days of the giving, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface EntryRow {
  readonly seq: number
  readonly run: ProvisionRun | null
  readonly line: ProvisionLine | null
}

/** 제공 대장: the entries of the district that changed after a place in its stream, as they are now. */
export async function listProvisions(
  db: Queryable,
  { districtCode, after, from, to }: LedgerQuery
): Promise<LedgerPage> {
  const { rows } = await db.query<EntryRow>({
    name: 'provision-ledger',
    text: `SELECT seq, run, line FROM (
        SELECT seq, run, NULL::jsonb AS line, given_on FROM provision_runs WHERE district_code = $1 AND seq > $2
        UNION ALL
        SELECT seq, NULL, line, given_on FROM provision_lines WHERE district_code = $1 AND seq > $2
      ) entries
      WHERE ($3::date IS NULL OR given_on >= $3) AND ($4::date IS NULL OR given_on <= $4)
      ORDER BY seq LIMIT $5`,
    values: [districtCode, after, from ?? null, to ?? null, MOST_LEDGER_ENTRIES]
  })
  const upTo = rows.at(-1)?.seq ?? after
  return {
    runs: rows.flatMap(({ run }) => run ?? []),
    lines: rows.flatMap(({ line }) => line ?? []),
    next: rows.length < MOST_LEDGER_ENTRIES ? null : upTo,
    upTo
  }
}
