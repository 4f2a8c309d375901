import type { FirstDownloadView } from '#shared/ipc/download-views.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { countConflicts } from '../db/case-rows.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMeta } from '../db/meta.ts'
import { countAttachments } from '../documents/attachment-rows.ts'
import { countOutbox, type OutboxCounts } from '../outbox/outbox.ts'
import { countOwnConflicts } from '../queries/conflicts.ts'

export type NeedsYouCause = Extract<SyncStatus, { state: 'needs_you' }>['cause']

/** What the engine knows of the line to the centre. */
export interface LineState {
  /** Something that only a person can put right. */
  readonly cause: NeedsYouCause | null
  /** Since when the centre does not answer; null while it does. */
  readonly offlineSince: string | null
  readonly offlineCause: 'line' | 'restoring'
  readonly activity: Activity | null
}

export type Activity = {
  readonly state: 'sending' | 'receiving'
  readonly done: number
  readonly of: number
  readonly firstDownload?: FirstDownloadView
}

/** One of the five states that the window shows. The most pressing one wins; a try while offline stays "offline". */
export function syncStatus(
  line: LineState,
  known: { readonly counts: OutboxCounts } & Pick<SyncStatus, 'conflicts' | 'ownConflicts' | 'lastReceivedAt'>
): SyncStatus {
  const { counts, ...rest } = known
  const common = { ...counts, ...rest }
  if (line.cause !== null) return { ...common, state: 'needs_you', cause: line.cause }
  if (line.offlineSince !== null) {
    return { ...common, state: 'offline', since: line.offlineSince, cause: line.offlineCause }
  }
  if (line.activity !== null) return { ...common, ...line.activity }
  if (known.counts.refused > 0) return { ...common, state: 'needs_you', cause: 'refused' }
  return { ...common, state: 'current' }
}

export interface StatusBoard {
  line(): LineState
  status(): SyncStatus
  /** Notes what is new and says so when it changes what the window shows. */
  note(change: Partial<LineState>): void
}

/** Commands, and documents that have not become one. */
function countWork(db: StoreDb): OutboxCounts {
  const [commands, documents] = [countOutbox(db), countAttachments(db)]
  return {
    ...commands,
    waiting: commands.waiting + documents.waiting,
    refused: commands.refused + documents.refused
  }
}

export function createStatusBoard(deps: {
  readonly db: StoreDb
  readonly now: () => string
  /** The signed-in account, if it may decide a conflict. */
  readonly decider: string | null
  readonly onStatus: (status: SyncStatus) => void
  /** What is known to need a person before the centre is met. */
  readonly cause: NeedsYouCause | null
  /** A first download that a person stopped earlier; null: none. */
  readonly activity: Activity | null
}): StatusBoard {
  // Until the first answer nothing has been heard of the centre since it last sent something.
  const offlineSince = deps.activity === null ? (readMeta(deps.db, META_KEYS.lastReceivedAt) ?? deps.now()) : null
  let line: LineState = { cause: deps.cause, offlineSince, offlineCause: 'line', activity: deps.activity }
  let told = ''
  const status = (): SyncStatus =>
    syncStatus(line, {
      counts: countWork(deps.db),
      conflicts: deps.decider === null ? 0 : countConflicts(deps.db),
      ownConflicts: deps.decider === null ? 0 : countOwnConflicts(deps.db, deps.decider),
      lastReceivedAt: readMeta(deps.db, META_KEYS.lastReceivedAt)
    })
  return {
    line: () => line,
    status,
    note: (change) => {
      line = { ...line, ...change }
      const now = status()
      const text = JSON.stringify(now)
      if (text === told) return
      told = text
      deps.onStatus(now)
    }
  }
}
