import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import type { Command } from '#shared/commands/command.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { GoneReason } from '#shared/sync-protocol/pull.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'

/**
 * 보낸 것: what the centre acknowledged. A centre that is restored from a backup has lost some of it and takes it back
 * from here. Longer than any backup is used for, it would only be one more copy of personal data.
 */
export const JOURNAL_DAYS = 35

export interface SentCommand {
  readonly command: AnyCommand
  readonly outcome: PushOutcome
}

/** A command as the journal gives it back: whole, or what is left of it where its case is not here any more. */
export interface JournalEntry {
  readonly command: AnyCommand | Pick<AnyCommand, 'id' | 'deviceSeq'>
  readonly outcome: PushOutcome
  /** The command, for the centre alone to open. */
  readonly sealed: Uint8Array | null
}

export interface CentreSealDep {
  /** What only the centre opens; null: this PC knows no centre that could. */
  readonly sealToCentre: (content: Uint8Array) => Uint8Array | null
}

export function keepSent(tx: WriteTx, { command, outcome }: SentCommand, at: string): void {
  tx.run(
    'INSERT OR REPLACE INTO sent (device_seq, case_id, command, outcome, at) VALUES (?, ?, ?, ?, ?)',
    ...[command.deviceSeq, isCaseCommand(command) ? uuidToBlob(command.caseId) : null],
    ...[JSON.stringify(command), JSON.stringify(outcome), at]
  )
  noteAcknowledged(tx, command.deviceSeq)
}

/** A command that the centre keeps elsewhere, because its case is gone: here it lies so that only the centre can read it. */
export function keepSealed(
  tx: WriteTx,
  { sealToCentre }: CentreSealDep,
  { command, outcome }: SentCommand,
  at: string
): void {
  const sealed = sealToCentre(new TextEncoder().encode(JSON.stringify(command)))
  insertSealed(tx, { ...command, outcome: JSON.stringify(outcome), sealed, at })
  noteAcknowledged(tx, command.deviceSeq)
}

function insertSealed(
  tx: WriteTx,
  row: { id: string; deviceSeq: number; outcome: string; sealed: Uint8Array | null; at: string }
): void {
  tx.run(
    'INSERT OR REPLACE INTO sent_sealed (device_seq, command_id, outcome, sealed, at) VALUES (?, ?, ?, ?, ?)',
    ...[row.deviceSeq, uuidToBlob(row.id), row.outcome, row.sealed, row.at]
  )
}

/** The highest number of this PC that a centre answered; it outlives the journal. */
export function noteAcknowledged(tx: WriteTx, deviceSeq: number): void {
  writeMeta(tx, META_KEYS.acknowledgedSeq, Math.max(deviceSeq, readMetaNumber(tx, META_KEYS.acknowledgedSeq)))
}

const DAY_MS = 86_400_000

export function purgeSent(tx: WriteTx, now: string): void {
  const oldest = new Date(Date.parse(now) - JOURNAL_DAYS * DAY_MS).toISOString()
  tx.run('DELETE FROM sent WHERE at < ?', oldest)
  tx.run('DELETE FROM sent_sealed WHERE at < ?', oldest)
}

interface SentRow {
  device_seq: number
  command_id: Uint8Array | null
  command: string | null
  outcome: string
  sealed: Uint8Array | null
}

/**
 * Those of the PC's commands that a centre which has only the first `deviceSeq` of them lacks, in their order. A centre
 * whose keys were set back has the others and cannot open them: also those that it did after the place `seq` of the
 * stream, and all that lie sealed here.
 */
export function* sentAfter(
  db: ReadableDb,
  { deviceSeq, seq }: { readonly deviceSeq: number; readonly seq: number }
): Generator<JournalEntry> {
  const rows = db.iterate<SentRow>(
    `SELECT device_seq, NULL AS command_id, command, outcome, NULL AS sealed FROM sent
     WHERE device_seq > ? OR json_extract(outcome, '$.seq') > ?
     UNION ALL
     SELECT device_seq, command_id, NULL, outcome, sealed FROM sent_sealed WHERE device_seq > ? OR sealed IS NOT NULL
     ORDER BY device_seq`,
    ...[deviceSeq, seq, deviceSeq]
  )
  // The rows are this program's own and lie in the encrypted file: they are read as they were written.
  for (const { device_seq, command_id, command, outcome, sealed } of rows) {
    const named = command_id === null ? null : { id: blobToUuid(command_id), deviceSeq: device_seq }
    yield {
      command: named ?? (JSON.parse(command ?? '') as AnyCommand),
      outcome: JSON.parse(outcome) as PushOutcome,
      sealed
    }
  }
}

/**
 * A case leaves this PC. Of one that goes to another district the commands stay, for the centre alone to read; of one that
 * is destroyed or withdrawn nothing but their numbers and answers.
 */
export function sealSentOfCase(
  tx: WriteTx,
  { sealToCentre }: CentreSealDep,
  { caseId, reason }: { readonly caseId: string; readonly reason: GoneReason }
): void {
  const rows = tx.all<{ command: string; outcome: string; at: string }>(
    'SELECT command, outcome, at FROM sent WHERE case_id = ?',
    uuidToBlob(caseId)
  )
  for (const { command, outcome, at } of rows) {
    const { id, deviceSeq } = JSON.parse(command) as Command
    const sealed = reason === 'scope' ? sealToCentre(new TextEncoder().encode(command)) : null
    insertSealed(tx, { id, deviceSeq, outcome, sealed, at })
  }
  tx.run('DELETE FROM sent WHERE case_id = ?', uuidToBlob(caseId))
}
