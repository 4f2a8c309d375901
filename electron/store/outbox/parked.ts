import type { CommandName } from '#shared/commands/command.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import type { OutboxItem, ParkedCause } from '#shared/ipc/outbox-views.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { type CaseEntry, refusedOfCase, removeEntry } from './outbox.ts'

/** Lines of work that left the outbox without reaching its case. They hold no content, and stay until somebody has read them. */

/** Takes a command out of the outbox: it went elsewhere (the centre's privacy officer, another district). */
export function parkEntry(
  tx: WriteTx,
  parked: { readonly entry: CaseEntry; readonly cause: ParkedCause; readonly at: string }
): void {
  const { command } = parked.entry
  // The number of a case that is gone for good would be one more trace of it.
  const applicationNo = parked.cause === 'scope' ? parked.entry.applicationNo : ''
  removeEntry(tx, command.id)
  tx.run(
    `INSERT OR REPLACE INTO parked_items
       (id, device_seq, case_id, name, application_no, issued_at, issued_by, cause, amount, parked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
    ...[uuidToBlob(command.id), command.deviceSeq, uuidToBlob(command.caseId), command.name, applicationNo],
    ...[command.issuedAt, uuidToBlob(command.issuedBy), parked.cause, parked.at]
  )
}

/** Nobody can correct a refused command any more once its case is gone. */
export function parkRefusedOfCase(
  tx: WriteTx,
  caseId: string,
  parked: { readonly cause: ParkedCause; readonly at: string }
): void {
  for (const entry of refusedOfCase(tx, caseId)) parkEntry(tx, { ...parked, entry })
}

/** Notes that a document that was attached here had no case any more to go to. It is not here any more either. */
export function parkAttachment(
  tx: WriteTx,
  parked: { readonly attachment: Attachment; readonly cause: ParkedCause; readonly at: string }
): void {
  const { caseId, document, actor, issuedAt } = parked.attachment
  const applicationNo = parked.cause === 'scope' ? parked.attachment.applicationNo : ''
  tx.run(
    `INSERT OR REPLACE INTO parked_items
       (id, device_seq, case_id, name, application_no, issued_at, issued_by, cause, amount, parked_at)
     VALUES (?, NULL, ?, 'case.attach', ?, ?, ?, ?, 1, ?)`,
    ...[uuidToBlob(document.documentId), uuidToBlob(caseId), applicationNo],
    ...[issuedAt, uuidToBlob(actor.id), parked.cause, parked.at]
  )
}

/** Notes that work was lost of which only the number of pieces is known. */
export function parkLoss(
  tx: WriteTx,
  loss: { readonly id: string; readonly cause: ParkedCause; readonly amount: number; readonly at: string }
): void {
  tx.run(
    `INSERT OR REPLACE INTO parked_items (id, application_no, cause, amount, parked_at) VALUES (?, '', ?, ?, ?)`,
    ...[uuidToBlob(loss.id), loss.cause, loss.amount, loss.at]
  )
}

/** Somebody has read the line. */
export const removeParked = (tx: WriteTx, id: string): boolean =>
  tx.run('DELETE FROM parked_items WHERE id = ?', uuidToBlob(id)).changes > 0

interface ParkedRow {
  id: Uint8Array
  device_seq: number | null
  case_id: Uint8Array | null
  name: CommandName | null
  application_no: string
  issued_at: string | null
  issued_by: Uint8Array | null
  cause: ParkedCause
  amount: number
  parked_at: string
}

/** The oldest first. */
export const parkedItems = (db: ReadableDb): OutboxItem[] =>
  db
    .all<ParkedRow>(
      `SELECT id, device_seq, case_id, name, application_no, issued_at, issued_by, cause, amount, parked_at
       FROM parked_items ORDER BY coalesce(issued_at, parked_at), id`
    )
    .map(rowToItem)

const rowToItem = (row: ParkedRow): OutboxItem => ({
  commandId: blobToUuid(row.id),
  deviceSeq: row.device_seq,
  name: row.name,
  caseId: row.case_id === null ? null : blobToUuid(row.case_id),
  batch: null,
  applicationNo: row.application_no,
  applicantName: '',
  issuedAt: row.issued_at ?? row.parked_at,
  issuedBy: row.issued_by === null ? null : blobToUuid(row.issued_by),
  status: 'parked',
  waitsFor: null,
  refusal: null,
  cannotCorrect: null,
  parked: row.cause,
  amount: row.amount
})
