import { applyChanges } from '#shared/commands/change.ts'
import { commandSchema } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { HandedOverEntry } from '#shared/domain/quarantine/handed-over-entry.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { lockCaseRows, tryRowToCase } from '../cases/case-rows.ts'
import type { Centre } from '../centre.ts'
import type { Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { writeRecords } from '../restore/adopt-cases.ts'
import { requireOpenGate } from '../restore/gate.ts'
import { keptContext } from './keep-out.ts'

/** What waits for the people of the district that has the case now, the oldest first. */
export async function listHandedOver(db: Queryable, districtCode: string): Promise<HandedOverEntry[]> {
  const { rows } = await db.query<HandedOverEntry>(
    `SELECT h.command_id AS "commandId", h.case_id AS "caseId", h.name, h.from_district AS "fromDistrictCode",
       a.display_name AS "issuedBy", h.issued_at AS "issuedAt", h.received_at AS "receivedAt"
     FROM handed_over h JOIN cases c ON c.id = h.case_id LEFT JOIN accounts a ON a.id = h.issued_by
     WHERE c.district_code = $1 AND h.settled_at IS NULL ORDER BY h.received_at, h.command_id LIMIT 1000`,
    [districtCode]
  )
  return rows
}

export type TakeFailure = { type: 'NotFound' } | { type: 'Refused'; refusal: Refusal }

/** Does the edit to the case as it is, by the hand and with the rights of whoever takes it; both values stay where they meet. */
export async function takeHandedOver(
  centre: Centre,
  { commandId, actor }: { commandId: string; actor: Actor }
): Promise<Result<null, TakeFailure>> {
  const taken = await runTx(centre.pool, (tx) => take(tx, centre, commandId, actor))
  if (taken.ok) await centre.keyRing.destroyQuarantineKey(commandId)
  return taken
}

async function take(tx: Tx, centre: Centre, commandId: string, actor: Actor): Promise<Result<null, TakeFailure>> {
  const { cipher, keyRing, policies } = centre
  await requireOpenGate(tx, actor.districtCode)
  const { rows: found } = await tx.query<{ case_id: string; sealed: Uint8Array }>(
    'SELECT case_id, sealed FROM handed_over WHERE command_id = $1 AND settled_at IS NULL FOR UPDATE',
    [commandId]
  )
  const [item] = found
  if (item === undefined) return err({ type: 'NotFound' })
  const rows = new Map((await lockCaseRows(tx, [item.case_id])).map((row) => [row.id, row]))
  const row = rows.get(item.case_id)
  const keys = await keyRing.caseKeys([item.case_id])
  const key = keys.get(item.case_id)
  const record = row === undefined || key === undefined ? null : tryRowToCase({ cipher, key }, row)
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'NotFound' })
  const ownKey = (await keyRing.ensureQuarantineKeys([commandId])).get(commandId)
  const opened = ownKey === undefined ? null : cipher.open(ownKey, item.sealed, keptContext(commandId))
  if (opened === null) return err({ type: 'NotFound' })
  const command = { ...commandSchema.parse(JSON.parse(new TextDecoder().decode(opened))), issuedBy: actor.id }
  const deps = { actor, policies, applicationNo: record.case.applicationNo, onOvertaken: 'keep_both' as const }
  const decided = decide(deps, record, command)
  if (!decided.ok && decided.error.type !== 'NothingToChange') {
    return err({ type: 'Refused', refusal: decided.error })
  }
  const records = decided.ok ? [applyChanges(record, decided.value)] : []
  const known = new Map([[item.case_id, record]])
  const { districtCode } = actor
  await writeRecords(tx, centre, { districtCode, now: centre.now(), records, rows, known, keys })
  await settle(tx, { commandId, by: actor.id, how: 'taken', reason: null, now: centre.now() })
  return ok(null)
}

/** Gives the edit up, for a reason. False when there is none in the district. */
export async function dropHandedOver(
  centre: Centre,
  { commandId, actor, reason }: { commandId: string; actor: Actor; reason: string }
): Promise<boolean> {
  return runTx(centre.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `SELECT h.command_id FROM handed_over h JOIN cases c ON c.id = h.case_id
       WHERE h.command_id = $1 AND h.settled_at IS NULL AND c.district_code = $2 FOR UPDATE OF h`,
      [commandId, actor.districtCode]
    )
    if (rowCount !== 1) return false
    await centre.keyRing.destroyQuarantineKey(commandId) // before the commit: a cut leaves nothing readable
    await settle(tx, { commandId, by: actor.id, how: 'dropped', reason, now: centre.now() })
    return true
  })
}

interface Settling {
  readonly commandId: string
  readonly by: string
  readonly how: 'taken' | 'dropped'
  readonly reason: string | null
  readonly now: string
}

async function settle(tx: Tx, { commandId, by, how, reason, now }: Settling): Promise<void> {
  await tx.query(
    `UPDATE handed_over SET sealed = NULL, settled_at = $2, settled_by = $3, settled_how = $4, settled_reason = $5
     WHERE command_id = $1`,
    [commandId, now, by, how, reason]
  )
}
