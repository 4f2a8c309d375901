import type { TimeDep } from '#shared/foundation/deps.ts'
import { newestMissing } from '../documents/missing-chunks.ts'
import { readStand, type Stand } from '../restore/gate.ts'
import { signReceipt } from '../restore/receipt.ts'
import { batchLines } from './batch-lines.ts'
import { countChanges, PAGE_CHANGES, type PageDeps, type PageLines, pullLine, readLines } from './change-page.ts'
import { staffUnlessKnown } from './district-staff.ts'
import type { SingleFlight } from './single-flight.ts'

export interface ChangeStreamDeps extends TimeDep, PageDeps {
  readonly centreId: string
  /** A change makes all desks of a district ask for the same page at once: it is read and opened for all of them. */
  readonly sharedPages: SingleFlight<PageLines>
  readonly pageSize?: number
}

export interface ChangeRange {
  readonly districtCode: string
  readonly deviceId: string
  readonly cursor: number
  readonly limit: number
  /** The tag of the staff that the reader knows; absent: it asks for cases alone. */
  readonly staff?: string | undefined
  /** How far the reader has the destruction batches; absent: it asks for none. */
  readonly batches?: number | undefined
}

/** What is known of a pull before its first change is read. */
export interface PullOpening {
  readonly stand: Stand
  /** Changes to come. */
  readonly total: number
  /** The lines that stand before them. */
  readonly lines: Uint8Array
}

export async function openPull(deps: ChangeStreamDeps, range: ChangeRange): Promise<PullOpening> {
  const { pool, centreId } = deps
  const stand = await readStand(pool, range)
  const { generation, deviceSeq, streamEnd: end } = stand
  const total = Math.min(await countChanges(pool, { ...range, end }), range.limit)
  const missingChunk = (await newestMissing(pool)) || undefined
  const start = pullLine({ type: 'start', centreId, total, generation, deviceSeq, missingChunk })
  const staff = range.staff === undefined ? null : await staffUnlessKnown(pool, { ...range, knownTag: range.staff })
  return { stand, total, lines: staff === null ? start : Buffer.concat([start, pullLine({ type: 'staff', ...staff })]) }
}

/**
 * The lines of a pull as pieces of NDJSON. Each page is a query of its own up to the stream's end at the start, so a
 * slow or vanished desk holds no transaction open; a case that changes meanwhile moves behind that end and comes with
 * the next pull.
 */
export async function* changeStream(
  deps: ChangeStreamDeps,
  range: ChangeRange,
  opened?: PullOpening
): AsyncGenerator<Uint8Array> {
  const { pageSize = PAGE_CHANGES } = deps
  const opening = opened ?? (await openPull(deps, range))
  const end = opening.stand.streamEnd
  yield opening.lines
  const readFrom = (cursor: number, left: number): Promise<PageLines> | null => {
    if (left <= 0 || cursor >= end) return null
    const bounds = { ...range, cursor, end, limit: Math.min(pageSize, left) }
    const key = `${range.districtCode} ${cursor} ${end} ${bounds.limit}`
    return deps.sharedPages(key, () => readLines(deps, bounds))
  }
  let left = range.limit
  let reading = readFrom(range.cursor, left)
  let cursor = Math.min(range.cursor, end) // a desk that is ahead learns by it that this centre was set back
  while (reading !== null) {
    const page: PageLines = await reading
    left -= page.changes
    cursor = page.cursor
    reading = readFrom(cursor, left) // PostgreSQL reads the next page while this one is opened and sent
    reading?.catch(() => undefined) // a fault is thrown where the page is awaited, also when that comes later
    if (page.changes > 0) yield page.lines
  }
  yield* batchesUpTo(deps, range, cursor)
  yield endLine(deps, range, { stand: opening.stand, cursor })
}

/** The destruction batches of a pull that has come this far. */
export async function* batchesUpTo(
  { pool }: Pick<ChangeStreamDeps, 'pool'>,
  { districtCode, batches }: ChangeRange,
  end: number
): AsyncGenerator<Uint8Array> {
  if (batches !== undefined) yield* batchLines(pool, { districtCode, cursor: batches, end })
}

/** The last line of a pull that has come this far. */
export function endLine(
  deps: ChangeStreamDeps,
  { districtCode, deviceId }: ChangeRange,
  { stand, cursor }: { stand: Stand; cursor: number }
): Uint8Array {
  const { generation, deviceSeq } = stand
  const receipt = signReceipt(deps, { generation, cursor, deviceSeq, districtCode, deviceId })
  return pullLine({ type: 'end', cursor, serverTime: deps.now(), receipt })
}
