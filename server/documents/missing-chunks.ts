import type { CaseRecord } from '#shared/domain/case/case.ts'
import type { MissingChunk, MissingChunks } from '#shared/sync-protocol/missing-chunks.ts'
import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'

/**
 * Pieces that a restore cost the centre: the documents came back with their cases, the pieces lie at PCs, if anywhere.
 * They are listed in a rising order, so that each PC is asked once for each.
 */

/** Looks which pieces of the records' documents are not here. Those that are become their documents' own. */
export async function noteMissingChunks(tx: Tx, records: readonly CaseRecord[], now: string): Promise<void> {
  const pieces = records.flatMap(({ case: { id, documents } }) =>
    documents.flatMap(({ documentId, chunks }) => chunks.map((sha256) => ({ caseId: id, documentId, sha256 })))
  )
  if (pieces.length === 0) return
  const values = [
    pieces.map(({ caseId }) => caseId),
    pieces.map(({ documentId }) => documentId),
    pieces.map(({ sha256 }) => Buffer.from(sha256, 'hex'))
  ]
  const given = 'unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS given (case_id, document_id, sha256)'
  await tx.query(
    `UPDATE document_chunks c SET document_id = given.document_id FROM ${given}
     WHERE c.case_id = given.case_id AND c.sha256 = given.sha256 AND c.document_id IS NULL`,
    values
  )
  await tx.query(
    `INSERT INTO missing_chunks (case_id, document_id, sha256, at)
     SELECT case_id, document_id, sha256, $4 FROM ${given}
     WHERE NOT EXISTS (SELECT 1 FROM document_chunks c WHERE c.case_id = given.case_id AND c.sha256 = given.sha256)
     ON CONFLICT DO NOTHING`,
    [...values, now]
  )
}

/** The newest that is asked for; 0: nothing is. */
export async function newestMissing(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ newest: number }>({
    name: 'newest-missing',
    text: 'SELECT coalesce(max(id), 0) AS newest FROM missing_chunks'
  })
  return rows[0]?.newest ?? 0
}

/** Of one answer. */
const PAGE = 1_000

/** What the district misses after this place of the list. */
export async function listMissing(
  db: Queryable,
  { districtCode, after }: { districtCode: string; after: number }
): Promise<MissingChunks> {
  const { rows } = await db.query<MissingChunk & { id: number; isOwn: boolean }>(
    `SELECT m.id, m.case_id AS "caseId", encode(m.sha256, 'hex') AS sha256, c.id IS NOT NULL AS "isOwn"
     FROM (SELECT id, case_id, sha256 FROM missing_chunks WHERE id > $1 ORDER BY id LIMIT $2) m
     LEFT JOIN cases c ON c.id = m.case_id AND c.district_code = $3 ORDER BY m.id`,
    [after, PAGE, districtCode]
  )
  const chunks = rows.filter(({ isOwn }) => isOwn).map(({ caseId, sha256 }) => ({ caseId, sha256 }))
  return { chunks, upTo: rows.at(-1)?.id ?? after, isLast: rows.length < PAGE }
}

export async function isMissing(
  db: Queryable,
  { caseId, sha256, districtCode }: MissingChunk & { readonly districtCode: string }
): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT m.id FROM missing_chunks m JOIN cases c ON c.id = m.case_id
     WHERE m.case_id = $1 AND m.sha256 = $2 AND c.district_code = $3`,
    [caseId, Buffer.from(sha256, 'hex'), districtCode]
  )
  return rowCount !== 0
}

/** The piece has come back: the document that it belongs to; null when nobody missed it. */
export async function foundMissing(tx: Tx, { caseId, sha256 }: MissingChunk): Promise<string | null> {
  const { rows } = await tx.query<{ document_id: string }>(
    'DELETE FROM missing_chunks WHERE case_id = $1 AND sha256 = $2 RETURNING document_id',
    [caseId, Buffer.from(sha256, 'hex')]
  )
  return rows[0]?.document_id ?? null
}
