import { readAnchor } from '#shared/domain/access-log/anchor.ts'
import { type ExportLine, exportMessage, nextChecksum } from '#shared/domain/access-log/export-format.ts'
import type { LineMark } from '#shared/domain/access-log/judge-line.ts'
import type { Queryable } from '../db/pool.ts'
import { ed25519 } from '../keys/sodium.ts'
import { type AnchorDeps, anchorLogs, type KeptAnchor } from './anchors.ts'
import { lastRemoval } from './remove-old-lines.ts'

export interface ExportPeriod {
  readonly districtCode: string
  /** null: from the beginning. */
  readonly from: string | null
  readonly to: string
}

export interface Exported {
  readonly no: number
  readonly lines: number
  readonly anchors: number
  readonly checksum: string
}

/** Lines that are in memory at a time. */
const PAGE = 500

/**
 * Writes what came of the district's access logs in a period, from the last anchor before it to the first one after it, so
 * that whoever reads the file can count the lines by the anchors. What is there now is anchored first. null: no line of the
 * district has ever come, so there is nothing to be signed.
 */
export async function exportLog(
  deps: AnchorDeps,
  period: ExportPeriod,
  write: (text: string) => Promise<void>
): Promise<Exported | null> {
  await anchorLogs(deps, period.districtCode)
  const removed = await lastRemoval(deps.pool, period.districtCode)
  const { goesOn, anchors } = await anchorsOf(deps.keysPool, period, removed)
  if (anchors.length === 0) return null
  const no = await beginExport(deps, period)
  let checksum: Uint8Array = new Uint8Array(32)
  let lines = 0
  const put = async (line: ExportLine): Promise<void> => {
    const text = JSON.stringify(line)
    checksum = nextChecksum(deps.cipher, checksum, text)
    await write(`${text}\n`)
  }
  const { centreId } = deps
  await put({ type: 'export', format: 1, no, at: deps.now(), centreId, ...period, goesOn })
  for (const { body, signature } of anchors) await put({ type: 'anchor', body, signature: hex(signature) })
  for await (const page of linesBetween(deps.pool, goesOn === 'anchor' ? anchors[0] : undefined, anchors)) {
    lines += page.length
    for (const line of page) await put(line)
  }
  const { publicKey, secretKey } = deps.keyRing.anchorKeys
  const sum = hex(checksum)
  const signature = hex(ed25519.sign(secretKey, exportMessage(sum)))
  await write(`${JSON.stringify({ type: 'end', lines, checksum: sum, publicKey: hex(publicKey), signature })}\n`)
  await deps.pool.query('UPDATE access_exports SET lines = $2, checksum = $3 WHERE no = $1', [no, lines, checksum])
  return { no, lines, anchors: anchors.length, checksum: sum }
}

async function beginExport({ pool, now }: AnchorDeps, { districtCode, from, to }: ExportPeriod): Promise<number> {
  const { rows } = await pool.query<{ no: number }>(
    'INSERT INTO access_exports (district_code, begun_at, from_at, to_at) VALUES ($1, $2, $3, $4) RETURNING no',
    [districtCode, now(), from, to]
  )
  return rows[0]?.no ?? 0
}

/**
 * From the last one that is not after the beginning, to the first that is not before the end. Lines that were removed after
 * their term are not there: it begins with the anchor up to which they are gone.
 */
async function anchorsOf(
  keys: Queryable,
  { districtCode, from, to }: ExportPeriod,
  removed: number | null
): Promise<{ goesOn: 'beginning' | 'anchor'; anchors: KeptAnchor[] }> {
  const { rows } = await keys.query<KeptAnchor & { is_start: boolean }>(
    `WITH bounds AS (
       SELECT greatest($4::bigint, (SELECT max(no) FROM access_anchors WHERE district_code = $1 AND at <= $2)) AS first,
         (SELECT max(no) FROM access_anchors WHERE district_code = $1 AND at =
           (SELECT min(at) FROM access_anchors WHERE district_code = $1 AND at >= $3)) AS last)
     SELECT no, at, body, signature, no IS NOT DISTINCT FROM bounds.first AS is_start
     FROM access_anchors, bounds
     WHERE district_code = $1 AND no >= coalesce(bounds.first, 0) AND (bounds.last IS NULL OR no <= bounds.last)
     ORDER BY no`,
    [districtCode, from, to, removed]
  )
  return { goesOn: rows[0]?.is_start === true ? 'anchor' : 'beginning', anchors: rows }
}

/** Chain by chain: what came after the first anchor, as far as any other counts. */
async function* linesBetween(
  db: Queryable,
  start: KeptAnchor | undefined,
  anchors: readonly KeptAnchor[]
): AsyncGenerator<Array<Extract<ExportLine, { type: 'line' }>>> {
  const from = countsOf(start === undefined ? [] : [start])
  for (const [name, { deviceId, chain, lines }] of countsOf(anchors)) {
    for (let place = from.get(name)?.lines ?? 0; place < lines; place += PAGE) {
      const page = await linesOf(db, { deviceId, chain, after: place, upTo: Math.min(place + PAGE, lines) })
      if (page.length > 0) yield page
    }
  }
}

/** The most that one of the anchors counts of each chain. */
function countsOf(anchors: readonly KeptAnchor[]) {
  const counts = new Map<string, { deviceId: string; chain: string; lines: number }>()
  for (const { body } of anchors) {
    for (const { deviceId, chain, lines } of readAnchor(body)?.chains ?? []) {
      const name = `${deviceId}/${chain}`
      counts.set(name, { deviceId, chain, lines: Math.max(lines, counts.get(name)?.lines ?? 0) })
    }
  }
  return counts
}

async function linesOf(
  db: Queryable,
  { deviceId, chain, after, upTo }: { deviceId: string; chain: string; after: number; upTo: number }
): Promise<Array<Extract<ExportLine, { type: 'line' }>>> {
  const { rows } = await db.query<{
    place: number
    no: number
    body: string
    previousHash: Uint8Array
    hash: Uint8Array
    receivedAt: string
    marks: LineMark[]
  }>(
    `SELECT place, no, body, previous_hash AS "previousHash", hash, received_at AS "receivedAt", marks
     FROM access_lines WHERE device_id = $1 AND chain = decode($2, 'hex') AND place > $3 AND place <= $4 ORDER BY place`,
    [deviceId, chain, after, upTo]
  )
  return rows.map(({ previousHash, hash, ...line }) => ({
    ...{ type: 'line', deviceId, chain, ...line },
    ...{ previousHash: hex(previousHash), hash: hex(hash) }
  }))
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
