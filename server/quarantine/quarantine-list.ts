import type { QuarantineEntry } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'

/** What lies in quarantine in a district, and what did; the newest first. Nothing of the content leaves. */
export async function listQuarantine(db: Queryable, districtCode: string): Promise<QuarantineEntry[]> {
  const { rows } = await db.query<QuarantineEntry>(
    `SELECT q.command_id AS "commandId", q.case_id AS "caseId", q.cause, q.name, q.way,
       coalesce(d.name, '-') AS "deviceName", a.display_name AS "issuedBy", q.issued_at AS "issuedAt", q.received_at AS "receivedAt",
       q.destroyed_at AS "destroyedAt"
     FROM quarantine q LEFT JOIN devices d ON d.id = q.device_id
       LEFT JOIN commands c ON c.id = q.command_id LEFT JOIN accounts a ON a.id = c.issued_by
     WHERE q.district_code = $1 ORDER BY q.received_at DESC, q.command_id DESC LIMIT 1000`,
    [districtCode]
  )
  return rows
}

/**
 * Destroys the content of one: its key first, then its sealed bytes, so that a cut in between leaves nothing readable.
 * False when there is none in the district. There is no way to make the case again from it.
 */
export async function destroyQuarantined(
  { pool, keyRing }: { pool: Pool; keyRing: Pick<KeyRing, 'destroyQuarantineForGood'> },
  by: { commandId: string; districtCode: string; accountId: string; reason: string; now: string }
): Promise<boolean> {
  const { rowCount: isThere } = await pool.query(
    'SELECT command_id FROM quarantine WHERE command_id = $1 AND district_code = $2',
    [by.commandId, by.districtCode]
  )
  if (isThere !== 1) return false
  await keyRing.destroyQuarantineForGood(by.commandId, by.now)
  await pool.query(
    `UPDATE quarantine SET sealed = NULL, destroyed_at = $2, destroyed_by = $3, destroy_reason = $4
     WHERE command_id = $1 AND destroyed_at IS NULL`,
    [by.commandId, by.now, by.accountId, by.reason]
  )
  return true
}
