import type { AccessAct } from '#shared/domain/access-log/access-event.ts'
import type { Account } from '#shared/domain/account/account.ts'
import type { Case, CaseField, FieldRevs, StateStep, VersionedField } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { EditStep } from '#shared/domain/case/conflict.ts'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import type { HoldKind } from '#shared/domain/retention/hold.ts'
import type { ErasedView, LeaseView } from './device-views.ts'
import type { FirstDownloadView } from './download-views.ts'
import type { RetentionView } from './retention-views.ts'

/** What the window shows. Masked values are masked in the store: the clear ones do not reach the window unasked. */

export interface CaseRow {
  readonly id: string
  readonly applicationNo: string
  readonly applicantName: string
  readonly service: ServiceCode
  readonly dongCode: string
  readonly state: CaseState
  readonly appliedOn: string
  readonly dueOn: string | null
  /** A change made on this PC has not reached the centre yet. */
  readonly waiting: boolean
}

/** Where a search text was found in a row's case, for the marks. Texts other than the shown columns come along masked. */
export interface SearchHit {
  readonly row: CaseRow
  /** The field that the text was found in. */
  readonly matched: 'applicantName' | 'otherName' | 'phone' | 'applicationNo' | 'address'
  /** What to show beside the row when the find is not in a column: the child's name, the masked phone, the address. */
  readonly shown: string
  /** Half-open ranges in `shown` (or in the column itself) to mark. */
  readonly marks: ReadonlyArray<readonly [start: number, end: number]>
}

export interface CasePage {
  readonly rows: readonly CaseRow[]
  readonly total: number
  /** Opaque places to go on from; null at the ends. */
  readonly next: string | null
  readonly previous: string | null
  /** Rank of the first row in the whole list, from 1; null when it is not known (after a jump to the end it is). */
  readonly firstRank: number
}

export interface SearchPage {
  readonly hits: readonly SearchHit[]
  /** Hits in all; `atLeast` says that counting stopped there. */
  readonly total: number
  readonly atLeast: boolean
  /** Cases searched and time taken in the store, in milliseconds. */
  readonly searched: number
  readonly tookMs: number
}

export { UNMASKABLE, type Unmaskable } from '#shared/domain/case/unmaskable.ts'

/** One case as opened: registration numbers, account and address detail masked. */
export interface CaseView {
  readonly case: Case
  readonly rev: number
  readonly fieldRevs: FieldRevs
  readonly waiting: boolean
  /** Fields whose change waits in the outbox. */
  readonly waitingFields: readonly (CaseField | 'state')[]
  /** Open conflicts; their values are asked for by themselves (`conflict.open`). */
  readonly conflicts: ReadonlyArray<{ readonly conflictId: string; readonly field: VersionedField }>
  readonly timeline: readonly TimelineEntry[]
  /** null: the text of the register that was in force on the day of application is not held. */
  readonly retention: RetentionView | null
}

export type TimelineEntry =
  | ({ readonly type: 'state' } & StateStep)
  | {
      readonly type: 'edit'
      /** `open`: the value lies in a conflict. */
      readonly how: EditStep['how'] | 'open'
      readonly fields: readonly VersionedField[]
      readonly by: string
      readonly at: string
      readonly reason: string
    }
  | {
      readonly type: 'hold'
      readonly how: 'placed' | 'released'
      readonly kind: HoldKind
      readonly by: string
      readonly at: string
      readonly reason: string
    }
  | {
      readonly type: 'access'
      readonly at: string
      readonly by: string
      readonly act: AccessAct
      readonly field: string | null
    }

export interface DraftSummary {
  readonly id: string
  readonly kind: 'intake' | 'correction'
  readonly caseId: string | null
  readonly updatedAt: string
  /** The applicant's name as far as typed. */
  readonly title: string
}

/** The five honest states of the line to the centre. */
export type SyncStatus = {
  readonly waiting: number
  readonly refused: number
  /** Lines of work that went elsewhere or was lost, which somebody has yet to read. */
  readonly parked: number
  /** Open conflicts that the signed-in account may decide. */
  readonly conflicts: number
  /** Those of them in which it typed one of the values. */
  readonly ownConflicts: number
  readonly lastReceivedAt: string | null
} & (
  | { readonly state: 'current' }
  | { readonly state: 'sending'; readonly done: number; readonly of: number }
  | {
      readonly state: 'receiving'
      readonly done: number
      readonly of: number
      /** Present until this PC has once received everything. */
      readonly firstDownload?: FirstDownloadView
    }
  /** `restoring`: the centre answers, and takes back what it lost before it serves anybody. */
  | { readonly state: 'offline'; readonly since: string; readonly cause: 'line' | 'restoring' }
  | {
      readonly state: 'needs_you'
      readonly cause:
        | 'refused'
        | 'session'
        | 'protocol'
        | 'other_centre'
        | 'device_revoked'
        | 'store_copied'
        | 'storage'
    }
)

/** Why the store of this PC cannot be opened. Each has its own screen and way out. */
export type StoreProblem =
  | 'key_missing' // the keyring or its entry is gone
  | 'key_wrong' // the key does not fit the file
  | 'vault_lost' // the operating system's vault no longer gives this PC's secret
  | 'file_truncated'
  | 'file_damaged'
  | 'file_from_future'
  | 'file_missing'
  | 'disk_full'

export type SessionView =
  | { readonly state: 'first_run'; readonly erased: ErasedView | null }
  | {
      readonly state: 'locked'
      readonly accounts: readonly LocalAccount[]
      readonly cause: LockCause
      /** Of the store whose lease ends first; null: none has a lease. */
      readonly lease: LeaseView | null
      readonly erased: ErasedView | null
    }
  /** An administrator has shut this PC out: its store stays and nothing opens it. `store.startAfresh` sets it aside. */
  | ({ readonly state: 'shut_out' } & Pick<ErasedView, 'unsent' | 'documents' | 'isHandedOver' | 'lost'>)
  | { readonly state: 'broken'; readonly problem: StoreProblem; readonly rescuable: number }
  | {
      readonly state: 'unlocked'
      readonly account: Account
      readonly deviceName: string
      readonly locksAfterMinutes: number
      readonly vault: 'os' | 'unprotected'
      readonly lease: LeaseView | null
    }
  /** An administrator works here: no store is open. */
  | {
      readonly state: 'administering'
      readonly account: Account
      readonly deviceName: string
      readonly locksAfterMinutes: number
    }

/** Why nobody works at this desk. `signed_out`: an administrator's session ended, asked or by itself. */
/** `left`: the rights of whoever worked here ended. */
export type LockCause = 'start' | 'idle' | 'asked' | 'lease' | 'left' | 'signed_out'

export interface LocalAccount {
  readonly login: string
  readonly displayName: string
  readonly lockedOut: boolean
  /** The lease of its store is over: it opens again with a sign-in online. */
  readonly leaseOver: boolean
}

export interface TodayView {
  readonly overdue: number
  /** Cases due within a week from today on. */
  readonly dueSoon: number
  /** The most pressing of both, the longest overdue first. */
  readonly pressing: readonly CaseRow[]
  readonly byState: ReadonlyArray<{ readonly state: CaseState; readonly count: number }>
  readonly drafts: readonly DraftSummary[]
  readonly total: number
}
