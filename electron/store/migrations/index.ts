import { outboxAndAccessLog } from './0010-outbox-and-access-log.ts'
import { cases } from './0020-cases.ts'
import { searchIndex } from './0030-search-index.ts'
import { openConflicts } from './0040-open-conflicts.ts'
import { noReturn } from './0060-no-return.ts'
import { parkedAndDocuments } from './0070-parked-and-documents.ts'
import { searchBehind } from './0080-search-behind.ts'
import { sealedJournal } from './0090-sealed-journal.ts'
import { packedBodies } from './0100-packed-bodies.ts'
import { answeredCases } from './0110-answered-cases.ts'
import { destructionBatches } from './0120-destruction-batches.ts'
import { batchActs } from './0150-batch-acts.ts'
import { erasureReceipts } from './0160-erasure-receipts.ts'
import { provisions } from './0180-provisions.ts'
import { searchGone } from './0190-search-gone.ts'
import type { Migration } from './migration-types.ts'

/** Every step from an empty file to today's, in order. A step that has left this machine is never changed again. */
export const MIGRATIONS: readonly Migration[] = [
  outboxAndAccessLog,
  cases,
  searchIndex,
  openConflicts,
  noReturn,
  parkedAndDocuments,
  searchBehind,
  sealedJournal,
  packedBodies,
  answeredCases,
  destructionBatches,
  batchActs,
  erasureReceipts,
  provisions,
  searchGone
]
