import { type Account, changesCases } from '#shared/domain/account/account.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { GrantTerms } from './grant.ts'

/** Whether an account with these terms may be used on a day. */
export const standsOn = ({ startsOn, endsOn }: Pick<GrantTerms, 'startsOn' | 'endsOn'>, day: IsoDate): boolean =>
  startsOn <= day && (endsOn === null || day <= endsOn)

export const GRANT_PROBLEMS = [
  'OwnRights', // nobody changes her own
  'ApproverNotAllowed', // neither the account itself, nor who enters it, nor one who may not approve
  'PeriodTurned', // it ends before it begins
  'PeriodOver', // it is over already
  'NothingChanges',
  'FieldsWithoutUse' // her role corrects no case
] as const
export type GrantProblem = (typeof GRANT_PROBLEMS)[number]

export interface GrantQuestion {
  /** Who enters it; null: an operator. */
  readonly byId: string | null
  readonly account: Pick<Account, 'id' | 'role' | 'districtCode'>
  readonly today: IsoDate
  /** null: her rights were revoked, or she is new. */
  readonly before: GrantTerms | null
  /** null: her rights are revoked. */
  readonly after: GrantTerms | null
  /** The account that the grounds name, where there is one. */
  readonly approver: Pick<Account, 'id' | 'role' | 'districtCode'> | null
}

/** Who approves: a supervisor or the privacy officer of the same district. */
export const mayApproveGrants = ({ role }: Pick<Account, 'role'>): boolean =>
  role === 'supervisor' || role === 'privacy_officer'

/** Whether somebody's rights may be changed so. An operator, who makes the first account of an office, has no approver. */
export function decideGrant(question: GrantQuestion): Result<null, { type: GrantProblem }> {
  const { byId, account, before, after, today } = question
  if (byId === account.id) return err({ type: 'OwnRights' })
  if (byId !== null && !isApprover(question)) return err({ type: 'ApproverNotAllowed' })
  if (after !== null) {
    if (after.endsOn !== null && after.endsOn < after.startsOn) return err({ type: 'PeriodTurned' })
    if (after.endsOn !== null && after.endsOn < today) return err({ type: 'PeriodOver' })
    if (after.edits !== null && !changesCases(account.role)) return err({ type: 'FieldsWithoutUse' })
  }
  return isSameValue(before, after) ? err({ type: 'NothingChanges' }) : ok(null)
}

const isApprover = ({ account, approver, byId }: GrantQuestion): boolean =>
  approver !== null &&
  approver.id !== account.id &&
  approver.id !== byId &&
  approver.districtCode === account.districtCode &&
  mayApproveGrants(approver)
