import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import type { Command, CommandBase } from '#shared/commands/command.ts'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import { type CaseRecord, completeCase } from '#shared/domain/case/case.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'

/** The commands of this PC that the centre has not taken, in the order of their making. */

export interface CaseEntry {
  readonly command: Command
  /** Who acted, as she was known then: another account may be signed in when the command runs again. */
  readonly actor: Actor
  /** The number that a new case goes by until the centre has numbered it. */
  readonly applicationNo: string
}

/** An act on a destruction batch. */
export interface BatchEntry {
  readonly command: BatchCommand
  readonly actor: Actor
}

export type OutboxEntry = CaseEntry | BatchEntry

export const isAct = <E extends OutboxEntry>(entry: E): entry is Extract<E, BatchEntry> => !isOfCase(entry)
export const isOfCase = <E extends OutboxEntry>(entry: E): entry is Extract<E, CaseEntry> => 'applicationNo' in entry

interface Filed<R> {
  readonly status: 'waiting' | 'refused'
  readonly refusal: R | null
}

/** An entry with what became of it. Whatever an act is about, the centre may have been unable to read it. */
export type FiledCaseEntry = CaseEntry & Filed<Refusal>
export type FiledBatchEntry = BatchEntry & Filed<Refusal | BatchRefusal>
export type FiledEntry = FiledCaseEntry | FiledBatchEntry

interface OutboxRow {
  body: string
  status: 'waiting' | 'refused'
  refusal: string | null
}

export function addWaiting(tx: WriteTx, entry: OutboxEntry): void {
  const { command } = entry
  const [caseId, batchId] = isCaseCommand(command) ? [command.caseId, null] : [null, command.batchId]
  tx.run(
    `INSERT INTO outbox (device_seq, command_id, case_id, batch_id, body, issued_at, status)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting')`,
    ...[command.deviceSeq, uuidToBlob(command.id), blobOrNull(caseId), blobOrNull(batchId), JSON.stringify(entry)],
    command.issuedAt
  )
}

const blobOrNull = (id: string | null): Uint8Array | null => (id === null ? null : uuidToBlob(id))

export const removeEntry = (tx: WriteTx, commandId: string): boolean =>
  tx.run('DELETE FROM outbox WHERE command_id = ?', uuidToBlob(commandId)).changes > 0

export function markRefused(tx: WriteTx, commandId: string, refusal: Refusal | BatchRefusal): void {
  tx.run(
    `UPDATE outbox SET status = 'refused', refusal = ? WHERE command_id = ?`,
    JSON.stringify(refusal),
    uuidToBlob(commandId)
  )
}

/** Says anew what the actor had seen; everything else about a command stays as it was made. */
export function replaceBase(tx: WriteTx, entry: CaseEntry, base: CommandBase): void {
  const { command, actor, applicationNo } = entry
  const body = JSON.stringify({ command: { ...command, base }, actor, applicationNo } satisfies CaseEntry)
  tx.run('UPDATE outbox SET body = ? WHERE command_id = ?', body, uuidToBlob(command.id))
}

/** The cases that commands wait for. */
export const waitingCaseIds = (db: ReadableDb): Set<string> =>
  new Set(
    db
      .all<{ case_id: Uint8Array }>(
        "SELECT DISTINCT case_id FROM outbox WHERE status = 'waiting' AND case_id IS NOT NULL"
      )
      .map(({ case_id }) => blobToUuid(case_id))
  )

/** The plus keeps SQLite from walking through everything that waits: of a case there are few. */
export const waitingOfCase = (db: ReadableDb, caseId: string): CaseEntry[] =>
  db
    .all<OutboxRow>(
      `SELECT body, status, refusal FROM outbox WHERE case_id = ? AND +status = 'waiting' ORDER BY device_seq`,
      uuidToBlob(caseId)
    )
    .map(rowToEntry)
    .filter(isOfCase)

export const refusedOfCase = (db: ReadableDb, caseId: string): CaseEntry[] =>
  db
    .all<OutboxRow>(
      `SELECT body, status, refusal FROM outbox WHERE case_id = ? AND status = 'refused' ORDER BY device_seq`,
      uuidToBlob(caseId)
    )
    .map(rowToEntry)
    .filter(isOfCase)

