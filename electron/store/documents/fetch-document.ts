import type { CaseDocument } from '#shared/domain/document/case-document.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { FetchFailure } from '#shared/ipc/document-methods.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb } from '../db/database.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { hashText, joinDocument } from './attach-document.ts'
import { attachmentById } from './attachment-rows.ts'
import type { ChunkClient, ChunkFailure } from './chunk-client.ts'
import { chunkContent, chunksHere, evictCached, noteUsed, putChunk } from './chunk-rows.ts'

export interface FetchDeps extends TimeDep {
  readonly db: StoreDb
  readonly client: ChunkClient
  readonly signal: AbortSignal
  /** Something has come of a document of this case. */
  readonly onProgress: (caseId: string) => void
}

interface DocumentPlace {
  readonly caseId: string
  readonly documentId: string
}

/** What a case says of a document; also of one that was attached here and is on its way. */
export function documentOf(
  db: ReadableDb,
  { caseId, documentId }: DocumentPlace
): Pick<CaseDocument, 'documentId' | 'mediaType' | 'chunks' | 'bytes' | 'sha256' | 'key' | 'title'> | null {
  const attached = caseById(db, caseId)?.record.case.documents.find((one) => one.documentId === documentId)
  if (attached !== undefined) return attached
  const waiting = attachmentById(db, documentId)
  return waiting?.caseId === caseId ? waiting.document : null
}

/**
 * Brings the pieces that are not here, each checked by its hash before it is kept. What came before the line broke stays,
 * and the next call goes on behind it.
 */
export async function fetchDocument(deps: FetchDeps, place: DocumentPlace): Promise<Result<null, FetchFailure>> {
  const { db, client, signal } = deps
  const document = documentOf(db, place)
  if (document === null) return err({ type: 'DocumentGone' })
  const here = chunksHere(db, document.documentId)
  for (const [index, sha256] of document.chunks.entries()) {
    if (here.has(sha256)) continue
    const came = await client.get({ caseId: place.caseId, sha256 }, signal)
    if (signal.aborted) return err({ type: 'CentreUnreachable' })
    if (!came.ok) return err({ type: FETCH_FAILURES[came.error.type] })
    if (hashText(came.value) !== sha256) return err({ type: 'DocumentDamaged' })
    if (documentOf(db, place) === null) return err({ type: 'DocumentGone' }) // taken out, or its case gone, meanwhile
    const row = { ...place, sha256, place: index, content: came.value, state: 'cached', now: deps.now() } as const
    const kept = withDiskFull<null, never>(() =>
      db.write((tx) => {
        putChunk(tx, row)
        return ok(null)
      })
    )
    if (!kept.ok) return kept
    deps.onProgress(place.caseId)
  }
  return withDiskFull(() =>
    db.write((tx) => {
      noteUsed(tx, place.documentId, deps.now())
      evictCached(tx)
      return ok(null)
    })
  )
}

const FETCH_FAILURES = {
  NotThere: 'DocumentGone',
  Lost: 'DocumentLost',
  Unreachable: 'CentreUnreachable',
  QuotaOver: 'CentreUnreachable',
  Garbled: 'CentreUnreachable'
} as const satisfies Record<ChunkFailure['type'], FetchFailure['type']>

/** The content of a document whose pieces are here: opened, and compared with what was attached. */
export function readDocument(
  db: ReadableDb,
  place: DocumentPlace
): Result<{ content: Uint8Array; document: NonNullable<ReturnType<typeof documentOf>> }, FetchFailure> {
  const document = documentOf(db, place)
  if (document === null) return err({ type: 'DocumentGone' })
  const pieces = document.chunks.flatMap((sha256) => chunkContent(db, sha256) ?? [])
  const content = pieces.length === document.chunks.length ? joinDocument(document, pieces) : null
  return content === null ? err({ type: 'DocumentDamaged' }) : ok({ content, document })
}
