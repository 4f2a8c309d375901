import type { Role } from '#shared/domain/account/account.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb } from '../db/database.ts'
import {
  attachmentById,
  attachmentsOfCase,
  type FiledAttachment,
  forgetAttachment,
  setAttachmentState
} from './attachment-rows.ts'
import { type ChunkState, chunksHere } from './chunk-rows.ts'

/** The documents of a case, with those that are on their way; the oldest first. */
export function listDocuments(db: ReadableDb, caseId: string): Result<DocumentItem[], { type: 'CaseNotFound' }> {
  const subject = caseById(db, caseId)?.record.case
  if (subject === undefined) return err({ type: 'CaseNotFound' })
  const onTheirWay = new Map(attachmentsOfCase(db, caseId).map((one) => [one.document.documentId, one]))
  const ofCase = subject.documents.map((document): DocumentItem => {
    const { documentId, title, mediaType, bytes, attachedAt, attachedBy, chunks } = document
    const common = { documentId, title, mediaType, bytes, attachedAt, attachedBy, refusal: null }
    const attachment = onTheirWay.get(documentId)
    onTheirWay.delete(documentId)
    if (attachment !== undefined) return { ...common, state: 'sent', doneBytes: bytes }
    const count = chunksHere(db, documentId).size
    return { ...common, state: count === chunks.length ? 'here' : 'away', doneBytes: bytesOf(count, bytes) }
  })
  return ok([...ofCase, ...[...onTheirWay.values()].map((attachment) => waitingItem(db, attachment))])
}

function waitingItem(db: ReadableDb, { document, actor, issuedAt, state, refusal }: FiledAttachment): DocumentItem {
  const { documentId, title, mediaType, bytes } = document
  const isUp = (chunk: ChunkState): boolean => chunk !== 'unsent'
  const up = [...chunksHere(db, documentId).values()].filter(isUp).length
  return {
    ...{ documentId, title, mediaType, bytes, state, refusal },
    attachedAt: issuedAt,
    attachedBy: actor.id,
    doneBytes: bytesOf(up, bytes)
  }
}

const bytesOf = (chunks: number, bytes: number): number => Math.min(bytes, chunks * CHUNK_BYTES)

/** Takes a document back whose command has no number yet: a caseworker's to do, as attaching it was. */
export function cancelAttachment(
  db: StoreDb,
  { documentId, role }: { documentId: string; role: Role }
): Result<{ caseId: string }, { type: 'NotWaiting' } | { type: 'RoleNotAllowed' }> {
  if (role !== 'caseworker') return err({ type: 'RoleNotAllowed' })
  return db.write((tx) => {
    const attachment = attachmentById(tx, documentId)
    if (attachment === null || attachment.state === 'sent') return err({ type: 'NotWaiting' as const })
    forgetAttachment(tx, documentId)
    return ok({ caseId: attachment.caseId })
  })
}

/** Lets a refused document try again. */
export function retryAttachment(db: StoreDb, documentId: string): Result<{ caseId: string }, { type: 'NotWaiting' }> {
  return db.write((tx) => {
    const attachment = attachmentById(tx, documentId)
    if (attachment?.state !== 'refused') return err({ type: 'NotWaiting' as const })
    setAttachmentState(tx, documentId, 'waiting')
    return ok({ caseId: attachment.caseId })
  })
}
