import type { Cipher } from '#shared/cipher/cipher.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import { type CaseRow, clearPartOf, openSealedCase } from '../cases/case-rows.ts'
import type { Pool } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { streamEnd } from './district-stream.ts'

export interface ChangeStreamDeps extends TimeDep {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
  readonly centreId: string
  /** Cases read, opened and sent at a time: what a pull needs in memory. */
  readonly pageSize?: number
}

export interface ChangeRange {
  readonly districtCode: string
  readonly cursor: number
  readonly limit: number
}

/**
 * The lines of a pull as pieces of NDJSON. Each page is a query of its own up to the stream's end at the start, so a
 * slow or vanished desk holds no transaction open; a case that changes meanwhile moves behind that end and comes with
 * the next pull.
 */
export async function* changeStream(deps: ChangeStreamDeps, range: ChangeRange): AsyncGenerator<Uint8Array> {
  const { pool, centreId, pageSize = 1_000, now } = deps
  const end = await streamEnd(pool, range.districtCode)
  const total = Math.min(await countChanges(pool, { ...range, end }), range.limit)
  yield line({ type: 'start', centreId, total })
  let cursor = range.cursor
  let left = range.limit
  while (left > 0 && cursor < end) {
    const limit = Math.min(pageSize, left)
    const rows = await readPage(pool, { districtCode: range.districtCode, cursor, end, limit })
    if (rows.length > 0) yield await caseLines(deps, rows)
    left -= rows.length
    cursor = rows.length < limit ? end : (rows.at(-1)?.seq ?? end)
  }
  yield line({ type: 'end', cursor: Math.max(cursor, range.cursor), serverTime: now() })
}

type Bounds = Pick<ChangeRange, 'districtCode' | 'cursor'> & { readonly end: number }

async function countChanges(pool: Pool, { districtCode, cursor, end }: Bounds): Promise<number> {
  const { rows } = await pool.query<{ total: number }>(
    'SELECT count(*) AS total FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3',
    [districtCode, cursor, end]
  )
  return rows[0]?.total ?? 0
}

/** A case as the stream reads it: the revisions stay text, they are passed on as they are. */
type ChangeRow = Omit<CaseRow, 'field_revs'> & { field_revs_json: string }

async function readPage(
  pool: Pool,
  { districtCode, cursor, end, limit }: Bounds & { readonly limit: number }
): Promise<ChangeRow[]> {
  const { rows } = await pool.query<ChangeRow>({
    name: 'change-page',
    text: `SELECT id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, seq,
             field_revs::text AS field_revs_json, sealed
           FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
    values: [districtCode, cursor, end, limit]
  })
  return rows
}

const encoder = new TextEncoder()
const line = (content: Exclude<PullLine, { type: 'case' }>): Uint8Array =>
  encoder.encode(`${JSON.stringify(content)}\n`)

/**
 * One page of `case` lines. The sealed part is JSON already: it is joined to the clear part as bytes, without being
 * parsed and written again.
 */
async function caseLines({ keyRing, cipher }: ChangeStreamDeps, rows: readonly ChangeRow[]): Promise<Uint8Array> {
  const keys = await keyRing.caseKeys(rows.map((row) => row.id))
  const parts: Uint8Array[] = []
  for (const row of rows) {
    const key = keys.get(row.id)
    if (key === undefined) throw new Error(`case ${row.id} has no key`)
    const clear = JSON.stringify(clearPartOf(row))
    parts.push(
      encoder.encode(`{"type":"case","seq":${row.seq},"record":{"case":${clear.slice(0, -1)},`),
      openSealedCase({ cipher, key }, row).subarray(1),
      encoder.encode(`,"rev":${row.rev},"fieldRevs":${row.field_revs_json}}}\n`)
    )
  }
  return Buffer.concat(parts)
}
