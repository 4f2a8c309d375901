import type { IsoDate } from '#shared/foundation/primitives.ts'
import { latest } from './term.ts'

/**
 * Who appears in a case. `key` is the registration number, or at the centre its blind index; whoever has none is known in
 * no other case.
 */
export interface CasePersons {
  readonly caseId: string
  readonly keys: readonly string[]
  /** The last day on which the case is kept; null: no end yet. */
  readonly keptUntil: IsoDate | null
}

/** A person who stays in other cases when one goes. Destroying a case takes that case's copy alone. */
export interface StayingPerson {
  readonly key: string
  readonly caseIds: readonly string[]
  /** The last day on which any of them is kept; null: no end yet. */
  readonly until: IsoDate | null
}

export function stayingPersons(subject: CasePersons, others: readonly CasePersons[]): StayingPerson[] {
  return [...new Set(subject.keys)].flatMap((key) => {
    const [first, ...rest] = others.filter(({ caseId, keys }) => caseId !== subject.caseId && keys.includes(key))
    if (first === undefined) return []
    const ends = rest.map(({ keptUntil }) => keptUntil)
    const isOpen = first.keptUntil === null || ends.includes(null)
    const until = isOpen ? null : latest([first.keptUntil, ...ends.filter((end) => end !== null)])
    return [{ key, caseIds: [first, ...rest].map(({ caseId }) => caseId), until }]
  })
}
