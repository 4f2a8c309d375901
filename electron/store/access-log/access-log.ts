import {
  type ChainBreak,
  type ChainHead,
  checkChain,
  EMPTY_CHAIN,
  nextLine
} from '#shared/domain/access-log/access-chain.ts'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import type { HashDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Result } from '#shared/foundation/result.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMeta, writeMeta } from '../db/meta.ts'

/** Who sits at this PC, for the lines of the log. */
export interface AccessDeps extends HashDep, TimeDep {
  readonly accountId: string
  readonly deviceId: string
  /** The PC's network address now; `-` when it has none. */
  readonly address: () => string
}

/** What was done, before it is stamped with who, when and where. */
export type AccessAct = Pick<AccessEvent, 'act' | 'caseIds'> & Partial<Pick<AccessEvent, 'detail' | 'reason'>>

/** Most case ids that one line holds. */
export const IDS_A_LINE = 500

/**
 * Records an act in the transaction of the act itself: either both are kept or neither. An act on more cases than a line
 * holds gets several lines.
 */
export function recordAct(tx: WriteTx, deps: AccessDeps, act: AccessAct): void {
  for (let from = 0; from === 0 || from < act.caseIds.length; from += IDS_A_LINE) {
    appendAccess(tx, deps, {
      at: deps.now(),
      accountId: deps.accountId,
      deviceId: deps.deviceId,
      address: deps.address(),
      act: act.act,
      caseIds: act.caseIds.slice(from, from + IDS_A_LINE),
      detail: act.detail ?? {},
      reason: act.reason ?? null
    })
  }
}

/** Puts one event at the end of this PC's chain. */
export function appendAccess(tx: WriteTx, deps: HashDep, event: AccessEvent): void {
  const line = nextLine(deps, chainHead(tx), event)
  tx.run(
    'INSERT INTO access_log (no, body, previous_hash, hash) VALUES (?, ?, ?, ?)',
    ...[line.no, line.body, line.previousHash, line.hash]
  )
  writeMeta(tx, META_KEYS.accessHead, headToText(line))
  if (!isAboutOneCase(event)) return
  for (const caseId of event.caseIds) {
    tx.run('INSERT INTO access_subjects (case_id, no) VALUES (?, ?)', uuidToBlob(caseId), line.no)
  }
}

/** Walks the whole log: what is wrong with it first, or where it ends. */
export const verifyChain = (db: ReadableDb, deps: HashDep): Result<ChainHead, ChainBreak> =>
  checkChain(deps, storedLines(db), chainHead(db))

interface LineRow {
  no: number
  body: string
  previousHash: Uint8Array
  hash: Uint8Array
}

const storedLines = (db: ReadableDb): Iterable<LineRow> =>
  db.iterate<LineRow>('SELECT no, body, previous_hash AS previousHash, hash FROM access_log ORDER BY no')

/** Lists and searches show many cases in passing; a case's own timeline leaves them out. */
const isAboutOneCase = (event: AccessEvent): boolean =>
  event.act !== 'list' && event.act !== 'search' && event.act !== 'copy'

/** The number of the newest line; 0: there is none. */
export const newestLine = (db: ReadableDb): number => chainHead(db).no

/** The head is kept apart from the lines, so that a cut tail shows. */
function chainHead(db: ReadableDb): ChainHead {
  const text = readMeta(db, META_KEYS.accessHead)
  if (text === null) return EMPTY_CHAIN
  const [no, hash] = text.split(':')
  return { no: Number(no), hash: Buffer.from(hash ?? '', 'hex') }
}

const headToText = (head: ChainHead): string => `${head.no}:${Buffer.from(head.hash).toString('hex')}`
