import { completeBatch } from '#shared/commands/destruction/execute-batch.ts'
import { type CopyPlace, type CopyProof, mayWriteOff } from '#shared/domain/destruction/copy-line.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { ErasureReceipt } from '#shared/sync-protocol/erasure-receipt.ts'
import { DEFAULT_TERMS } from '../accounts/leases.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import { lockHead, writeHead } from './batch-rows.ts'

/** 사본 대장. A line is opened when the centre has destroyed its own, and a batch is completed when none is open. */

/** The lines of provisions of cases that a batch destroyed. */
const GIVEN = `provision_lines l JOIN destruction_items i ON i.case_id = l.case_id AND i.item->'exclusion' = 'null'`

export interface LedgerDeps extends TimeDep {
  readonly pool: Pool
  readonly keysPool: Pool
}

export interface Ledger {
  readonly batchId: string
  readonly districtCode: string
  readonly at: string
  /** Where the district's stream says that the batch is executed: behind the lines of all its cases. */
  readonly seq: number
}

/**
 * Within the transaction that ends the execution: the centre, its prepared copies, every PC not wiped yet, the backups, and
 * each provision in which somebody of the batch was given: its file and its recipient.
 */
export async function openLedger(tx: Tx, { batchId, districtCode, at, seq }: Ledger): Promise<void> {
  await tx.query(
    `WITH places AS (
       SELECT place, $1::uuid AS ref FROM unnest(ARRAY['centre', 'prepared', 'backups']) AS one (place)
       UNION ALL SELECT 'desk', id FROM devices WHERE district_code = $2 AND wiped_at IS NULL
       UNION ALL SELECT place, r.id FROM provision_runs r, unnest(ARRAY['export', 'recipient']) AS outside (place)
         WHERE r.run->'voided' = 'null' AND EXISTS (SELECT 1 FROM ${GIVEN} WHERE l.run_id = r.id AND i.batch_id = $1))
     INSERT INTO batch_copies (batch_id, place, ref, opened_at, seq, settled_at, settled_how)
     SELECT $1, place, ref, $3, $4, CASE place WHEN 'centre' THEN $3::timestamptz END,
       CASE place WHEN 'centre' THEN 'destroyed' END
     FROM places ON CONFLICT DO NOTHING`,
    [batchId, districtCode, at, seq]
  )
}

/**
 * False: there is no such line, or the PC has not come so far. The first receipt without residues counts; saying it again
 * is harmless.
 */
export async function proveByReceipt(deps: LedgerDeps, deviceId: string, receipt: ErasureReceipt): Promise<boolean> {
  const { batchId, cursor, looked } = receipt
  const { rowCount } = await deps.pool.query(
    `UPDATE batch_copies SET receipt = CASE WHEN settled_how = 'receipt' THEN receipt ELSE $5 END,
       settled_at = CASE WHEN $6 THEN coalesce(settled_at, $4) ELSE settled_at END,
       settled_how = CASE WHEN $6 THEN coalesce(settled_how, 'receipt') ELSE settled_how END
     WHERE batch_id = $1 AND place = 'desk' AND ref = $2 AND seq <= $3`,
    [batchId, deviceId, cursor, deps.now(), JSON.stringify(receipt), looked.residues === 0]
  )
  if (rowCount === 1) await completeIfSettled(deps, batchId)
  return rowCount === 1
}

export interface WriteOff {
  readonly batchId: string
  readonly districtCode: string
  readonly place: CopyPlace
  readonly ref: string
  readonly by: string
  readonly reason: string
}

/** False: no such open line of the district, or one that nobody may write off. */
export async function writeOffCopy(deps: LedgerDeps, line: WriteOff): Promise<boolean> {
  if (!mayWriteOff(line.place)) return false
  const { rowCount } = await deps.pool.query(
    `UPDATE batch_copies c SET settled_at = $5, settled_how = 'written_off', written_off_by = $6, written_off_reason = $7
     FROM destruction_batches b WHERE b.id = c.batch_id AND b.district_code = $2
       AND c.batch_id = $1 AND c.place = $3 AND c.ref = $4 AND c.settled_at IS NULL`,
    [line.batchId, line.districtCode, line.place, line.ref, deps.now(), line.by, line.reason]
  )
  if (rowCount === 1) await completeIfSettled(deps, line.batchId)
  return rowCount === 1
}

