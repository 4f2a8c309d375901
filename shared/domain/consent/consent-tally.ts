import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { termOfUnconfirmed } from '#shared/domain/retention/term.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { closedFields, isUnconfirmed, isWithdrawn, standingConsent } from './standing-consent.ts'

/** How the answers to one consent stand, by case. */
export interface ConsentCount {
  readonly consentId: string
  /** The newest version by which it was asked. */
  readonly policyVersion: IsoDate
  readonly given: number
  readonly refused: number
  readonly withdrawn: number
  /** A yes that waits for the legal representative. */
  readonly unconfirmed: number
  readonly unanswered: number
}

/** A yes for a child under 14 that nobody has confirmed. */
export interface WaitingGuardian {
  readonly caseId: string
  readonly applicationNo: string
  readonly consentId: string
  readonly policyVersion: IsoDate
  readonly answeredOn: IsoDate
  /** The last day on which it can still be confirmed; what was collected goes the day after (지침 13조 2항). */
  readonly confirmBy: IsoDate
}

export interface ConsentTally {
  readonly cases: number
  readonly counts: readonly ConsentCount[]
  /** The most pressing first. */
  readonly waiting: readonly WaitingGuardian[]
  /** Cases that still hold what a withdrawn consent allowed: for a destruction batch to take. */
  readonly closed: number
}

type Standing = keyof Omit<ConsentCount, 'consentId' | 'policyVersion'>
const NONE: Readonly<Record<Standing, number>> = { given: 0, refused: 0, withdrawn: 0, unconfirmed: 0, unanswered: 0 }

/** Counts case by case, so that whoever counts a whole district can pause in between. */
export function createConsentTally(policies: readonly PolicyRegister[]): {
  add: (subject: Case) => void
  result: () => ConsentTally
} {
  const counts = new Map<string, ConsentCount>()
  const waiting: WaitingGuardian[] = []
  let [cases, closed] = [0, 0]

  const count = (consentId: string, policyVersion: IsoDate, standing: Standing): void => {
    const known = counts.get(consentId) ?? { consentId, policyVersion, ...NONE }
    const newest = known.policyVersion > policyVersion ? known.policyVersion : policyVersion
    counts.set(consentId, { ...known, policyVersion: newest, [standing]: known[standing] + 1 })
  }
  const add = (subject: Case): void => {
    cases += 1
    if (closedFields(subject.consents).some((field) => readField(subject, field) !== null)) closed += 1
    const policy = policyInForce(policies, subject.appliedOn)
    for (const { id, policyId } of policy.ok ? consentsToAsk(policy.value, subject.service) : []) {
      const standing = standingOf(subject, id)
      count(id, policyId, standing)
      if (standing === 'unconfirmed') waiting.push(waitingGuardian(subject, id, policyId))
    }
  }
  const result = (): ConsentTally => ({
    cases,
    counts: [...counts.values()],
    waiting: waiting.toSorted((a, b) => a.confirmBy.localeCompare(b.confirmBy)),
    closed
  })
  return { add, result }
}

function standingOf({ consents }: Case, consentId: string): Standing {
  const standing = standingConsent(consents, consentId)
  if (standing === undefined) return 'unanswered'
  if (isUnconfirmed(standing)) return 'unconfirmed'
  if (standing.given) return 'given'
  return isWithdrawn(consents, consentId) ? 'withdrawn' : 'refused'
}

function waitingGuardian(subject: Case, consentId: string, policyVersion: IsoDate): WaitingGuardian {
  const answeredOn = koreanDayOf(standingConsent(subject.consents, consentId)?.answeredAt ?? subject.appliedOn)
  const confirmBy = termOfUnconfirmed(answeredOn).until ?? answeredOn
  return { caseId: subject.id, applicationNo: subject.applicationNo, consentId, policyVersion, answeredOn, confirmBy }
}
