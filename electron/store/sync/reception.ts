import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { createBulkLoader } from '../db/case-rows.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMeta, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { waitingOfCase } from '../outbox/outbox.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { receiveCase, receiveGone } from '../outbox/settle.ts'
import type { CentreFailure } from './centre-failure.ts'
import type { ReadLine } from './pull-line.ts'

type Change = Extract<ReadLine, { type: 'case' | 'gone' }>

export interface ReceptionDeps extends TimeDep, PolicyDep {
  readonly db: StoreDb
  /** The centre has begun to answer, or a part of the answer is in the store. */
  readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void
  /** Cases that have changed at this PC; null: too many to name. */
  readonly onCases: (caseIds: readonly string[] | null) => void
}

/** What one pull has brought so far. */
export interface Reception {
  take(line: ReadLine): Result<null, CentreFailure>
  /** Enough lines lie ready for a transaction. */
  isFull(): boolean
  /** Puts what lies ready into the store, with the cursor it reaches, in one transaction. */
  store(): Result<null, CentreFailure>
  /** The stream is over: `Unreachable` when it broke off before its end. */
  close(): Result<null, CentreFailure>
}

/** Lines of one transaction: few enough that a person typing meanwhile does not notice. */
const CHUNK_LINES = 250
/** A long stream, mostly a first download, goes in by larger chunks and the fast way. */
const BULK_CHUNK_LINES = 5000
/** More changed cases than this are told as "many". */
const MOST_NAMED = 200

export function createReception(deps: ReceptionDeps): Reception {
  const { db } = deps
  let ready: Change[] = []
  let end: number | null = null
  let done = 0
  let of = 0

  const store = (): Result<null, CentreFailure> => {
    if (ready.length === 0) return ok(null)
    const chunk = ready
    ready = []
    const stored = withDiskFull(() => storeChunk(deps, chunk))
    if (!stored.ok) return stored
    done += chunk.length
    deps.onProgress({ done, of: Math.max(of, done) })
    deps.onCases(chunk.length > MOST_NAMED ? null : chunk.map(changedCase))
    return ok(null)
  }
  return {
    isFull: () => ready.length >= (of > BULK_CHUNK_LINES ? BULK_CHUNK_LINES : CHUNK_LINES),
    store,
    take: (line) => {
      switch (line.type) {
        case 'start':
          of = line.total
          deps.onProgress({ done, of })
          return meetCentre(db, line.centreId)
        case 'case':
        case 'gone':
          ready.push(line)
          return ok(null)
        case 'end':
          end = line.cursor
          return ok(null)
        case 'other':
          return ok(null)
        default:
          return assertNever(line)
      }
    },
    close: () => {
      const stored = store()
      if (!stored.ok) return stored
      const reached = end
      if (reached === null) return err({ type: 'Unreachable' })
      // Its stream ends before what this PC has: it was set back, and what was lost there would be missed here for ever.
      if (reached < readMetaNumber(db, META_KEYS.cursor)) return err({ type: 'OtherCentre' })
      return withDiskFull(() => db.write((tx) => storeEnd(tx, deps, reached)))
    }
  }
}

/**
 * Cases that nothing is known of here go the fast way, in a transaction of their own; the rest follows with the cursor.
 * After a crash between the two the same lines come again, and then everything is known.
 */
function storeChunk(deps: ReceptionDeps, chunk: readonly Change[]): Result<null, never> {
  const { db } = deps
  const fresh = chunk.length > CHUNK_LINES ? chunk.filter((change) => isUnknown(db, change)) : []
  if (fresh.length > 0) loadFresh(db, fresh)
  const loaded = new Set(fresh)
  return db.write((tx) => {
    for (const change of chunk) {
      if (change.type === 'gone') receiveGone(tx, change.caseId)
      else if (!loaded.has(change)) receiveCase(tx, deps, change.record)
    }
    const last = chunk.at(-1)
    if (last !== undefined) writeMeta(tx, META_KEYS.cursor, last.seq)
    return ok(null)
  })
}

const isUnknown = (db: StoreDb, change: Change): boolean =>
  change.type === 'case' &&
  db.pluck('SELECT no FROM cases WHERE id = ?', uuidToBlob(change.record.case.id)) === undefined &&
  waitingOfCase(db, change.record.case.id).length === 0

function loadFresh(db: StoreDb, fresh: readonly Change[]): void {
  const loader = createBulkLoader(db)
  try {
    for (const change of fresh) if (change.type === 'case') loader.add(change.record)
    loader.finish()
  } catch (error) {
    loader.abandon()
    throw error
  }
}

function storeEnd(tx: WriteTx, deps: ReceptionDeps, cursor: number): Result<null, never> {
  writeMeta(tx, META_KEYS.cursor, cursor)
  writeMeta(tx, META_KEYS.lastReceivedAt, deps.now())
  return ok(null)
}

/** The first centre met is this PC's centre; the cases of another must not be mixed in. */
export function meetCentre(db: StoreDb, centreId: string): Result<null, CentreFailure> {
  const known = readMeta(db, META_KEYS.centreId)
  if (known === centreId) return ok(null)
  if (known !== null) return err({ type: 'OtherCentre' })
  return withDiskFull(() =>
    db.write((tx) => {
      writeMeta(tx, META_KEYS.centreId, centreId)
      return ok(null)
    })
  )
}

const changedCase = (change: Change): string => (change.type === 'case' ? change.record.case.id : change.caseId)
