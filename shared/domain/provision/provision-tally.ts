import type { Case } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { LEFT_OUT, type LeftOut, recipientsOf, type SelectDeps, selectForProvision } from './select-for-provision.ts'

/** What one recipient may be given now, by case. */
export interface ProvisionCount {
  readonly recipientId: string
  readonly provisionId: string
  readonly consentId: string
  /** The version in force, by which it is given. */
  readonly policyVersion: IsoDate
  readonly selected: number
  readonly leftOut: Readonly<Record<LeftOut, number>>
}

const noneLeftOut = (): Record<LeftOut, number> =>
  Object.fromEntries(LEFT_OUT.map((why) => [why, 0])) as Record<LeftOut, number>

/** `policy`: the version in force on the day. */
export function createProvisionTally(
  deps: SelectDeps,
  policy: PolicyRegister
): { add: (subject: Case) => void; result: () => readonly ProvisionCount[] } {
  const counted = recipientsOf(policy).map((terms) => ({ terms, selected: 0, leftOut: noneLeftOut() }))
  const add = (subject: Case): void => {
    for (const count of counted) {
      const selection = selectForProvision(deps, count.terms, subject)
      if (selection?.type === 'Selected') count.selected += 1
      else if (selection !== null) count.leftOut[selection.why] += 1
    }
  }
  const result = (): readonly ProvisionCount[] =>
    counted.map(({ terms: { recipientId, provisionId, consentId }, selected, leftOut }) => ({
      ...{ recipientId, provisionId, consentId, policyVersion: policy.id, selected, leftOut }
    }))
  return { add, result }
}
