import type { Command } from '#shared/commands/command.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'

/**
 * 보낸 것: what the centre acknowledged. A centre that is restored from a backup has lost some of it and takes it back
 * from here. Longer than any backup is used for, it would only be one more copy of personal data.
 */
export const JOURNAL_DAYS = 35

export interface SentCommand {
  readonly command: Command
  readonly outcome: PushOutcome
}

export function keepSent(tx: WriteTx, { command, outcome }: SentCommand, at: string): void {
  tx.run(
    'INSERT OR REPLACE INTO sent (device_seq, case_id, command, outcome, at) VALUES (?, ?, ?, ?, ?)',
    ...[command.deviceSeq, uuidToBlob(command.caseId), JSON.stringify(command), JSON.stringify(outcome), at]
  )
  noteAcknowledged(tx, command.deviceSeq)
}

/** The highest number of this PC that a centre answered; it outlives the journal. */
export function noteAcknowledged(tx: WriteTx, deviceSeq: number): void {
  writeMeta(tx, META_KEYS.acknowledgedSeq, Math.max(deviceSeq, readMetaNumber(tx, META_KEYS.acknowledgedSeq)))
}

const DAY_MS = 86_400_000

export function purgeSent(tx: WriteTx, now: string): void {
  const oldest = new Date(Date.parse(now) - JOURNAL_DAYS * DAY_MS).toISOString()
  tx.run('DELETE FROM sent WHERE at < ?', oldest)
}

/** Those of the PC's commands that a centre which has only the first `deviceSeq` of them lacks, in their order. */
export function* sentAfter(db: ReadableDb, deviceSeq: number): Generator<SentCommand> {
  const rows = db.iterate<{ command: string; outcome: string }>(
    'SELECT command, outcome FROM sent WHERE device_seq > ? ORDER BY device_seq',
    deviceSeq
  )
  // The rows are this program's own and lie in the encrypted file: they are read as they were written.
  for (const row of rows) {
    yield { command: JSON.parse(row.command) as Command, outcome: JSON.parse(row.outcome) as PushOutcome }
  }
}

export function forgetSentOfCase(tx: WriteTx, caseId: string): void {
  tx.run('DELETE FROM sent WHERE case_id = ?', uuidToBlob(caseId))
}