export const waitingOfBatch = (db: ReadableDb, batchId: string): BatchEntry[] =>
  db
    .all<OutboxRow>(
      `SELECT body, status, refusal FROM outbox WHERE batch_id = ? AND +status = 'waiting' ORDER BY device_seq`,
      uuidToBlob(batchId)
    )
    .map(rowToEntry)
    .filter(isAct)

export const waitingBatchIds = (db: ReadableDb): Set<string> =>
  new Set(
    db
      .all<{ batch_id: Uint8Array }>(
        "SELECT DISTINCT batch_id FROM outbox WHERE batch_id IS NOT NULL AND +status = 'waiting'"
      )
      .map(({ batch_id }) => blobToUuid(batch_id))
  )

/** An officer's approval is on its way: it counts with the key that it was signed with. */
export const isApprovalWaiting = (db: ReadableDb): boolean =>
  db
    .all<OutboxRow>(
      "SELECT body, status, refusal FROM outbox WHERE batch_id IS NOT NULL AND +status = 'waiting' ORDER BY device_seq"
    )
    .some((row) => rowToEntry(row).command.name === 'batch.approve')

/** The next ones after a number, so many at a time: the outbox of a long journey is never in memory as a whole. */
export const waitingAfter = (db: ReadableDb, deviceSeq: number, limit: number): OutboxEntry[] =>
  db
    .all<OutboxRow>(
      `SELECT body, status, refusal FROM outbox WHERE status = 'waiting' AND device_seq > ? ORDER BY device_seq LIMIT ?`,
      deviceSeq,
      limit
    )
    .map(rowToEntry)

/** Those that a centre which has the first `deviceSeq` commands of this PC has done already, or refused. */
export const waitingUpTo = (db: ReadableDb, deviceSeq: number): OutboxEntry[] =>
  db
    .all<OutboxRow>(
      `SELECT body, status, refusal FROM outbox WHERE status = 'waiting' AND device_seq <= ? ORDER BY device_seq`,
      deviceSeq
    )
    .map(rowToEntry)

export function entryById(db: ReadableDb, commandId: string): FiledEntry | null {
  const row = db.get<OutboxRow>('SELECT body, status, refusal FROM outbox WHERE command_id = ?', uuidToBlob(commandId))
  return row === undefined ? null : rowToEntry(row)
}

/** The case's own intake waits here or was refused, and the centre is not known to have the case by another one. */
export const isIntakeInOutbox = (db: ReadableDb, caseId: string): boolean =>
  receivedCase(db, caseId) === null &&
  db
    .all<OutboxRow>('SELECT body, status, refusal FROM outbox WHERE case_id = ?', uuidToBlob(caseId))
    .some((row) => rowToEntry(row).command.name === 'case.register')

/** Waiting and refused, in the order of their making. */
export const outboxEntries = (db: ReadableDb): FiledEntry[] =>
  db.all<OutboxRow>('SELECT body, status, refusal FROM outbox ORDER BY device_seq').map(rowToEntry)

/** All that the centre has not taken, and the highest number that was given to a command: what the rescue capsule holds. */
export const unsentCommands = (db: ReadableDb): { commands: AnyCommand[]; lastDeviceSeq: number } => ({
  commands: outboxEntries(db).map(({ command }) => command),
  lastDeviceSeq: readMetaNumber(db, META_KEYS.deviceSeq)
})

export interface OutboxCounts {
  readonly waiting: number
  readonly refused: number
  /** Lines of work that went elsewhere or was lost. */
  readonly parked: number
}

export function countOutbox(db: ReadableDb): OutboxCounts {
  const counted = db.all<{ status: keyof OutboxCounts; count: number }>(
    `SELECT status, count(*) AS count FROM outbox GROUP BY status UNION ALL SELECT 'parked', count(*) FROM parked_items`
  )
  const count = (status: keyof OutboxCounts) => counted.find((row) => row.status === status)?.count ?? 0
  return { waiting: count('waiting'), refused: count('refused'), parked: count('parked') }
}

