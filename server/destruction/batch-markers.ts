import { openChunk } from '#shared/cipher/document-chunks.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { caseMarkers } from '#shared/domain/erasure/case-markers.ts'
import { bytesMarker, distinctMarkers, documentMarkers, type Marker } from '#shared/domain/erasure/marker.ts'
import { packMarkers, unpackMarkers } from '#shared/domain/erasure/pack-markers.ts'
import { type CaseRow, tryRowToCase } from '../cases/case-rows.ts'
import type { Centre } from '../centre.ts'
import type { Queryable } from '../db/pool.ts'
import type { CaseKeyOpener } from '../keys/key-opener.ts'

/**
 * The markers of the cases of a batch: taken and on the disk before the first of their keys is destroyed, sealed under a
 * key of the batch that lies in the keys database, so that the cases database says nothing of them.
 */
export type MarkerDeps = Pick<Centre, 'pool' | 'keysPool' | 'cipher'> & {
  readonly keyRing: Pick<Centre['keyRing'], 'caseKeys' | 'markerKey'>
}

/**
 * Keeps the markers of these cases, whose rows the caller has locked, in a transaction of its own. Those that were taken
 * before an execution was cut off stay.
 */
export async function keepMarkers(
  deps: MarkerDeps,
  { batchId, rows }: { readonly batchId: string; readonly rows: readonly CaseRow[] }
): Promise<void> {
  const { pool, cipher, keyRing } = deps
  const unmarked = await withoutMarkers(deps, batchId, rows)
  const keys = await keyRing.caseKeys(unmarked.map(({ id }) => id))
  if (keys.size === 0) return
  const wrapped = await wrappedKeys(deps, [...keys.keys()])
  const sealed = new Map<string, Uint8Array>()
  const batchKey = await keyRing.markerKey(batchId)
  for (const row of unmarked) {
    const key = keys.get(row.id)
    const record = key === undefined ? null : tryRowToCase({ cipher, key }, row)
    if (record === null) continue
    const markers = distinctMarkers([
      ...caseMarkers(record.case),
      ...(await contentMarkers(deps, record.case)),
      ...bytesMarker('case_key', wrapped.get(row.id) ?? new Uint8Array())
    ])
    sealed.set(row.id, cipher.seal(batchKey, packMarkers(markers), contextOf(batchId, row.id)))
  }
  await pool.query(
    `INSERT INTO batch_markers (batch_id, case_id, sealed)
     SELECT $1, case_id, sealed FROM unnest($2::uuid[], $3::bytea[]) AS given (case_id, sealed) ON CONFLICT DO NOTHING`,
    [batchId, [...sealed.keys()], [...sealed.values()]]
  )
}

async function withoutMarkers(
  { pool }: MarkerDeps,
  batchId: string,
  cases: readonly CaseRow[]
): Promise<readonly CaseRow[]> {
  if (cases.length === 0) return []
  const { rows } = await pool.query<{ case_id: string }>(
    'SELECT case_id FROM batch_markers WHERE batch_id = $1 AND case_id = ANY($2::uuid[])',
    [batchId, cases.map(({ id }) => id)]
  )
  const known = new Set(rows.map(({ case_id }) => case_id))
  return cases.filter(({ id }) => !known.has(id))
}

const contextOf = (batchId: string, caseId: string): string => `markers:${batchId}:${caseId}`

async function wrappedKeys({ keysPool }: MarkerDeps, caseIds: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { rows } = await keysPool.query<{ case_id: string; wrapped: Uint8Array }>(
    'SELECT case_id, wrapped FROM case_keys WHERE case_id = ANY($1::uuid[])',
    [caseIds]
  )
  return new Map(rows.map((row) => [row.case_id, row.wrapped]))
}

/** Of the first piece of each paper that is here. One after the other: a case may have 30 of 256 KiB. */
async function contentMarkers({ pool, cipher }: MarkerDeps, { id, documents }: Case): Promise<Marker[]> {
  const markers: Marker[] = []
  for (const { documentId, key, chunks } of documents) {
    const { rows } = await pool.query<{ content: Uint8Array }>(
      'SELECT content FROM document_chunks WHERE case_id = $1 AND sha256 = $2',
      [id, Buffer.from(chunks[0] ?? '', 'hex')]
    )
    const place = { documentId, no: 0 }
    const content = rows[0] && openChunk(cipher, Buffer.from(key, 'base64'), rows[0].content, place)
    markers.push(...documentMarkers(content ?? new Uint8Array()))
  }
  return markers
}

export interface BatchMarkers {
  /** Each once. */
  readonly markers: readonly Marker[]
  /** Cases that the batch destroyed. */
  readonly cases: number
  /** Of them those of which no markers are known. */
  readonly unmarked: number
}

/** What the verification looks for. A case key that no key of the centre opens any more proves nothing and is left out. */
export async function readMarkers(
  deps: MarkerDeps & { readonly openCaseKey: CaseKeyOpener },
  batchId: string
): Promise<BatchMarkers> {
  const { pool, cipher, keyRing } = deps
  const caseIds = await destroyedBy(pool, batchId)
  const { rows } = await pool.query<{ case_id: string; sealed: Uint8Array }>(
    'SELECT case_id, sealed FROM batch_markers WHERE batch_id = $1 ORDER BY case_id',
    [batchId]
  )
  const batchKey = rows.length === 0 ? null : await keyRing.markerKey(batchId)
  const found: Marker[] = []
  let marked = 0
  for (const { case_id: caseId, sealed } of rows) {
    const packed = batchKey === null ? null : cipher.open(batchKey, sealed, contextOf(batchId, caseId))
    if (packed === null || !caseIds.has(caseId)) continue // a case that dropped out, or keys that were set back
    marked += 1
    for (const marker of unpackMarkers(packed))
      if (marker.kind !== 'case_key' || deps.openCaseKey(caseId, marker.bytes) !== null) found.push(marker)
  }
  return { markers: distinctMarkers(found), cases: caseIds.size, unmarked: caseIds.size - marked }
}

export async function destroyedBy(db: Queryable, batchId: string): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ case_id: string }>(
    `SELECT i.case_id FROM destruction_items i JOIN tombstones t ON t.case_id = i.case_id AND t.reason = 'destroyed'
     WHERE i.batch_id = $1 AND i.item->'exclusion' = 'null'`,
    [batchId]
  )
  return new Set(rows.map(({ case_id }) => case_id))
}

/** The verification is closed: nothing will be looked for any more. The key goes first, and what is left is noise. */
export async function destroyMarkers(
  { pool, keyRing }: { readonly pool: Queryable; readonly keyRing: Pick<Centre['keyRing'], 'destroyMarkerKey'> },
  batchId: string
): Promise<void> {
  await keyRing.destroyMarkerKey(batchId)
  await pool.query('DELETE FROM batch_markers WHERE batch_id = $1', [batchId])
}
