import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import { isIntakeInOutbox } from '../outbox/outbox.ts'
import { attachments, type FiledAttachment, setAttachmentState } from './attachment-rows.ts'
import type { ChunkClient, ChunkFailure } from './chunk-client.ts'
import type { ChunkCopies } from './chunk-copies.ts'
import { allUnsent, chunkContent, noteAtCentre, unsentChunks } from './chunk-rows.ts'

export interface UploadDeps {
  readonly db: StoreDb
  readonly client: ChunkClient
  readonly signal: AbortSignal
  readonly copies: ChunkCopies
  /** All pieces are at the centre: the command that attaches the document gets its number. */
  readonly number: (documentId: string) => void
  /** Something has gone up of a document of this case. */
  readonly onProgress: (caseId: string) => void
}

/**
 * Sends the pieces of what waits, document by document in the order of attaching, and hands each document over when all
 * of it is there. One that cannot go up now (its intake is not at the centre, its case has too much ahead) holds up no
 * other. `Unreachable`: the line broke; what has gone up stays there and the next call goes on behind it.
 */
export async function uploadWaiting(deps: UploadDeps): Promise<Result<null, { type: 'Unreachable' }>> {
  for (const attachment of attachments(deps.db)) {
    if (attachment.state !== 'waiting' || isIntakeInOutbox(deps.db, attachment.caseId)) continue
    const sent = await uploadOne(deps, attachment)
    if (deps.signal.aborted) return err({ type: 'Unreachable' })
    if (sent.ok) deps.number(attachment.document.documentId)
    else if (sent.error.type === 'NotThere') {
      const { documentId } = attachment.document
      deps.db.write((tx) => ok(setAttachmentState(tx, documentId, 'refused', { type: 'CaseNotFound' })))
      deps.onProgress(attachment.caseId)
    } else if (sent.error.type === 'Unreachable') return err({ type: 'Unreachable' })
  }
  return ok(null)
}

async function uploadOne(deps: UploadDeps, { caseId, document }: FiledAttachment): Promise<Result<null, ChunkFailure>> {
  let isFirst = true
  for (const sha256 of unsentChunks(deps.db, document.documentId)) {
    const place = { caseId, sha256 }
    // The answer to the last piece before a break may have been lost on the way: asking costs less than sending.
    const there = isFirst ? await deps.client.has(place, deps.signal) : ok(false)
    if (!there.ok) return there
    isFirst = false
    const sent = there.value ? ok(null) : await putChunk(deps, place)
    if (!sent.ok) return sent
    if (deps.signal.aborted) return err({ type: 'Unreachable' })
    deps.db.write((tx) => ok(noteAtCentre(tx, sha256)))
    deps.onProgress(caseId)
  }
  return ok(null)
}

async function putChunk(
  deps: UploadDeps,
  place: { caseId: string; sha256: string }
): Promise<Result<null, ChunkFailure>> {
  const content = chunkContent(deps.db, place.sha256)
  if (content === null) return err({ type: 'NotThere' }) // taken back meanwhile
  return await deps.client.put(place, content, deps.signal)
}

/** Documents that came out of a store that was lost have no copies beside this one yet. A full disk has them made later. */
export function addCopies({ db, copies }: Pick<UploadDeps, 'db' | 'copies'>): void {
  try {
    for (const sha256 of allUnsent(db)) {
      const content = copies.has(sha256) ? null : chunkContent(db, sha256)
      if (content !== null) copies.put(sha256, content)
    }
  } catch (error) {
    if (storeFailureOf(error) !== 'disk_full') throw error
  }
}

/** Copies are kept of what a lost store would lose: no longer of what the centre has attached. */
export const dropCopies = ({ db, copies }: Pick<UploadDeps, 'db' | 'copies'>): void => copies.keepOnly(allUnsent(db))
