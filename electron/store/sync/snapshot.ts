import { PAGE_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import type { LaterDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import { chunkContext, PAGES_A_CHUNK, type SnapshotReady } from '#shared/sync-protocol/snapshot.ts'
import { caseById, putCase } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb, WriteTx } from '../db/database.ts'
import { META_KEYS, writeMeta } from '../db/meta.ts'
import type { StoreImage } from '../db/store-image.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { noteBulkReceived } from '../outbox/received.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import { unpackWhole, wholeEncoding } from './content-encoding.ts'
import { createTurns } from './turns.ts'

export interface SnapshotDeps extends LaterDep {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly signal: AbortSignal
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs: () => number
  readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void
  readonly onCases: (caseIds: readonly string[] | null) => void
  /** Ends whatever else reads the store's file. */
  readonly releaseFile: () => void
}

/** How a PC that has nothing got on with a copy of its district. But for `adopted` the stream brings everything. */
export type SnapshotEnd =
  | 'adopted'
  /** The centre has none for this PC. */
  | 'unavailable'
  /** The whole of it would be long in coming, and of a part nothing can be used. */
  | 'slow'
  /** What came was not what the centre had made. */
  | 'tampered'
  /** The tables in it are not those of this program. */
  | 'unfit'

/** A copy that is nearly ready is worth a moment; with the stream the first PC of an office has its first cases by then. */
const MOST_ASKED = 3

/**
 * Takes the district as a file that the centre has made ready, when it has one. A line that breaks is an error here as
 * everywhere: the next pull goes on at the part where this one stopped, as long as the copy stands.
 */
export async function receiveSnapshot(
  deps: SnapshotDeps,
  meet: () => Promise<Result<null, CentreFailure>>
): Promise<Result<SnapshotEnd, CentreFailure>> {
  const copy = await askForCopy(deps)
  if (copy === null) return deps.signal.aborted ? err({ type: 'Unreachable' }) : ok('unavailable')
  const met = await meet()
  if (!met.ok) return met
  return withDiskFullAsync(async () => {
    const image = deps.db.openImage(copy.snapshotId)
    let fetched: Result<Fetched, CentreFailure>
    try {
      fetched = await fetchParts(deps, copy, image)
      if (!fetched.ok) await image.mark()
    } finally {
      await image.close()
    }
    if (!fetched.ok) return fetched
    if (fetched.value !== 'whole') {
      deps.db.dropImage()
      return ok(fetched.value)
    }
    return ok(adopt(deps, copy))
  })
}

/** null: there is none to be had; a failure of the line shows when the stream is asked for. */
async function askForCopy({ client, later, signal }: SnapshotDeps): Promise<SnapshotReady | null> {
  for (let asked = 0; asked < MOST_ASKED && !signal.aborted; asked += 1) {
    const answer = await client.snapshot({ encoding: wholeEncoding, format: STORE_FORMAT }, signal)
    if (!answer.ok || answer.value.type === 'Unavailable') return null
    if (answer.value.type === 'Ready') return answer.value
    await pause(later, { ms: answer.value.retryAfterMs, signal })
  }
  return null
}

const pause = (later: LaterDep['later'], { ms, signal }: { ms: number; signal: AbortSignal }): Promise<void> =>
  new Promise((resolve) => {
    const callOff = later(ms, resolve)
    signal.addEventListener(
      'abort',
      () => {
        callOff()
        resolve()
      },
      { once: true }
    )
  })

/** Parts between two marks on the disk. */
const PARTS_A_MARK = 16
/** Parts that are asked for or unpacked while one is sealed: the line never waits, and no more memory is taken. */
const PARTS_ON_THE_WAY = 3

/** Longer than this nobody sits before a PC on which nothing can be found yet. */
const MOST_LEFT_MS = 20_000
/** Before, the first parts say little about the line. */
const JUDGED_AFTER_MS = 3000

type Part = Result<Uint8Array | 'tampered', CentreFailure>
type Fetched = 'whole' | 'slow' | 'tampered'

async function fetchParts(
  deps: SnapshotDeps,
  copy: SnapshotReady,
  image: StoreImage
): Promise<Result<Fetched, CentreFailure>> {
  const { signal, onProgress } = deps
  const turns = createTurns(deps.monotonicMs)
  const tell = (): void => {
    const done = Math.floor((copy.cases * image.parts) / copy.chunks.length)
    onProgress({ done, of: copy.cases })
  }
  const between = async (): Promise<void> => {
    if (turns.isOver()) await turns.letOthersIn()
  }
  const begun = { parts: image.parts, at: deps.monotonicMs() }
  const isSlow = (): boolean => {
    const elapsed = deps.monotonicMs() - begun.at
    const left = (elapsed / (image.parts - begun.parts)) * (copy.chunks.length - image.parts)
    return elapsed > JUDGED_AFTER_MS && left > MOST_LEFT_MS
  }
  let marking: Promise<void> = Promise.resolve()
  tell()
  for await (const part of partsFrom(deps, copy, image.parts)) {
    if (!part.ok) return part
    if (signal.aborted) return err({ type: 'Unreachable' })
    if (part.value === 'tampered') return ok('tampered')
    await image.append(part.value, between)
    if (image.parts % PARTS_A_MARK === 0) {
      await marking
      marking = image.mark()
    }
    tell()
    if (isSlow()) {
      await marking
      return ok('slow')
    }
  }
  await marking
  return ok('whole')
}

/** In their order, each fetched, opened and unpacked beside those before it; those on the way end with whoever takes them. */
async function* partsFrom(deps: SnapshotDeps, copy: SnapshotReady, first: number): AsyncGenerator<Part> {
  const leaving = new AbortController()
  const from = { client: deps.client, signal: AbortSignal.any([deps.signal, leaving.signal]) }
  const coming: Array<Promise<Part>> = []
  try {
    for (let no = first; no < copy.chunks.length || coming.length > 0; ) {
      for (; no < copy.chunks.length && coming.length < PARTS_ON_THE_WAY; no += 1) {
        coming.push(fetchPart(from, copy, no))
      }
      const next = await coming.shift()
      if (next !== undefined) yield next
    }
  } finally {
    leaving.abort()
  }
}

async function fetchPart(
  { client, signal }: Pick<SnapshotDeps, 'client' | 'signal'>,
  copy: SnapshotReady,
  no: number
): Promise<Part> {
  const part = await client.snapshotPart({ snapshotId: copy.snapshotId, no }, signal)
  return part.ok ? ok((await openPart(copy, no, part.value)) ?? 'tampered') : part
}

/** The plain pages; null: it is not the part that the centre has named, or is not sealed under the copy's key. */
async function openPart(
  { snapshotId, chunks, key }: SnapshotReady,
  no: number,
  sealed: Uint8Array
): Promise<Uint8Array | null> {
  if (Buffer.from(nodeCipher.sha256(sealed)).toString('hex') !== chunks[no]) return null
  const packed = nodeCipher.open(Buffer.from(key, 'base64'), sealed, chunkContext(snapshotId, no))
  if (packed === null) return null
  try {
    const pages = await unpackWhole(packed, PAGES_A_CHUNK * PAGE_BYTES)
    return pages.length > 0 && pages.length % PAGE_BYTES === 0 ? pages : null
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return null // no compressed bytes, or more of them than a part has
  }
}

function adopt({ db, onCases, releaseFile }: SnapshotDeps, copy: SnapshotReady): SnapshotEnd {
  releaseFile()
  const isAdopted = db.adoptImage((live, tx) => {
    takeAlong(live, tx)
    writeMeta(tx, META_KEYS.cursor, copy.cursor)
    noteBulkReceived(tx, copy.cursor)
  })
  if (!isAdopted) return 'unfit'
  onCases(null)
  return 'adopted'
}

/** What was taken in at this PC meanwhile: it waits, or the centre has it and the stream brings it again. */
function takeAlong(live: ReadableDb, tx: WriteTx): void {
  for (const { id } of live.all<{ id: string }>('SELECT lower(hex(id)) AS id FROM cases ORDER BY no')) {
    const caseId = `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`
    const here = caseById(live, caseId)
    if (here !== undefined && (here.waiting || caseById(tx, caseId) === undefined)) {
      putCase(tx, here.record, { waiting: here.waiting })
    }
  }
}

async function withDiskFullAsync<T>(work: () => Promise<Result<T, CentreFailure>>): Promise<Result<T, CentreFailure>> {
  try {
    return await work()
  } catch (error) {
    return withDiskFull((): Result<T, CentreFailure> => {
      throw error
    })
  }
}
