import type { ChainLine } from '#shared/domain/access-log/access-chain.ts'
import { type AccessLogLine, MAX_LINES_A_LOG, MAX_LOG_BYTES, MAX_LOG_POINTS } from '#shared/sync-protocol/access-log.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMeta, writeMeta } from '../db/meta.ts'
import { newestLine } from './access-log.ts'

/** Lines that are in memory at a time. */
const PAGE = 100
/** A character of JSON takes at most three bytes. */
const MAX_CHARACTERS = Math.floor(MAX_LOG_BYTES / 4)

/** Up to where the centre has the log; null: it has a line that is not here any more, and has to be asked. */
export function acknowledgedLine(db: ReadableDb): number | null {
  const noted = readMeta(db, META_KEYS.accessAcknowledged)
  if (noted === null) return 0
  const no = Number(noted.split(':')[0])
  return no === 0 || noted === `${no}:${hashAt(db, no)}` ? no : null
}

/** The centre has said so. A line that was cut off here since, and another in its place, is not what it has. */
export const noteAcknowledged = (tx: WriteTx, no: number): void =>
  writeMeta(tx, META_KEYS.accessAcknowledged, `${no}:${hashAt(tx, no) ?? ''}`)

/**
 * The lines of one request: which log it is, what of it the centre should have, and what follows, a piece at a time as the
 * line to the centre can take it. Nothing while the log is empty.
 */
export async function* logPieces(db: ReadableDb, deviceId: string): AsyncGenerator<string> {
  const chain = db.pluck<Uint8Array>('SELECT hash FROM access_log ORDER BY no LIMIT 1')
  if (chain === undefined) return
  const after = acknowledgedLine(db) ?? newestLine(db)
  const points = pointsFrom(db, after)
  let piece = lineOf({ type: 'start', deviceId, chain: hex(chain), newest: newestLine(db), points })
  let characters = piece.length
  let lines = 0
  for (let page = linesAfter(db, after); ; page = linesAfter(db, page.at(-1)?.no ?? 0)) {
    for (const { no, body, previousHash, hash } of page) {
      const line = lineOf({ type: 'line', no, body, previousHash: hex(previousHash), hash: hex(hash) })
      characters += line.length
      if (lines === MAX_LINES_A_LOG || (lines > 0 && characters > MAX_CHARACTERS)) return yield piece
      lines += 1
      piece += line
    }
    yield piece
    piece = ''
    if (page.length < PAGE) return
  }
}

/** The line of this number, the one before it, and ever longer steps back to the first. */
function pointsFrom(db: ReadableDb, no: number): Array<{ no: number; hash: string }> {
  const places = new Set<number>()
  for (let back = 0; back < no; back = back * 2 + 1) places.add(no - back)
  if (no > 0) places.add(1)
  return [...places].slice(0, MAX_LOG_POINTS).flatMap((place) => {
    const hash = hashAt(db, place)
    return hash === null ? [] : [{ no: place, hash }]
  })
}

function hashAt(db: ReadableDb, no: number): string | null {
  const hash = db.pluck<Uint8Array>('SELECT hash FROM access_log WHERE no = ?', no)
  return hash === undefined ? null : hex(hash)
}

const linesAfter = (db: ReadableDb, no: number): ChainLine[] =>
  db.all<{ no: number; body: string; previousHash: Uint8Array; hash: Uint8Array }>(
    'SELECT no, body, previous_hash AS previousHash, hash FROM access_log WHERE no > ? ORDER BY no LIMIT ?',
    ...[no, PAGE]
  )

const lineOf = (line: AccessLogLine): string => `${JSON.stringify(line)}\n`
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