/**
 * What the centre's stream brought last of a case of which more is known here, by what waits or by answers; undefined of
 * any other. What was answered is not in it: between two answers others may have changed the case.
 */
export const confirmedCase = (db: ReadableDb, caseId: string): CaseRecord | null | undefined =>
  recordIn(db, 'SELECT body AS record FROM confirmed_cases WHERE case_id = ?', caseId)

/** The same with what the centre has answered since: what is shown, less what waits. */
export const standingCase = (db: ReadableDb, caseId: string): CaseRecord | null | undefined =>
  recordIn(db, 'SELECT coalesce(answered, body) AS record FROM confirmed_cases WHERE case_id = ?', caseId)

function recordIn(db: ReadableDb, sql: string, caseId: string): CaseRecord | null | undefined {
  const row = db.get<{ record: string | null }>(sql, uuidToBlob(caseId))
  if (row === undefined) return undefined
  if (row.record === null) return null
  const record = JSON.parse(row.record) as CaseRecord
  return { ...record, case: completeCase(record.case) }
}

/** A case as the centre holds it, as far as this PC knows: without what waits here. null: it holds none, or nobody knows it. */
export const caseAtCentre = (db: ReadableDb, caseId: string): CaseRecord | null => orShown(db, caseId, standingCase)

/** A case as the centre's stream brought it: without what was answered since as well. */
export const receivedCase = (db: ReadableDb, caseId: string): CaseRecord | null => orShown(db, caseId, confirmedCase)

function orShown(db: ReadableDb, caseId: string, read: typeof confirmedCase): CaseRecord | null {
  const record = read(db, caseId)
  return record === undefined ? (caseById(db, caseId)?.record ?? null) : record
}

export function keepConfirmed(tx: WriteTx, caseId: string, record: CaseRecord | null): void {
  tx.run(
    `INSERT INTO confirmed_cases (case_id, body) VALUES (?, ?)
     ON CONFLICT (case_id) DO UPDATE SET body = excluded.body, answered = NULL`,
    uuidToBlob(caseId),
    record === null ? null : JSON.stringify(record)
  )
}

/** Until the stream brings the centre's own record, its answers are taken at their word. */
export function keepAnswered(tx: WriteTx, caseId: string, record: CaseRecord | null): void {
  const body = record === null ? null : JSON.stringify(record)
  tx.run('UPDATE confirmed_cases SET answered = ? WHERE case_id = ?', body, uuidToBlob(caseId))
}

/** With the first waiting command of a case, what the centre holds of it is set aside. */
export function keepFirstConfirmed(tx: WriteTx, caseId: string, before: CaseRecord | null): void {
  if (confirmedCase(tx, caseId) === undefined) keepConfirmed(tx, caseId, before)
}

/** Nothing waits any more: what is shown is what was received, unless something was answered since. */
export function forgetConfirmed(tx: WriteTx, caseId: string, { butAnswered }: { butAnswered: boolean }): void {
  const which = butAnswered ? 'case_id = ? AND answered IS NULL' : 'case_id = ?'
  tx.run(`DELETE FROM confirmed_cases WHERE ${which}`, uuidToBlob(caseId))
}

/** The revision that a command of this PC got at the centre; null when it has no answer yet, or was refused. */
export const acknowledgedRev = (db: ReadableDb, deviceSeq: number): number | null =>
  db.pluck<number>('SELECT rev FROM acknowledged WHERE device_seq = ?', deviceSeq) ?? null

export function keepAcknowledged(tx: WriteTx, deviceSeq: number, rev: number): void {
  tx.run('INSERT OR REPLACE INTO acknowledged (device_seq, rev) VALUES (?, ?)', deviceSeq, rev)
}

/** The rows are this program's own and lie in the encrypted file: they are read as they were written. */
const rowToEntry = ({ body, status, refusal }: OutboxRow): FiledEntry =>
  ({
    ...(JSON.parse(body) as OutboxEntry),
    status,
    refusal: refusal === null ? null : JSON.parse(refusal)
  }) as FiledEntry
