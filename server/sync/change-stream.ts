import type { Cipher } from '#shared/cipher/cipher.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import { openSealedCase } from '../cases/case-rows.ts'
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
  const { pool, centreId, pageSize = 500, now } = deps
  const end = await streamEnd(pool, range.districtCode)
  const total = Math.min(await countChanges(pool, { ...range, end }), range.limit)
  yield line({ type: 'start', centreId, total })
  const readFrom = (cursor: number, left: number) =>
    left > 0 && cursor < end ? readPage(deps, { ...range, cursor, end, limit: Math.min(pageSize, left) }) : null
  let left = range.limit
  let reading = readFrom(range.cursor, left)
  let cursor = Math.min(range.cursor, end) // a desk that is ahead learns by it that this centre was set back
  while (reading !== null) {
    const page: Page = await reading
    left -= page.rows.length
    cursor = page.cursor
    reading = readFrom(cursor, left) // PostgreSQL reads the next page while this one is opened and sent
    reading?.catch(() => undefined) // a fault is thrown where the page is awaited, also when that comes later
    if (page.rows.length > 0) yield caseLines(deps, page)
  }
  yield line({ type: 'end', cursor, serverTime: now() })
}

type Bounds = Pick<ChangeRange, 'districtCode' | 'cursor'> & { readonly end: number }

async function countChanges(pool: Pool, { districtCode, cursor, end }: Bounds): Promise<number> {
  const { rows } = await pool.query<{ total: number }>(
    'SELECT count(*) AS total FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3',
    [districtCode, cursor, end]
  )
  return rows[0]?.total ?? 0
}

/** A case on its way: PostgreSQL writes the line around the sealed part. */
type ChangeRow = [id: string, seq: number, head: string, sealed: Uint8Array, tail: string]

interface Page {
  readonly rows: readonly ChangeRow[]
  readonly keys: ReadonlyMap<string, Uint8Array>
  /** How far the stream is read with this page. */
  readonly cursor: number
}

/** The names and order of the clear fields are those of `clearPartOf`; the last brace of the object is left open. */
const PAGE = `
SELECT id, seq,
  '{"type":"case","seq":' || seq || ',"record":{"case":' || rtrim(json_build_object(
    'id', id, 'applicationNo', application_no, 'districtCode', district_code, 'dongCode', dong_code,
    'service', service, 'state', state, 'appliedOn', applied_on, 'dueOn', due_on, 'assigneeId', assignee_id
  )::text, '}') || ',',
  sealed,
  ',"rev":' || rev || ',"fieldRevs":' || field_revs || E'}}\\n'
FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`

async function readPage(
  { pool, keyRing }: ChangeStreamDeps,
  { districtCode, cursor, end, limit }: Bounds & { readonly limit: number }
): Promise<Page> {
  const values = [districtCode, cursor, end, limit]
  const { rows } = await pool.query<ChangeRow>({ name: 'change-page', text: PAGE, values, rowMode: 'array' })
  const keys = await keyRing.caseKeys(rows.map(([id]) => id))
  const last = rows.at(-1)
  return { rows, keys, cursor: last === undefined || rows.length < limit ? end : last[1] }
}

const encoder = new TextEncoder()
const line = (content: Exclude<PullLine, { type: 'case' }>): Uint8Array =>
  encoder.encode(`${JSON.stringify(content)}\n`)
const AFTER_BRACE = 1

/** One page of `case` lines. The sealed part is JSON already: it is joined to the clear part without being parsed. */
function caseLines({ cipher }: ChangeStreamDeps, { rows, keys }: Page): Uint8Array {
  const parts: Uint8Array[] = []
  for (const [id, , head, sealed, tail] of rows) {
    const key = keys.get(id)
    if (key === undefined) throw new Error(`case ${id} has no key`)
    const opened = openSealedCase({ cipher, key }, { id, sealed })
    parts.push(Buffer.from(head), opened.subarray(AFTER_BRACE), Buffer.from(tail))
  }
  return Buffer.concat(parts)
}
