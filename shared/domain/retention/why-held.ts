import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { LegalBasis } from '#shared/domain/policy/policy-data.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import { type ItemNotInPolicy, itemById, type PolicyItem } from '#shared/domain/policy/policy-items.ts'
import { type PolicyNotInForce, type PolicyTextNotHeld, policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { TermNotFromEvent } from '#shared/domain/policy/retention.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import { heldItems } from './held-items.ts'
import { officeTerm } from './office-terms.ts'
import { type ProvisionNotInPolicy, recipientTerm } from './recipient-terms.ts'
import { completedOn, recordTermEnd } from './record-term.ts'
import type { RetentionFacts } from './retention-facts.ts'
import { type Deadline, deadlineOf, type Term } from './term.ts'

/** 왜 보유 중인가: some items of a case at one place, all kept for the same reasons and as long. */
export interface HeldPart {
  /** The office, or the id of the recipient that was given them. */
  readonly place: 'office' | { readonly recipientId: string }
  readonly file: PolicyItem['file']
  readonly group: PolicyItem['partOf']
  readonly items: readonly PolicyItemId[]
  readonly bases: readonly LegalBasis[]
  readonly since: IsoDate
  readonly term: Term
  /** 기록물 만료: the last day; 'open': the case is not completed. null: the part goes by the policy alone. */
  readonly recordsUntil: IsoDate | 'open' | null
  /** null: something keeps it that has no end yet. */
  readonly deadline: Deadline | null
}

export type WhyHeldError =
  | PolicyNotInForce
  | PolicyTextNotHeld
  | ItemNotInPolicy
  | TermNotFromEvent
  | ProvisionNotInPolicy

/** Every part of the case, by the register in force on the day of its application; the office's parts first. */
export function whyHeld(
  policies: readonly PolicyRegister[],
  facts: RetentionFacts
): Result<readonly HeldPart[], WhyHeldError> {
  const policy = policyInForce(policies, facts.subject.appliedOn)
  if (!policy.ok) return policy
  const parts = new Map<string, HeldPart>()
  for (const id of heldItems(facts.subject)) {
    const item = itemById(policy.value, id)
    const term = officeTerm(policy.value, id, facts)
    if (!item.ok) return item
    if (!term.ok) return term
    addTo(parts, officePart(item.value, term.value, facts))
  }
  for (const provided of facts.provided) {
    const term = recipientTerm(policy.value, provided, facts.subject)
    if (!term.ok) return term
    for (const id of provided.items) {
      const item = itemById(policy.value, id)
      if (!item.ok) return item
      const { recipientId, provisionId, on } = provided
      const bases = basesOfProvision(policy.value, provisionId)
      addTo(parts, { ...partOf(item.value, term.value, facts), place: { recipientId }, bases, since: on })
    }
  }
  return ok([...parts.values()])
}

function partOf({ id, file, partOf: group }: PolicyItem, term: Term, { subject: { holds } }: RetentionFacts) {
  return { file, group, items: [id], term, recordsUntil: null, deadline: deadlineOf(term, holds, []) }
}

/** What is over by its term goes with the record; what lost its ground goes before it, by the policy alone. */
function officePart(item: PolicyItem, term: Term, facts: RetentionFacts): HeldPart {
  const { subject, recordYears } = facts
  const part = { ...partOf(item, term, facts), place: 'office' as const, bases: item.legalBases }
  if (term.cause !== 'term_over') return { ...part, since: subject.appliedOn }
  const completed = completedOn(subject)
  const recordsUntil = completed === null ? null : recordTermEnd(completed, recordYears)
  return {
    ...part,
    since: subject.appliedOn,
    recordsUntil: recordsUntil ?? 'open',
    deadline: deadlineOf(term, subject.holds, [recordsUntil])
  }
}

/** Items of one group with the same answers are one part; both clocks and the deadline follow from the term. */
function addTo(parts: Map<string, HeldPart>, part: HeldPart): void {
  const { place, group, bases, since, term } = part
  const where = place === 'office' ? place : `recipient ${place.recipientId}`
  const key = [where, group.id, since, term.cause, term.until, ...bases.map(({ id }) => id)].join('\n')
  const same = parts.get(key)
  parts.set(key, same === undefined ? part : { ...same, items: [...new Set([...same.items, ...part.items])] })
}

const basesOfProvision = (policy: PolicyRegister, provisionId: string): LegalBasis[] => {
  const ids = policy.provisions.find(({ id }) => id === provisionId)?.legalBases ?? []
  return policy.legalBases.filter(({ id }) => ids.includes(id))
}
