import type { Cipher } from '#shared/cipher/cipher.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import { tryOpenSealedCase } from '../cases/case-rows.ts'
import type { Pool } from '../db/pool.ts'
import { newestMissing } from '../documents/missing-chunks.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { readStand, type Stand } from '../restore/gate.ts'
import { signReceipt } from '../restore/receipt.ts'
import { staffUnlessKnown } from './district-staff.ts'
import { type GoneRow, readGoneLines } from './gone-lines.ts'
import type { SingleFlight } from './single-flight.ts'

export interface ChangeStreamDeps extends TimeDep {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
  readonly centreId: string
  /** A change makes all desks of a district ask for the same page at once: it is read and opened for all of them. */
  readonly sharedPages: SingleFlight<Page>
  /** Cases read, opened and sent at a time: what a pull needs in memory. */
  readonly pageSize?: number
}

export interface ChangeRange {
  readonly districtCode: string
  readonly deviceId: string
  readonly cursor: number
  readonly limit: number
  /** The tag of the staff that the reader knows; absent: it asks for cases alone. */
  readonly staff?: string | undefined
}

/**
 * The lines of a pull as pieces of NDJSON. Each page is a query of its own up to the stream's end at the start, so a
 * slow or vanished desk holds no transaction open; a case that changes meanwhile moves behind that end and comes with
 * the next pull.
 */
export async function* changeStream(deps: ChangeStreamDeps, range: ChangeRange): AsyncGenerator<Uint8Array> {
  const { pool, centreId, pageSize = 500, now } = deps
  const stand = await readStand(pool, range)
  const end = stand.streamEnd
  const total = Math.min(await countChanges(pool, { ...range, end }), range.limit)
  const { generation, deviceSeq } = stand
  const missingChunk = (await newestMissing(pool)) || undefined
  yield line({ type: 'start', centreId, total, generation, deviceSeq, missingChunk })
  const staff = range.staff === undefined ? null : await staffUnlessKnown(pool, { ...range, knownTag: range.staff })
  if (staff !== null) yield line({ type: 'staff', ...staff })
  const readFrom = (cursor: number, left: number): Promise<Page> | null => {
    if (left <= 0 || cursor >= end) return null
    const bounds = { ...range, cursor, end, limit: Math.min(pageSize, left) }
    const key = `${range.districtCode} ${cursor} ${end} ${bounds.limit}`
    return deps.sharedPages(key, () => readPage(deps, bounds))
  }
  let left = range.limit
  let reading = readFrom(range.cursor, left)
  let cursor = Math.min(range.cursor, end) // a desk that is ahead learns by it that this centre was set back
  while (reading !== null) {
    const page: Page = await reading
    left -= page.changes
    cursor = page.cursor
    reading = readFrom(cursor, left) // PostgreSQL reads the next page while this one is opened and sent
    reading?.catch(() => undefined) // a fault is thrown where the page is awaited, also when that comes later
    if (page.changes > 0) yield page.lines
  }
  yield line({ type: 'end', cursor, serverTime: now(), receipt: receiptOf(deps, range, { stand, cursor }) })
}

function receiptOf(deps: ChangeStreamDeps, range: ChangeRange, { stand, cursor }: { stand: Stand; cursor: number }) {
  const { districtCode, deviceId } = range
  const { generation, deviceSeq } = stand
  return signReceipt(deps, { generation, cursor, deviceSeq, districtCode, deviceId })
}

type Bounds = Pick<ChangeRange, 'districtCode' | 'cursor'> & { readonly end: number }

async function countChanges(pool: Pool, { districtCode, cursor, end }: Bounds): Promise<number> {
  const { rows } = await pool.query<{ total: number }>(
    `SELECT (SELECT count(*) FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3)
          + (SELECT count(*) FROM gone_lines WHERE district_code = $1 AND seq > $2 AND seq <= $3) AS total`,
    [districtCode, cursor, end]
  )
  return rows[0]?.total ?? 0
}

/** A case on its way: PostgreSQL writes the line around the sealed part. */
type ChangeRow = [id: string, seq: number, head: string, sealed: Uint8Array, tail: string]

export interface Page {
  readonly lines: Uint8Array
  readonly changes: number
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
  deps: ChangeStreamDeps,
  { districtCode, cursor, end, limit }: Bounds & { readonly limit: number }
): Promise<Page> {
  const { pool, keyRing } = deps
  const values = [districtCode, cursor, end, limit]
  const { rows } = await pool.query<ChangeRow>({ name: 'change-page', text: PAGE, values, rowMode: 'array' })
  const last = rows.at(-1)
  const casesTo = last === undefined || rows.length < limit ? end : last[1]
  const gone = await readGoneLines(pool, { districtCode, cursor, end: casesTo, limit })
  const reached = gone.length < limit ? casesTo : (gone.at(-1)?.seq ?? casesTo)
  const read = rows.filter(([, seq]) => seq <= reached)
  const keys = await keyRing.caseKeys(read.map(([id]) => id))
  return { lines: pageLines(deps, { rows: read, gone, keys }), changes: read.length + gone.length, cursor: reached }
}

const encoder = new TextEncoder()
const line = (content: Exclude<PullLine, { type: 'case' }>): Uint8Array =>
  encoder.encode(`${JSON.stringify(content)}\n`)
const AFTER_BRACE = 1

/**
 * One page of lines in the order of the stream. The sealed part is JSON already: it is joined to the clear part without
 * being parsed. A case without its key, or with one that does not open it, is named and holds up nobody.
 */
function pageLines(
  deps: ChangeStreamDeps,
  { rows, gone, keys }: { rows: readonly ChangeRow[]; gone: readonly GoneRow[]; keys: ReadonlyMap<string, Uint8Array> }
): Uint8Array {
  const parts: Uint8Array[] = []
  let nextGone = 0
  const putGoneBefore = (seq: number) => {
    for (let row = gone[nextGone]; row !== undefined && row.seq < seq; row = gone[nextGone]) {
      parts.push(line({ type: 'gone', seq: row.seq, caseId: row.caseId, reason: row.reason }))
      nextGone += 1
    }
  }
  for (const [id, seq, head, sealed, tail] of rows) {
    putGoneBefore(seq)
    const key = keys.get(id)
    const opened = key === undefined ? null : tryOpenSealedCase({ cipher: deps.cipher, key }, { id, sealed })
    if (opened === null) parts.push(line({ type: 'unreadable', seq, caseId: id }))
    else parts.push(Buffer.from(head), opened.subarray(AFTER_BRACE), Buffer.from(tail))
  }
  putGoneBefore(Number.POSITIVE_INFINITY)
  return Buffer.concat(parts)
}
