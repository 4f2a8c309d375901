import type { CaseRecord } from '#shared/domain/case/case.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ListedCase } from '#shared/store-format/case-columns.ts'
import { type CaseLoader, createCaseLoader, type LoadedCase } from '#shared/store-format/case-loader.ts'
import { type CasePage, type PackedCase, recordOfPacked } from '#shared/store-format/case-page.ts'
import { behindOf, putBehind } from '#shared/store-format/search-behind.ts'
import { isCaseRecord, type ReadLine, readPullLine } from '#shared/sync-protocol/read-pull-line.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { leaveLog, mergeLog } from '../db/journal.ts'
import type { LoadedRows } from '../db/list-gatherer.ts'
import { META_KEYS, readMeta, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { putBatchHead, putBatchItems } from '../destruction/batch-rows.ts'
import { type CentreSealDep, purgeSent } from '../outbox/journal.ts'
import { waitingCaseIds } from '../outbox/outbox.ts'
import { noteBulkReceived, noteReceived } from '../outbox/received.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { receiveCase, receiveGone } from '../outbox/settle.ts'
import { putStaff, type Staff } from '../staff/staff.ts'
import type { CentreFailure } from './centre-failure.ts'

type Change = Extract<ReadLine, { type: 'case' | 'gone' }>
type Gone = Extract<Change, { type: 'gone' }>
type Start = Extract<ReadLine, { type: 'start' }>
type BatchLine = Extract<ReadLine, { type: 'batch' | 'batch_items' }>
type End = Extract<ReadLine, { type: 'end' }>

export interface ReceptionDeps extends TimeDep, PolicyDep, CentreSealDep {
  readonly db: StoreDb
  /** The centre has begun to answer, or a part of the answer is in the store. */
  readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void
  /** Rows are in the store that are behind in the search index. */
  readonly onLoaded: (rows: LoadedRows) => void
  /** Cases that have changed at this PC; null: too many to name. */
  readonly onCases: (caseIds: readonly string[] | null) => void
  /** Destruction batches have changed at this PC. */
  readonly onBatches: () => void
  /** The names of the district's officials are others than before. */
  readonly onStaff: () => void
  /** Commands whose case is gone may have left the outbox. */
  readonly onErased: () => void
}

/** What one pull has brought so far. */
export interface Reception {
  take(line: ReadLine): Result<null, CentreFailure>
  /** Puts a packed page into the store, with the cursor it reaches; `between` gives the thread to whoever waits. */
  takePage(page: CasePage, between: () => Promise<void>): Promise<Result<null, CentreFailure>>
  /** Enough lines lie ready for a transaction. */
  isFull(): boolean
  /** So many cases have no search index yet that making it is worth the while. */
  isIndexFarBehind(): boolean
  /** Puts what lies ready into the store, with the cursor it reaches, in one transaction. */
  store(): Result<null, CentreFailure>
  /** The stream is over: `Unreachable` when it broke off before its end. */
  close(): Result<null, CentreFailure>
  /** Nothing more comes; may be said twice. */
  end(): void
}

/** Lines of one transaction: few enough that a person typing meanwhile does not notice. */
const CHUNK_LINES = 250
/** A long stream, mostly a first download, goes in by larger chunks and the fast way. */
const BULK_CHUNK_LINES = 1000
/** To erase a case costs more than to put one in. */
const GONE_LINES = 60
const LONG_STREAM = 5000
/** The index is made for at least so many cases at a time, and each time for as many as it has: every step rewrites it. */
const LEAST_INDEXED = 20_000
/** More changed cases than this are told as "many". */
const MOST_NAMED = 200

export function createReception(deps: ReceptionDeps): Reception {
  const { db } = deps
  const ready = createReady()
  let end: End | null = null
  let done = 0
  let of = 0
  let backToLog = (): void => undefined

  const isLong = (): boolean => of > LONG_STREAM
  const tellStored: TellStored = ({ rows, count, caseIds, hasGone }) => {
    if (rows.listed.length > 0) deps.onLoaded(rows)
    if (hasGone) {
      mergeLog(db.raw)
      deps.onErased()
    }
    done += count
    deps.onProgress({ done, of: Math.max(of, done) })
    deps.onCases(count > MOST_NAMED ? null : caseIds())
  }
  const store = (): Result<null, CentreFailure> => {
    const chunk = ready.take()
    if (chunk.length === 0) return ok(null)
    const stored = withDiskFull(() => storeChunk(deps, chunk, { isBulk: isLong() }))
    if (!stored.ok) return stored
    tellStored({ rows: stored.value, ...changesOf(chunk) })
    return ok(null)
  }
  return {
    isIndexFarBehind: () => isLong() && isFarBehind(db),
    isFull: () => ready.isFull(isLong() ? BULK_CHUNK_LINES : CHUNK_LINES),
    store,
    takePage: async (page, between) => {
      const before = store()
      return before.ok ? await takePage(deps, page, { tellStored, between }) : before
    },
    take: (line) => {
      switch (line.type) {
        case 'start':
          of = line.total
          deps.onProgress({ done, of })
          if (isLong()) backToLog = leaveLog(db.raw)
          return meetCentre(db, line)
        case 'staff':
          return takeStaff(deps, line)
        case 'case':
        case 'gone':
          ready.add(line)
          return ok(null)
        case 'batch':
        case 'batch_items':
          return takeBatch(deps, line)
        case 'end':
          end = line
          return ok(null)
        case 'unreadable': // what is known here of the case stays as it is
        case 'other':
          return ok(null)
        default:
          return assertNever(line)
      }
    },
    close: () => {
      const stored = store()
      if (!stored.ok) return stored
      return end === null ? err({ type: 'Unreachable' }) : closeAt(deps, end)
    },
    end: () => {
      backToLog()
      backToLog = () => undefined
    }
  }
}

/** Lines that wait for their transaction. */
function createReady() {
  let lines: Change[] = []
  let gone = 0
  return {
    add: (line: Change): void => {
      lines.push(line)
      if (line.type === 'gone') gone += 1
    },
    isFull: (most: number): boolean => gone >= GONE_LINES || lines.length >= most,
    take: (): Change[] => {
      const taken = lines
      lines = []
      gone = 0
      return taken
    }
  }
}

type TellStored = (stored: {
  readonly rows: LoadedRows
  readonly count: number
  readonly caseIds: () => string[]
  readonly hasGone: boolean
}) => void

async function takePage(
  deps: ReceptionDeps,
  page: CasePage,
  { tellStored, between }: { readonly tellStored: TellStored; readonly between: () => Promise<void> }
): Promise<Result<null, CentreFailure>> {
  const gone = goneAmong(page.others)
  if (gone === null) return err({ type: 'ProtocolMismatch' })
  // Before the cursor moves, so that what is cut off comes again: to erase a case twice does nothing.
  for (let from = 0; from < gone.length; from += GONE_LINES) {
    const erased = withDiskFull(() => storeGone(deps, gone.slice(from, from + GONE_LINES)))
    if (!erased.ok) return erased
    mergeLog(deps.db.raw)
    await between()
  }
  const stored = withDiskFull(() => storePage(deps, page))
  const caseIds = (): string[] => [
    ...[...page.cases()].flatMap((packed) => packed?.listed.id ?? []),
    ...gone.map(({ caseId }) => caseId)
  ]
  if (!stored.ok) return stored
  tellStored({ rows: stored.value, count: page.count + gone.length, caseIds, hasGone: gone.length > 0 })
  return ok(null)
}

function isFarBehind(db: StoreDb): boolean {
  const behind = behindOf(db)
  return behind !== null && behind.lastNo - behind.firstNo >= Math.max(LEAST_INDEXED, behind.firstNo)
}

function takeStaff({ db, onStaff }: ReceptionDeps, staff: Staff): Result<null, CentreFailure> {
  const stored = withDiskFull<null, never>(() =>
    db.write((tx) => {
      putStaff(tx, staff)
      return ok(null)
    })
  )
  if (stored.ok) onStaff()
  return stored
}

/** The place in the stream that it reaches is written with the end: until then it comes again, and changes nothing. */
function takeBatch({ db, onBatches }: ReceptionDeps, line: BatchLine): Result<null, CentreFailure> {
  const stored = withDiskFull<null, never>(() =>
    db.write((tx) => {
      if (line.type === 'batch') putBatchHead(tx, line.batch)
      else putBatchItems(tx, line.batchId, line.items)
      return ok(null)
    })
  )
  if (stored.ok) onBatches()
  return stored
}

/** All of it and the cursor that it reaches, or nothing. */
const storeChunk = (
  deps: ReceptionDeps,
  chunk: readonly Change[],
  { isBulk }: { isBulk: boolean }
): Result<LoadedRows, never> =>
  deps.db.write((tx) => {
    const { others, rows } = isBulk ? loadFreshLines(tx, chunk) : { others: chunk, rows: NO_ROWS }
    for (const run of runsOf(others)) {
      if (run.type === 'gone') receiveGone(tx, deps, run.gone)
      else takeCase(tx, deps, run)
    }
    const last = chunk.at(-1)
    if (last !== undefined) writeMeta(tx, META_KEYS.cursor, last.seq)
    if (last !== undefined && isBulk) noteBulkReceived(tx, last.seq)
    return ok(rows)
  })

type Run = Extract<Change, { type: 'case' }> | { readonly type: 'gone'; readonly gone: readonly Gone[] }

/** In their order; those that go one after the other go together. */
function* runsOf(changes: readonly Change[]): Generator<Run> {
  let gone: Gone[] = []
  for (const change of changes) {
    if (change.type === 'gone') gone.push(change)
    else {
      if (gone.length > 0) yield { type: 'gone', gone }
      gone = []
      yield change
    }
  }
  if (gone.length > 0) yield { type: 'gone', gone }
}

const storeGone = (deps: ReceptionDeps, gone: readonly Gone[]): Result<null, never> =>
  deps.db.write((tx) => {
    receiveGone(tx, deps, gone)
    return ok(null)
  })

function takeCase(
  tx: WriteTx,
  deps: PolicyDep,
  { record, seq }: Pick<Extract<Change, { type: 'case' }>, 'record' | 'seq'>
): void {
  receiveCase(tx, deps, record)
  noteReceived(tx, { caseId: record.case.id, seq })
}

/** The same of a packed page. */
const storePage = (deps: ReceptionDeps, page: CasePage): Result<LoadedRows, CentreFailure> =>
  deps.db.write((tx) => {
    const special = waitingCaseIds(tx)
    const { others, rows } = loadFresh(tx, page.cases(), (loader, packed) =>
      packed === null || special.has(packed.listed.id) ? null : loader.addPacked(packed.listed, packed.body)
    )
    for (const packed of others) {
      const record = packed === null ? null : readRecord(packed)
      if (record === null) return err({ type: 'ProtocolMismatch' })
      takeCase(tx, deps, { record, seq: page.cursor })
    }
    writeMeta(tx, META_KEYS.cursor, page.cursor)
    noteBulkReceived(tx, page.cursor)
    return ok(rows)
  })

/** Cases that more is known of than a row are checked like those of a line. */
function readRecord(packed: PackedCase): CaseRecord | null {
  const record = recordOfPacked(packed)
  return isCaseRecord(record) && record.case.id === packed.listed.id ? record : null
}

/** The lines of a page beside its cases; null: one of them does not fit. */
function goneAmong(others: string): Gone[] | null {
  const gone: Gone[] = []
  for (const text of others.split('\n')) {
    const line = text === '' ? null : readPullLine(text)
    if (line === null && text !== '') return null
    if (line?.type === 'gone') gone.push(line)
  }
  return gone
}

/** A case that also goes in the same chunk has an order to keep, and one that waits for the centre its commands. */
function loadFreshLines(tx: WriteTx, chunk: readonly Change[]): Loaded<Change> {
  const special = waitingCaseIds(tx)
  for (const change of chunk) if (change.type === 'gone') special.add(change.caseId)
  return loadFresh(tx, chunk, (loader, change) =>
    change.type === 'case' && !special.has(change.record.case.id) ? loader.add(change.record) : null
  )
}

interface Loaded<T> {
  readonly rows: LoadedRows
  /** What was left alone. */
  readonly others: readonly T[]
}
const NO_ROWS: LoadedRows = { firstNo: 0, listed: [] }

/** Puts the cases in that nothing is known of here, their rows first and the search index behind. */
function loadFresh<T>(
  tx: WriteTx,
  items: Iterable<T>,
  add: (loader: CaseLoader, item: T) => Pick<LoadedCase, 'no' | 'listed'> | null
): Loaded<T> {
  const loader = createCaseLoader(tx)
  const others: T[] = []
  const listed: ListedCase[] = []
  let lastNo = 0
  for (const item of items) {
    const loaded = add(loader, item)
    if (loaded === null) others.push(item)
    else {
      listed.push(loaded.listed)
      lastNo = loaded.no
    }
  }
  loader.finish()
  const firstNo = lastNo - listed.length + 1
  if (listed.length > 0) putBehind(tx, { firstNo, lastNo })
  return { others, rows: { firstNo, listed } }
}

function closeAt(deps: ReceptionDeps, reached: End): Result<null, CentreFailure> {
  // Its stream ends before what this PC has: it was set back, and lacks what this PC can give it.
  if (reached.cursor < readMetaNumber(deps.db, META_KEYS.cursor)) return err({ type: 'GiveBackFirst' })
  return withDiskFull(() => deps.db.write((tx) => storeEnd(tx, deps, reached)))
}

function storeEnd(tx: WriteTx, deps: ReceptionDeps, { cursor, receipt }: End): Result<null, never> {
  writeMeta(tx, META_KEYS.cursor, cursor)
  writeMeta(tx, META_KEYS.batchCursor, cursor)
  writeMeta(tx, META_KEYS.receipt, receipt)
  purgeSent(tx, deps.now())
  writeMeta(tx, META_KEYS.lastReceivedAt, deps.now())
  return ok(null)
}

/**
 * The first centre met is this PC's centre; the cases of another must not be mixed in. One that came back from a backup
 * meanwhile lacks what this PC has; and one that knows newer commands of this PC than the PC itself met another file.
 */
export function meetCentre(db: StoreDb, start: Start): Result<null, CentreFailure> {
  const { centreId, generation, deviceSeq, missingChunk = 0 } = start
  const known = readMeta(db, META_KEYS.centreId)
  if (known !== null && known !== centreId) return err({ type: 'OtherCentre' })
  if (deviceSeq > readMetaNumber(db, META_KEYS.deviceSeq)) return err({ type: 'StoreCopied' })
  const isFresh = readMetaNumber(db, META_KEYS.cursor) === 0
  if (!isFresh && generation !== readMetaNumber(db, META_KEYS.generation)) return err({ type: 'GiveBackFirst' })
  if (deviceSeq < readMetaNumber(db, META_KEYS.acknowledgedSeq)) return err({ type: 'GiveBackFirst' })
  const asksForMore = missingChunk !== readMetaNumber(db, META_KEYS.missingChunk)
  if (known === centreId && !isFresh && !asksForMore) return ok(null)
  return withDiskFull(() =>
    db.write((tx) => {
      writeMeta(tx, META_KEYS.centreId, centreId)
      writeMeta(tx, META_KEYS.generation, generation)
      writeMeta(tx, META_KEYS.missingChunk, missingChunk)
      return ok(null)
    })
  )
}

const changesOf = (chunk: readonly Change[]): Omit<Parameters<TellStored>[0], 'rows'> => ({
  count: chunk.length,
  caseIds: () => chunk.map(changedCase),
  hasGone: chunk.some(({ type }) => type === 'gone')
})

const changedCase = (change: Change): string => (change.type === 'case' ? change.record.case.id : change.caseId)