/** Settles what proves itself, of every batch that is being verified, and completes those that have nothing open. */
export async function settleCopies(deps: LedgerDeps): Promise<void> {
  const { pool, keysPool } = deps
  const { rows } = await pool.query<{ id: string }>(
    `SELECT b.id FROM destruction_batches b WHERE b.state = 'verifying' AND NOT EXISTS (
       SELECT 1 FROM restore_gates g WHERE g.district_code = b.district_code AND g.opened_at IS NULL) ORDER BY b.id`
  )
  if (rows.length === 0) return
  const rotated = await keysPool.query<{ at: string | null }>(
    'SELECT max(begun_at) AS at FROM key_rotations WHERE finished_at IS NOT NULL'
  )
  for (const { id } of rows) {
    await settle(deps, { batchId: id, how: 'destroyed', sql: NO_PREPARED_COPY, values: [] })
    await settle(deps, { batchId: id, how: 'wiped', sql: WIPED, values: [] })
    await settle(deps, { batchId: id, how: 'file_destroyed', sql: FILE_DESTROYED, values: [] })
    await settle(deps, { batchId: id, how: 'deletion_proven', sql: DELETION_PROVEN, values: [] })
    await settle(deps, {
      batchId: id,
      how: 'lease_ended',
      sql: LEASE_ENDED,
      values: [deps.now(), DEFAULT_TERMS.leaseHours]
    })
    const { at } = rotated.rows[0] ?? { at: null }
    if (at !== null) await settle(deps, { batchId: id, how: 'keys_rotated', sql: ROTATED_SINCE, values: [at] })
    await completeIfSettled(deps, id)
  }
}

const NO_PREPARED_COPY = `c.place = 'prepared' AND NOT EXISTS (SELECT 1 FROM snapshot_copies s
  JOIN destruction_batches b ON b.district_code = s.district_code
  WHERE b.id = c.batch_id AND s.destroyed_at IS NULL AND s.begun_at <= c.opened_at)`
const WIPED = `c.place = 'desk' AND EXISTS (SELECT 1 FROM devices d WHERE d.id = c.ref AND d.wiped_at IS NOT NULL)`
/** A centre that was set back may have lent a later lease than it knows of: that one ended a term after the restore. */
const LEASE_ENDED = `c.place = 'desk' AND EXISTS (SELECT 1 FROM devices d LEFT JOIN lease_terms t USING (district_code)
  WHERE d.id = c.ref AND greatest(d.lease_ends_at,
    (SELECT max(begun_at) FROM restores) + make_interval(hours => coalesce(t.lease_hours, $5::integer))) <= $4)`
const FILE_DESTROYED = `c.place = 'export' AND EXISTS (SELECT 1 FROM provision_runs r
  WHERE r.id = c.ref AND (r.run->'fileDestroyed' <> 'null' OR r.run->'voided' <> 'null'))`
/** Everybody of the batch whom the run gave; or it gave nobody, because its file was never written. */
const DELETION_PROVEN = `c.place = 'recipient' AND (EXISTS (SELECT 1 FROM provision_runs r
  WHERE r.id = c.ref AND r.run->'voided' <> 'null') OR NOT EXISTS (SELECT 1 FROM ${GIVEN}
  WHERE l.run_id = c.ref AND i.batch_id = c.batch_id AND l.line->'proven' = 'null'))`
const ROTATED_SINCE = `c.place = 'backups' AND c.opened_at < $4`

interface Settling {
  readonly batchId: string
  readonly how: CopyProof
  readonly sql: string
  readonly values: readonly unknown[]
}

async function settle({ pool, now }: LedgerDeps, { batchId, how, sql, values }: Settling): Promise<void> {
  await pool.query(
    `UPDATE batch_copies c SET settled_at = $2, settled_how = $3 WHERE c.batch_id = $1 AND c.settled_at IS NULL AND ${sql}`,
    [batchId, now(), how, ...values]
  )
}

/** 완료. */
function completeIfSettled({ pool, now }: LedgerDeps, batchId: string): Promise<void> {
  return runTx(pool, async (tx) => {
    const head = await lockHead(tx, batchId)
    if (head?.state !== 'verifying') return
    const open = await tx.query('SELECT 1 FROM batch_copies WHERE batch_id = $1 AND settled_at IS NULL LIMIT 1', [
      batchId
    ])
    if (open.rowCount !== 0) return
    const seq = await takeSeqs(tx, { districtCode: head.districtCode, count: 1 })
    await writeHead(tx, completeBatch(head, now()), seq)
  })
}
