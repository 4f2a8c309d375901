import type { DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import { wholeDeadline } from './part-state.ts'
import type { RetentionFacts } from './retention-facts.ts'
import { type HeldPart, type WhyHeldError, whyHeld } from './why-held.ts'

/** When a case goes, in days alone: what an office may keep beside the sealed case to find what is due. */
export interface CaseDue {
  /** The last day on which anything keeps the whole; null: something has no end yet. */
  readonly keptUntil: IsoDate | null
  /** 기록물 만료; null: the case is not completed, or holds nothing that is a record. */
  readonly recordsUntil: IsoDate | null
  /** What goes before the whole, by the policy alone; the earliest of it. */
  readonly early: EarlyDue | null
  /** Holds that nobody has released. */
  readonly holds: number
}

export interface EarlyDue {
  readonly keptUntil: IsoDate
  readonly cause: DueCause
  readonly items: readonly PolicyItemId[]
}

export function caseDue(policies: readonly PolicyRegister[], facts: RetentionFacts): Result<CaseDue, WhyHeldError> {
  const held = whyHeld(policies, facts)
  if (!held.ok) return held
  const parts = held.value.filter(({ place }) => place === 'office')
  const records = parts.flatMap(({ recordsUntil }) =>
    recordsUntil === null || recordsUntil === 'open' ? [] : [recordsUntil]
  )
  return ok({
    keptUntil: wholeDeadline(parts)?.keptUntil ?? null,
    recordsUntil: records.toSorted().at(-1) ?? null,
    early: earliest(parts),
    holds: facts.subject.holds.filter(({ release }) => release === null).length
  })
}

/** A term that is over goes with the record; what lost its ground goes by itself. */
function earliest(parts: readonly HeldPart[]): EarlyDue | null {
  const due = parts.flatMap(({ term: { cause }, deadline, items }): EarlyDue[] =>
    cause === 'term_over' || deadline === null ? [] : [{ keptUntil: deadline.keptUntil, cause, items }]
  )
  const [first] = due.toSorted((a, b) => (a.keptUntil < b.keptUntil ? -1 : a.keptUntil > b.keptUntil ? 1 : 0))
  if (first === undefined) return null
  const alike = due.filter(({ keptUntil, cause }) => keptUntil === first.keptUntil && cause === first.cause)
  return { ...first, items: alike.flatMap(({ items }) => items) }
}
