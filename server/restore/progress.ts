import type { RestoreGate } from '#shared/domain/administration/restore-gate.ts'
import type { Queryable } from '../db/pool.ts'
import { AWAITED } from './open-gate.ts'

interface GateRow {
  generation: number
  begun_at: string
  opened_at: string | null
  opened_reason: string | null
  changes_behind: number | null
  commands_behind: number | null
}

const NEVER: RestoreGate = {
  state: 'open',
  since: null,
  behind: null,
  takenBack: { cases: 0, commands: 0, buriedAgain: 0 },
  devices: [],
  expected: 0,
  reported: 0,
  openedReason: null
}

/** How the district's gate stands, and the counts of the whole office. */
export async function restoreProgress(db: Queryable, districtCode: string): Promise<RestoreGate> {
  const { rows } = await db.query<GateRow>(
    `SELECT g.generation, r.begun_at, g.opened_at, g.opened_reason, r.changes_behind, r.commands_behind
     FROM restore_gates g JOIN restores r ON r.generation = g.generation WHERE g.district_code = $1`,
    [districtCode]
  )
  const [gate] = rows
  if (gate === undefined) return NEVER
  const { rows: devices } = await db.query<RestoreGate['devices'][number]>(
    `SELECT id, name, last_contact_at AS "lastContactAt", reported_at AS "reportedAt" FROM (${AWAITED}) awaited
     WHERE district_code = $1 ORDER BY reported_at NULLS FIRST, name, id`,
    [districtCode]
  )
  const { rows: totals } = await db.query<{ expected: number; reported: number }>(
    `SELECT count(*) AS expected, count(reported_at) AS reported FROM (${AWAITED}) awaited`
  )
  const [total] = totals
  return {
    state: gate.opened_at === null ? 'closed' : 'open',
    since: gate.opened_at ?? gate.begun_at,
    behind: gate.changes_behind === null ? null : { changes: gate.changes_behind, commands: gate.commands_behind ?? 0 },
    takenBack: await takenBack(db, districtCode, gate.generation),
    devices,
    expected: total?.expected ?? 0,
    reported: total?.reported ?? 0,
    openedReason: gate.opened_reason
  }
}

async function takenBack(db: Queryable, districtCode: string, generation: number): Promise<RestoreGate['takenBack']> {
  const { rows } = await db.query<RestoreGate['takenBack']>(
    `SELECT coalesce(sum(cases), 0)::integer AS cases, coalesce(sum(commands), 0)::integer AS commands,
       coalesce(sum(tombstones), 0)::integer AS "buriedAgain"
     FROM restore_reports WHERE generation = $1 AND district_code = $2`,
    [generation, districtCode]
  )
  return rows[0] ?? NEVER.takenBack
}
