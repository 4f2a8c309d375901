import type { Command } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Case } from '#shared/domain/case/case.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import {
  chunkContent,
  documentIdsOfCase,
  forgetChunksOf,
  noteCached,
  noteUnsent,
  sentDocumentIdsOfCase
} from './chunk-rows.ts'

/** A document that was attached at this PC and that the centre has not taken, with what became of it. */
export interface FiledAttachment extends Attachment {
  /** `sent`: its command has its number and stands in the outbox. */
  readonly state: 'waiting' | 'sent' | 'refused'
  readonly refusal: Refusal | null
}

interface AttachmentRow {
  body: string
  state: FiledAttachment['state']
  refusal: string | null
}

export function addAttachment(tx: WriteTx, attachment: Attachment): void {
  tx.run(
    `INSERT INTO attachments (document_id, case_id, body, state, attached_at) VALUES (?, ?, ?, 'waiting', ?)
     ON CONFLICT (document_id) DO NOTHING`,
    ...[uuidToBlob(attachment.document.documentId), uuidToBlob(attachment.caseId)],
    ...[JSON.stringify(attachment), attachment.issuedAt]
  )
}

export function setAttachmentState(
  tx: WriteTx,
  documentId: string,
  state: FiledAttachment['state'],
  refusal: Refusal | null = null
): void {
  tx.run(
    'UPDATE attachments SET state = ?, refusal = ? WHERE document_id = ?',
    ...[state, refusal === null ? null : JSON.stringify(refusal), uuidToBlob(documentId)]
  )
}

export function attachmentById(db: ReadableDb, documentId: string): FiledAttachment | null {
  const row = db.get<AttachmentRow>(
    'SELECT body, state, refusal FROM attachments WHERE document_id = ?',
    uuidToBlob(documentId)
  )
  return row === undefined ? null : rowToAttachment(row)
}

/** In the order of their attaching. */
export const attachments = (db: ReadableDb): FiledAttachment[] =>
  db
    .all<AttachmentRow>('SELECT body, state, refusal FROM attachments ORDER BY attached_at, document_id')
    .map(rowToAttachment)

export const attachmentsOfCase = (db: ReadableDb, caseId: string): FiledAttachment[] =>
  db
    .all<AttachmentRow>(
      'SELECT body, state, refusal FROM attachments WHERE case_id = ? ORDER BY attached_at, document_id',
      uuidToBlob(caseId)
    )
    .map(rowToAttachment)

/** Documents that wait or were refused, and are not in the outbox themselves. */
export function countAttachments(db: ReadableDb): { readonly waiting: number; readonly refused: number } {
  const counted = db.all<{ state: FiledAttachment['state']; count: number }>(
    'SELECT state, count(*) AS count FROM attachments GROUP BY state'
  )
  const count = (state: FiledAttachment['state']) => counted.find((row) => row.state === state)?.count ?? 0
  return { waiting: count('waiting'), refused: count('refused') }
}

/** Takes a document out that the centre never had, with all its pieces. */
export function forgetAttachment(tx: WriteTx, documentId: string): void {
  forgetChunksOf(tx, documentId)
  tx.run('DELETE FROM attachments WHERE document_id = ?', uuidToBlob(documentId))
}

type AttachCommand = Extract<Command, { name: 'case.attach' }>

/** The centre took the document. */
export function attachmentTaken(tx: WriteTx, { args }: AttachCommand): void {
  tx.run('DELETE FROM attachments WHERE document_id = ?', uuidToBlob(args.documentId))
  noteCached(tx, args.documentId)
}

/**
 * The centre refused the document: pieces that it lacks are sent again before it is attached anew; for any other reason,
 * and where this PC lacks them too, it stays for a person to see. False: this PC has the document no more.
 */
export function attachmentRefused(tx: WriteTx, { args }: AttachCommand, refusal: Refusal): boolean {
  if (attachmentById(tx, args.documentId) === null) return false
  if (refusal.type === 'ChunksMissing' && refusal.chunks.every((sha256) => chunkContent(tx, sha256) !== null)) {
    noteUnsent(tx, refusal.chunks)
    setAttachmentState(tx, args.documentId, 'waiting')
  } else setAttachmentState(tx, args.documentId, 'refused', refusal)
  return true
}

/** The case is destroyed, or is this PC's no more: everything of its documents goes with it. */
export function forgetDocumentsOfCase(tx: WriteTx, caseId: string): void {
  for (const { document } of attachmentsOfCase(tx, caseId)) forgetAttachment(tx, document.documentId)
  for (const documentId of documentIdsOfCase(tx, caseId)) forgetChunksOf(tx, documentId)
}

/** Pieces of documents that were taken out of the case go. Those of a file that is just being sealed were never in it. */
export function forgetDetached(tx: WriteTx, { id, documents }: Case): void {
  const here = sentDocumentIdsOfCase(tx, id)
  if (here.length === 0) return
  const kept = new Set([
    ...documents.map(({ documentId }) => documentId),
    ...attachmentsOfCase(tx, id).map(({ document }) => document.documentId)
  ])
  for (const documentId of here) if (!kept.has(documentId)) forgetChunksOf(tx, documentId)
}

export const attachmentCaseIds = (db: ReadableDb): string[] =>
  db.all<{ case_id: Uint8Array }>('SELECT DISTINCT case_id FROM attachments').map(({ case_id }) => blobToUuid(case_id))

const rowToAttachment = (row: AttachmentRow): FiledAttachment => ({
  ...(JSON.parse(row.body) as Attachment),
  state: row.state,
  refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as Refusal)
})
