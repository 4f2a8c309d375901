import type { Cipher } from '#shared/cipher/cipher.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import { tryOpenSealedCase } from '../cases/case-rows.ts'
import type { Pool } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type GoneRow, readGoneLines } from './gone-lines.ts'

export interface PageDeps {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
}

/** A stretch of a district's stream. */
export interface Bounds {
  readonly districtCode: string
  readonly cursor: number
  readonly end: number
}

/** Cases read, opened and sent at a time: what a pull needs in memory. */
export const PAGE_CHANGES = 500

export async function countChanges(pool: Pool, { districtCode, cursor, end }: Bounds): Promise<number> {
  const { rows } = await pool.query<{ total: number }>({
    name: 'count-changes',
    text: `SELECT (SELECT count(*) FROM cases WHERE district_code = $1 AND seq > $2 AND seq <= $3)
          + (SELECT count(*) FROM gone_lines WHERE district_code = $1 AND seq > $2 AND seq <= $3) AS total`,
    values: [districtCode, cursor, end]
  })
  return rows[0]?.total ?? 0
}

/** A case on its way: PostgreSQL writes the line around the sealed part. */
type ChangeRow = [id: string, seq: number, head: string, sealed: Uint8Array, tail: string]

export interface Page {
  readonly rows: readonly ChangeRow[]
  readonly gone: readonly GoneRow[]
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

export async function readPage(
  { pool, keyRing }: PageDeps,
  { districtCode, cursor, end, limit }: Bounds & { readonly limit: number }
): Promise<Page> {
  const values = [districtCode, cursor, end, limit]
  const { rows } = await pool.query<ChangeRow>({ name: 'change-page', text: PAGE, values, rowMode: 'array' })
  const last = rows.at(-1)
  const casesTo = last === undefined || rows.length < limit ? end : last[1]
  const gone = await readGoneLines(pool, { districtCode, cursor, end: casesTo, limit })
  const reached = gone.length < limit ? casesTo : (gone.at(-1)?.seq ?? casesTo)
  const read = rows.filter(([, seq]) => seq <= reached)
  return { rows: read, gone, keys: await keyRing.caseKeys(read.map(([id]) => id)), cursor: reached }
}

/** A page as lines. */
export interface PageLines {
  readonly lines: Uint8Array
  readonly changes: number
  readonly cursor: number
}

export async function readLines(deps: PageDeps, bounds: Bounds & { readonly limit: number }): Promise<PageLines> {
  const page = await readPage(deps, bounds)
  return { lines: pageLines(deps, page), changes: page.rows.length + page.gone.length, cursor: page.cursor }
}

const encoder = new TextEncoder()
export const pullLine = (content: Exclude<PullLine, { type: 'case' }>): Uint8Array =>
  encoder.encode(`${JSON.stringify(content)}\n`)
const AFTER_BRACE = 1

/**
 * One page of lines in the order of the stream. The sealed part is JSON already: it is joined to the clear part without
 * being parsed. A case without its key, or with one that does not open it, is named and holds up nobody.
 */
export function pageLines(deps: Pick<PageDeps, 'cipher'>, { rows, gone, keys }: Page): Uint8Array {
  const parts: Uint8Array[] = []
  let nextGone = 0
  const putGoneBefore = (seq: number) => {
    for (let row = gone[nextGone]; row !== undefined && row.seq < seq; row = gone[nextGone]) {
      parts.push(pullLine({ type: 'gone', seq: row.seq, caseId: row.caseId, reason: row.reason }))
      nextGone += 1
    }
  }
  for (const [id, seq, head, sealed, tail] of rows) {
    putGoneBefore(seq)
    const key = keys.get(id)
    const opened = key === undefined ? null : tryOpenSealedCase({ cipher: deps.cipher, key }, { id, sealed })
    if (opened === null) parts.push(pullLine({ type: 'unreadable', seq, caseId: id }))
    else parts.push(Buffer.from(head), opened.subarray(AFTER_BRACE), Buffer.from(tail))
  }
  putGoneBefore(Number.POSITIVE_INFINITY)
  return Buffer.concat(parts)
}
