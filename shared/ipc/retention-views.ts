import type { DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import type { PartState } from '#shared/domain/retention/part-state.ts'
import type { Deadline } from '#shared/domain/retention/term.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

export type { RetentionOverview } from '#shared/domain/retention/retention-overview.ts'

/** 왜 보유 중인가, as the register in force on the day of application answers it. */
export interface RetentionView {
  readonly parts: readonly HeldPartView[]
  /** The last step of the case is its closing: the day in Korea. null: it is open, and no record term runs yet. */
  readonly completedOn: IsoDate | null
  /** In whole years from 1 January after the completion. */
  readonly recordYears: number
  readonly copies: readonly CopyPlace[]
}

/** Items of one group that are kept for the same reasons and as long, in the words of the register. */
export interface HeldPartView {
  /** null: the office; else the name of the recipient that was given them. */
  readonly recipient: string | null
  readonly group: string
  readonly items: readonly string[]
  readonly bases: readonly string[]
  readonly since: IsoDate
  /** What ends the policy's term. */
  readonly cause: DueCause
  /** The last day of the policy's term; null: an event ends it that is still to come. */
  readonly until: IsoDate | null
  /** 기록물 만료; `open`: the case is not completed; null: the part goes by the policy alone. */
  readonly recordsUntil: IsoDate | 'open' | null
  /** null: something keeps it that has no end yet. */
  readonly deadline: Deadline | null
  readonly state: PartState
}

/** Somewhere that a copy of the case lies, as far as this PC knows. */
export type CopyPlace =
  | { readonly place: 'centre' | 'this_pc' | 'other_pcs' | 'backups' }
  /** Files that were written from the case at this PC, and lists with it that were copied. */
  | { readonly place: 'files'; readonly count: number; readonly lastAt: string }
