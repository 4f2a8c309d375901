import type { Case } from '#shared/domain/case/case.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/** Data of the case that a recipient got (제3조). */
export interface Provided {
  readonly provisionId: string
  readonly recipientId: string
  readonly items: readonly PolicyItemId[]
  readonly on: IsoDate
  /** The last day of the agreement with the recipient; null while it goes on. */
  readonly agreementEndedOn: IsoDate | null
}

/** What was collected for a child under 14 before the legal representative has confirmed it (개인정보 보호법 22조의2). */
export interface Unconfirmed {
  readonly items: readonly PolicyItemId[]
  readonly collectedOn: IsoDate
}

/** What decides how long the parts of a case are kept, besides the register. */
export interface RetentionFacts {
  readonly subject: Case
  readonly provided: readonly Provided[]
  readonly unconfirmed: readonly Unconfirmed[]
  /** The office's record term for the service of the case, in whole years. */
  readonly recordYears: number
}
