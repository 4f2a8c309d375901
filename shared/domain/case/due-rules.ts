import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { civilDeadline } from '#shared/domain/calendar/deadline.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { Case } from './case.ts'
import { owesNotice } from './case-state.ts'
import type { ServiceCode } from './service.ts'

/** What the notice that is owed answers: the application, or an objection to the decision. */
export type DueCause = 'application' | 'appeal'

/** How long the office may take. A row holds for what began on a day from `validFrom` to `validUntil`. */
export interface DueRule {
  readonly services: 'all' | readonly ServiceCode[]
  readonly cause: DueCause
  readonly days: number
  readonly law: string
  readonly validFrom: IsoDate
  readonly validUntil: IsoDate | null
}

/** The first row that fits is the rule, so a special law stands before the general one. */
export const DUE_RULES: readonly DueRule[] = [
  {
    services: ['pregnancy_transport'],
    cause: 'application',
    days: 30,
    law: '서울특별시 임산부 교통비 지원 조례',
    validFrom: '2022-01-01',
    validUntil: null
  },
  {
    services: 'all',
    cause: 'application',
    days: 30,
    law: '사회보장급여의 이용ㆍ제공 및 수급권자 발굴에 관한 법률 제9조',
    validFrom: '2015-07-01',
    validUntil: null
  },
  {
    services: 'all',
    cause: 'appeal',
    days: 10,
    law: '사회보장급여의 이용ㆍ제공 및 수급권자 발굴에 관한 법률 제17조',
    validFrom: '2015-07-01',
    validUntil: null
  }
]

const isValidOn = (rule: DueRule, day: IsoDate): boolean =>
  rule.validFrom <= day && (rule.validUntil === null || day <= rule.validUntil)

/** The rule for a service and a cause that began on the day; undefined when no row holds. */
export const dueRuleFor = (service: ServiceCode, cause: DueCause, day: IsoDate): DueRule | undefined =>
  DUE_RULES.find(
    (rule) =>
      rule.cause === cause && isValidOn(rule, day) && (rule.services === 'all' || rule.services.includes(service))
  )

type DueFacts = Pick<Case, 'service' | 'state' | 'appliedOn' | 'history'>

/** The day by which the citizen must have the notice; null when nothing is owed or no rule holds. */
export function dueOnOf(facts: DueFacts): IsoDate | null {
  if (!owesNotice(facts.state)) return null
  const { cause, began } = openCause(facts)
  const rule = dueRuleFor(facts.service, cause, began)
  return rule === undefined ? null : civilDeadline(began, rule.days).day
}

/**
 * An objection sets the date, also while the case is looked into again for it: after a notice, nothing is owed anew but
 * by another objection.
 */
function openCause({ history, appliedOn }: DueFacts): { cause: DueCause; began: IsoDate } {
  const appealed = history.findLast(({ state }) => state === 'appealed')
  return appealed === undefined
    ? { cause: 'application', began: appliedOn }
    : { cause: 'appeal', began: koreanDayOf(appealed.at) }
}
