import { MOST_DOCUMENT_BYTES } from '#shared/domain/document/case-document.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { foundMissing } from './missing-chunks.ts'

/** The sealed pieces of documents. Nobody here can open one; they are told apart by the hash of their bytes. */

export interface ChunkAddress {
  readonly caseId: string
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

/** What may lie here of one case without a command that attaches it. */
export const MOST_BYTES_AHEAD = 8 * MOST_DOCUMENT_BYTES
/** How long it may. A desk that comes back later sends it again. */
export const DAYS_AHEAD = 14

const hashOf = ({ sha256 }: Pick<ChunkAddress, 'sha256'>): Uint8Array => Buffer.from(sha256, 'hex')

/** Whether the case is the district's: for a chunk, "not there" and "not yours" are one answer. */
async function isCaseOf(db: Queryable, caseId: string, districtCode: string): Promise<boolean> {
  const { rows } = await db.query('SELECT 1 FROM cases WHERE id = $1 AND district_code = $2', [caseId, districtCode])
  return rows.length > 0
}

/** The same, and it stays so until the transaction ends: of a case that is being destroyed no piece may come after. */
async function holdCaseOf(
  tx: Tx,
  { caseId, districtCode }: { readonly caseId: string; readonly districtCode: string }
): Promise<boolean> {
  const { rows } = await tx.query('SELECT 1 FROM cases WHERE id = $1 AND district_code = $2 FOR KEY SHARE', [
    caseId,
    districtCode
  ])
  return rows.length > 0
}

/** Keeps a chunk whose hash was checked; one that a restore had cost is its document's again. One that is there already stays, and its time begins anew. */
export function putChunk(
  pool: Pool,
  chunk: ChunkAddress & { readonly districtCode: string; readonly content: Uint8Array; readonly now: string }
): Promise<Result<null, { type: 'NotFound' } | { type: 'ChunkRefused'; cause: 'quota' }>> {
  return runTx(pool, async (tx) => {
    if (!(await holdCaseOf(tx, chunk))) return err({ type: 'NotFound' as const })
    const documentId = await foundMissing(tx, chunk)
    const { rows } = await tx.query<{ bytes: string }>(
      'SELECT coalesce(sum(length(content)), 0) AS bytes FROM document_chunks WHERE case_id = $1 AND document_id IS NULL',
      [chunk.caseId]
    )
    if (documentId === null && Number(rows[0]?.bytes) + chunk.content.length > MOST_BYTES_AHEAD) {
      return err({ type: 'ChunkRefused' as const, cause: 'quota' as const })
    }
    await tx.query(
      `INSERT INTO document_chunks (case_id, sha256, document_id, received_at, content) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (case_id, sha256) DO UPDATE SET received_at = excluded.received_at`,
      [chunk.caseId, hashOf(chunk), documentId, chunk.now, chunk.content]
    )
    return ok(null)
  })
}

export async function hasChunk(
  pool: Pool,
  address: ChunkAddress & { readonly districtCode: string }
): Promise<boolean> {
  if (!(await isCaseOf(pool, address.caseId, address.districtCode))) return false
  const { rows } = await pool.query('SELECT 1 FROM document_chunks WHERE case_id = $1 AND sha256 = $2', [
    address.caseId,
    hashOf(address)
  ])
  return rows.length > 0
}

/** null: not there, or in another district's case. */
export async function readChunk(
  pool: Pool,
  address: ChunkAddress & { readonly districtCode: string }
): Promise<Uint8Array | null> {
  if (!(await isCaseOf(pool, address.caseId, address.districtCode))) return null
  const { rows } = await pool.query<{ content: Uint8Array }>(
    'SELECT content FROM document_chunks WHERE case_id = $1 AND sha256 = $2',
    [address.caseId, hashOf(address)]
  )
  return rows[0]?.content ?? null
}

/** A document that a command is about to attach. */
export interface WantedDocument {
  readonly caseId: string
  readonly documentId: string
  readonly chunks: readonly string[]
}

/**
 * Of each document the chunks that are not here, or belong to another document. Those that are here stay until the
 * transaction ends.
 */
export async function missingChunks(tx: Tx, wanted: readonly WantedDocument[]): Promise<Map<string, string[]>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await tx.query<{ case_id: string; sha256: Uint8Array; document_id: string | null }>(
    `SELECT case_id, sha256, document_id FROM document_chunks
     WHERE case_id = ANY($1::uuid[]) AND sha256 = ANY($2::bytea[]) ORDER BY case_id, sha256 FOR UPDATE`,
    [
      wanted.map(({ caseId }) => caseId),
      wanted.flatMap(({ chunks }) => chunks).map((sha256) => Buffer.from(sha256, 'hex'))
    ]
  )
  const owners = new Map(
    rows.map((row) => [`${row.case_id} ${Buffer.from(row.sha256).toString('hex')}`, row.document_id])
  )
  return new Map(
    wanted.map(({ caseId, documentId, chunks }) => {
      const isHere = (sha256: string): boolean => {
        const owner = owners.get(`${caseId} ${sha256}`)
        return owner === null || owner === documentId
      }
      return [documentId, chunks.filter((sha256) => !isHere(sha256))]
    })
  )
}

/** The chunks belong to the document from now on. */
export async function attachChunks(tx: Tx, { caseId, documentId, chunks }: WantedDocument): Promise<void> {
  await tx.query('UPDATE document_chunks SET document_id = $2 WHERE case_id = $1 AND sha256 = ANY($3::bytea[])', [
    caseId,
    documentId,
    chunks.map((sha256) => Buffer.from(sha256, 'hex'))
  ])
}

/** A document was taken out of its case. */
export async function forgetDocument(tx: Tx, place: { caseId: string; documentId: string }): Promise<void> {
  await tx.query('DELETE FROM document_chunks WHERE case_id = $1 AND document_id = $2', [
    place.caseId,
    place.documentId
  ])
  await tx.query('DELETE FROM missing_chunks WHERE case_id = $1 AND document_id = $2', [place.caseId, place.documentId])
}

/** The cases are destroyed. */
export async function forgetDocumentsOfCases(tx: Tx, caseIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM document_chunks WHERE case_id = ANY($1::uuid[])', [caseIds])
}

const DAY_MS = 86_400_000

/** Removes what came ahead of a command that never came; says how many pieces. */
export async function expireChunks({ pool, now }: { pool: Pool; now: () => string }): Promise<number> {
  const before = new Date(Date.parse(now()) - DAYS_AHEAD * DAY_MS).toISOString()
  const { rowCount } = await pool.query('DELETE FROM document_chunks WHERE document_id IS NULL AND received_at < $1', [
    before
  ])
  return rowCount ?? 0
}
