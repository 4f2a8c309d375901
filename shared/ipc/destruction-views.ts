import type { BatchCommandName } from '#shared/commands/destruction/batch-intent.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import type { CopyLine } from '#shared/domain/destruction/copy-line.ts'
import type {
  Approval,
  BatchPlan,
  BatchRequest,
  BatchStep,
  DueCause,
  ListedItem
} from '#shared/domain/destruction/destruction-batch.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'

/** A destruction batch in the list, with what this PC has done to it and not sent yet. */
export interface BatchSummary {
  readonly id: string
  readonly state: BatchState
  readonly plan: BatchPlan
  readonly authorId: string
  readonly listed: number
  /** Listed and taken out by nobody. */
  readonly toDestroy: number
  /** When it last went a step on. */
  readonly movedAt: IsoInstant
  readonly coolsUntil: IsoInstant | null
  /** Something that was done to it here is not at the centre yet. */
  readonly isWaiting: boolean
  /** What whoever is signed in may do with it now. */
  readonly ways: readonly BatchWay[]
}

/** What can be done to a batch that is there. */
export const BATCH_WAYS = [
  'batch.list',
  'batch.submit',
  'batch.exclude',
  'batch.extend',
  'batch.include',
  'batch.finish_review',
  'batch.request',
  'batch.approve',
  'batch.return',
  'batch.abort'
] as const satisfies readonly BatchCommandName[]
export type BatchWay = (typeof BATCH_WAYS)[number]

/** The batch opened, without its list. */
export interface BatchView extends BatchSummary {
  readonly steps: readonly BatchStep[]
  readonly request: BatchRequest | null
  readonly approval: Approval | null
  /** Of the exact list that is asked to be approved, or was: what an approval signs. In hex; null: nobody asks. */
  readonly digest: string | null
  /** What is to be destroyed, by cause and by extent. */
  readonly causes: Readonly<Record<DueCause, number>>
  readonly wholeCases: number
  /** What is not, by who or what took it out. */
  readonly leftOut: Readonly<Record<'excluded' | 'extended' | 'dropped', number>>
}

export interface BatchItemView extends ListedItem {
  /** Which case it is; null: this PC does not have it. */
  readonly case: {
    readonly applicationNo: string
    readonly service: ServiceCode
    readonly dongCode: string
    readonly state: CaseState
  } | null
}

export interface BatchItemPage {
  readonly items: readonly BatchItemView[]
  /** Of all that the filter leaves. */
  readonly total: number
}

/** How far the centre has executed a batch, and every place where something of it lay. */
export interface BatchCopies {
  readonly destroyed: number
  readonly left: number
  readonly copies: readonly CopyLine[]
  /** The newest search for what is left; null: there was none yet. */
  readonly verification: BatchVerification | null
}
