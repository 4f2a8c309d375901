import { openChunk, sealChunk } from '#shared/cipher/document-chunks.ts'
import type { Command } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import {
  CHUNK_BYTES,
  MOST_DOCUMENT_BYTES,
  MOST_DOCUMENTS,
  type NewDocument
} from '#shared/domain/document/case-document.ts'
import type { DocumentTitle } from '#shared/domain/document/document-titles.ts'
import { mediaTypeOf } from '#shared/domain/document/media-type.ts'
import type { IdDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { AttachFailure } from '#shared/ipc/document-methods.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import { type AccessDeps, recordAct } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import type { StoreDb } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { decideEntry, type PolicyDep } from '../outbox/rerun.ts'
import { addAttachment, attachmentsOfCase } from './attachment-rows.ts'
import type { ChunkCopies } from './chunk-copies.ts'
import { allUnsent, chunksHere, forgetChunksOf, putChunk } from './chunk-rows.ts'

export interface AttachDeps extends AccessDeps, IdDep, PolicyDep {
  readonly actor: Actor
  readonly copies: ChunkCopies
  /** Aborted when the store is about to be closed: nothing is written any more. */
  readonly signal: AbortSignal
  /** Remembers the document, with its key, beside the store. */
  readonly capsule: { appendAttachment(attachment: Attachment): void }
}

interface AttachRequest {
  readonly caseId: string
  readonly title: DocumentTitle
  readonly content: Uint8Array
}

/**
 * Takes a file in: sealed piece by piece into the store and its copies, so that whoever works at the window is let in
 * between, and last the line that makes a document of the pieces. Cut off before, also by a lock, nothing was attached.
 */
export async function attachDocument(
  deps: AttachDeps,
  db: StoreDb,
  request: AttachRequest
): Promise<Result<{ documentId: string }, AttachFailure | Locked>> {
  const checked = check(deps, db, request)
  if (!checked.ok) return checked
  const { documentId, key } = { documentId: deps.newId(), key: nodeCipher.randomBytes(32) }
  try {
    const chunks = await sealAll(deps, db, { ...request, documentId, key })
    if (chunks === null) return err({ type: 'Locked' })
    const attachment = attachmentOf(deps, { ...request, ...checked.value, documentId, key, chunks })
    // Its case may have gone meanwhile, and with it what was sealed so far.
    if (chunksHere(db, documentId).size !== chunks.length) {
      giveUp(deps, db, documentId)
      return err({ type: 'Refused', refusal: { type: 'CaseNotFound' } })
    }
    return writeDurably(db, (tx) => {
      addAttachment(tx, attachment)
      recordAct(tx, deps, { act: 'attach', caseIds: [request.caseId], detail: { title: request.title } })
      deps.capsule.appendAttachment(attachment)
      return ok({ documentId })
    })
  } catch (error) {
    if (storeFailureOf(error) !== 'disk_full') throw error
    giveUp(deps, db, documentId)
    return err({ type: 'DiskFull' })
  } finally {
    key.fill(0)
  }
}

type Checked = Pick<NewDocument, 'mediaType'> & { readonly applicationNo: string }

/** Everything that can be said before anything is written; the rule of the command included. */
function check(
  deps: AttachDeps,
  db: StoreDb,
  { caseId, title, content }: AttachRequest
): Result<Checked, AttachFailure> {
  if (content.length === 0) return err({ type: 'FileNotTaken', cause: 'empty' })
  if (content.length > MOST_DOCUMENT_BYTES) return err({ type: 'FileNotTaken', cause: 'too_large' })
  const mediaType = mediaTypeOf(content)
  if (mediaType === null) return err({ type: 'FileNotTaken', cause: 'kind' })
  const record = caseById(db, caseId)?.record ?? null
  const applicationNo = record?.case.applicationNo ?? ''
  const probe = attachmentOf(deps, {
    ...{ caseId, title, content, mediaType, applicationNo, documentId: deps.newId(), key: new Uint8Array(32) },
    chunks: []
  })
  const decided = decideEntry(deps, record, attachEntry(deps, probe, { id: deps.newId(), deviceSeq: 1 }), 'refuse')
  if (!decided.ok) return err({ type: 'Refused', refusal: decided.error })
  const waiting = attachmentsOfCase(db, caseId).length
  const isFull = (record?.case.documents.length ?? 0) + waiting >= MOST_DOCUMENTS
  const full: Refusal = { type: 'TooManyDocuments' }
  return isFull ? err({ type: 'Refused', refusal: full }) : ok({ mediaType, applicationNo })
}

/** null: the store is being closed. */
async function sealAll(
  deps: AttachDeps,
  db: StoreDb,
  job: AttachRequest & { readonly documentId: string; readonly key: Uint8Array }
): Promise<string[] | null> {
  const { caseId, documentId, key, content } = job
  const chunks: string[] = []
  for (let place = 0; place * CHUNK_BYTES < content.length; place += 1) {
    const piece = content.subarray(place * CHUNK_BYTES, (place + 1) * CHUNK_BYTES)
    const sealed = sealChunk(nodeCipher, key, piece, { documentId, no: place })
    const sha256 = hashText(sealed)
    deps.copies.put(sha256, sealed)
    const row = { sha256, caseId, documentId, place, content: sealed, state: 'unsent', now: deps.now() } as const
    db.write((tx) => ok(putChunk(tx, row)))
    chunks.push(sha256)
    await letOthersIn()
    if (deps.signal.aborted) return null
  }
  return chunks
}

function giveUp(deps: AttachDeps, db: StoreDb, documentId: string): void {
  db.write((tx) => ok(forgetChunksOf(tx, documentId)))
  deps.copies.keepOnly(allUnsent(db))
}

function attachmentOf(
  deps: AttachDeps,
  parts: AttachRequest & Checked & { documentId: string; key: Uint8Array; chunks: string[] }
): Attachment {
  const { caseId, applicationNo, title, content, mediaType, documentId, chunks } = parts
  const document: NewDocument = {
    ...{ documentId, title, mediaType, chunks },
    bytes: content.length,
    sha256: hashText(content),
    key: Buffer.from(parts.key).toString('base64')
  }
  return { caseId, document, actor: deps.actor, issuedAt: deps.now(), applicationNo }
}

/** The command that attaches the document, with its author as she was known. */
export function attachEntry(
  { deviceId }: { readonly deviceId: string },
  { caseId, document, actor, issuedAt, applicationNo }: Attachment,
  identity: { readonly id: string; readonly deviceSeq: number }
): { command: Extract<Command, { name: 'case.attach' }>; actor: Actor; applicationNo: string } {
  const envelope = { ...identity, caseId, base: {}, issuedAt, issuedBy: actor.id, deviceId }
  return { command: { ...envelope, name: 'case.attach', args: document }, actor, applicationNo }
}

/** The content of a document from its pieces; null when one is altered or the whole is not what was attached. */
export function joinDocument(document: NewDocument, pieces: readonly Uint8Array[]): Uint8Array | null {
  const key = Buffer.from(document.key, 'base64')
  const { documentId } = document
  const opened = pieces.map((sealed, no) => openChunk(nodeCipher, key, sealed, { documentId, no }))
  if (opened.some((piece) => piece === null)) return null
  const content = Buffer.concat(opened.flatMap((piece) => piece ?? []))
  return content.length === document.bytes && hashText(content) === document.sha256 ? content : null
}

export const hashText = (bytes: Uint8Array): string => Buffer.from(nodeCipher.sha256(bytes)).toString('hex')

const letOthersIn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
