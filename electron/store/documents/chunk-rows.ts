import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'

/** The sealed pieces of documents that lie in the store. */

export type ChunkState = 'unsent' | 'at_centre' | 'cached'

export interface ChunkRow {
  /** 64 hexadecimal digits: the SHA-256 of the sealed bytes. */
  readonly sha256: string
  readonly caseId: string
  readonly documentId: string
  /** Which piece of the document, from 0. */
  readonly place: number
}

export const hexToBlob = (sha256: string): Uint8Array => Buffer.from(sha256, 'hex')
const blobToHex = (blob: Uint8Array): string => Buffer.from(blob).toString('hex')

export function putChunk(
  tx: WriteTx,
  chunk: ChunkRow & { readonly content: Uint8Array; readonly state: ChunkState; readonly now: string }
): void {
  tx.run(
    `INSERT INTO document_chunks (sha256, case_id, document_id, place, state, used_at, content)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET used_at = excluded.used_at`,
    ...[hexToBlob(chunk.sha256), uuidToBlob(chunk.caseId), uuidToBlob(chunk.documentId), chunk.place],
    ...[chunk.state, chunk.now, chunk.content]
  )
}

export const chunkContent = (db: ReadableDb, sha256: string): Uint8Array | null =>
  db.pluck<Uint8Array>('SELECT content FROM document_chunks WHERE sha256 = ?', hexToBlob(sha256)) ?? null

/** The pieces of a document that are here, by state. */
export const chunksHere = (db: ReadableDb, documentId: string): Map<string, ChunkState> =>
  new Map(
    db
      .all<{ sha256: Uint8Array; state: ChunkState }>(
        'SELECT sha256, state FROM document_chunks WHERE document_id = ? ORDER BY place',
        uuidToBlob(documentId)
      )
      .map(({ sha256, state }) => [blobToHex(sha256), state])
  )

/** What the centre does not have of a document, in the order of the document. */
export const unsentChunks = (db: ReadableDb, documentId: string): string[] =>
  [...chunksHere(db, documentId)].filter(([, state]) => state === 'unsent').map(([sha256]) => sha256)

export function noteAtCentre(tx: WriteTx, sha256: string): void {
  tx.run("UPDATE document_chunks SET state = 'at_centre' WHERE sha256 = ? AND state = 'unsent'", hexToBlob(sha256))
}

/** The centre does not have these after all. */
export function noteUnsent(tx: WriteTx, chunks: readonly string[]): void {
  for (const sha256 of chunks) {
    tx.run("UPDATE document_chunks SET state = 'unsent' WHERE sha256 = ?", hexToBlob(sha256))
  }
}

/** The document is attached at the centre: from now on its pieces can be fetched again. */
export function noteCached(tx: WriteTx, documentId: string): void {
  tx.run("UPDATE document_chunks SET state = 'cached' WHERE document_id = ?", uuidToBlob(documentId))
}

export function noteUsed(tx: WriteTx, documentId: string, now: string): void {
  tx.run('UPDATE document_chunks SET used_at = ? WHERE document_id = ?', now, uuidToBlob(documentId))
}

/** What may lie here of documents that the centre has; the ones used longest ago make room. */
export const MOST_CACHED_BYTES = 512 * 1024 * 1024

/** Keeps the cache within its bound. */
export function evictCached(tx: WriteTx, mostBytes = MOST_CACHED_BYTES): void {
  let bytes =
    tx.pluck<number>("SELECT coalesce(sum(length(content)), 0) FROM document_chunks WHERE state = 'cached'") ?? 0
  while (bytes > mostBytes) {
    const oldest = tx.get<{ document_id: Uint8Array; bytes: number }>(
      `SELECT document_id, sum(length(content)) AS bytes FROM document_chunks WHERE state = 'cached'
       GROUP BY document_id ORDER BY min(used_at) LIMIT 1`
    )
    if (oldest === undefined) return
    tx.run("DELETE FROM document_chunks WHERE document_id = ? AND state = 'cached'", oldest.document_id)
    bytes -= oldest.bytes
  }
}

export function forgetChunksOf(tx: WriteTx, documentId: string): void {
  tx.run('DELETE FROM document_chunks WHERE document_id = ?', uuidToBlob(documentId))
}

export const documentIdsOfCase = (db: ReadableDb, caseId: string): string[] =>
  db
    .all<{ document_id: Uint8Array }>(
      'SELECT DISTINCT document_id FROM document_chunks WHERE case_id = ?',
      uuidToBlob(caseId)
    )
    .map(({ document_id }) => blobToUuid(document_id))

/** Those of which a piece has been at the centre. */
export const sentDocumentIdsOfCase = (db: ReadableDb, caseId: string): string[] =>
  db
    .all<{ document_id: Uint8Array }>(
      "SELECT DISTINCT document_id FROM document_chunks WHERE case_id = ? AND state <> 'unsent'",
      uuidToBlob(caseId)
    )
    .map(({ document_id }) => blobToUuid(document_id))

/** Addresses of all pieces that the centre does not have. */
export const allUnsent = (db: ReadableDb): Set<string> =>
  new Set(
    db
      .all<{ sha256: Uint8Array }>("SELECT sha256 FROM document_chunks WHERE state <> 'cached'")
      .map(({ sha256 }) => blobToHex(sha256))
  )

/** Pieces whose attaching was cut off before it was done. */
export function forgetUnfinished(tx: WriteTx): void {
  tx.run(
    `DELETE FROM document_chunks WHERE state = 'unsent'
       AND document_id NOT IN (SELECT document_id FROM attachments)`
  )
}
