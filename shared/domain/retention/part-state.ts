import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { Deadline } from './term.ts'
import type { HeldPart } from './why-held.ts'

/**
 * 보유 중, 분리 보관 (its policy term is over, another law or a hold keeps it: 개인정보 보호법 21조 3항), 파기 대상, and
 * 파기 지연 (five days over: 표준 개인정보 보호지침 10조 1항).
 */
export type PartState = 'kept' | 'kept_apart' | 'due' | 'overdue'

export function partState({ term, deadline }: Pick<HeldPart, 'term' | 'deadline'>, on: IsoDate): PartState {
  if (deadline !== null && on > deadline.keptUntil) return on > deadline.destroyBy ? 'overdue' : 'due'
  return term.until !== null && on > term.until ? 'kept_apart' : 'kept'
}

/** When the case goes whole: with the last of what the office holds of it. null: something has no end yet. */
export function wholeDeadline(parts: readonly HeldPart[]): Deadline | null {
  const deadlines = parts.filter(({ place }) => place === 'office').map(({ deadline }) => deadline)
  return deadlines.reduce((last, deadline) => {
    if (last === null || deadline === null) return null
    return deadline.keptUntil > last.keptUntil ? deadline : last
  }, deadlines[0] ?? null)
}
