import type { FieldRevs, VersionedField } from '#shared/domain/case/case.ts'
import type { OtherValue, StandingValue } from '#shared/domain/case/conflict.ts'

/** A conflict as 충돌함 lists it. */
export interface ConflictItem {
  readonly conflictId: string
  readonly caseId: string
  readonly applicationNo: string
  readonly applicantName: string
  readonly field: VersionedField
  readonly openedAt: string
  /** Who set what stands; null when that is not known any more. */
  readonly theirsBy: string | null
  /** Who wanted the other value. */
  readonly mineBy: string
  /** The value came from this PC, and the centre has not said yet what becomes of it. */
  readonly waiting: boolean
}

export interface ConflictList {
  /** The oldest first. */
  readonly items: readonly ConflictItem[]
  /** How many there are in all; the list is cut at its bound. */
  readonly total: number
}

/** Both values, masked as the opened case masks them. */
export interface ConflictView extends ConflictItem {
  readonly theirs: StandingValue
  readonly mine: OtherValue
  /** Whether a value hides something that `conflict.unmask` shows. */
  readonly masked: { readonly theirs: boolean; readonly mine: boolean }
  /** The value that was chosen, of a conflict that is decided; null while it is open. */
  readonly chosen: 'theirs' | 'mine' | null
  /** What the person sees: goes back with her decision. */
  readonly fieldRevs: FieldRevs
}
