import type { CaseState } from '#shared/domain/case/case-state.ts'

/** The usual way on from each state: what the case would still pass through if nothing stood in its way. */
const WAY_ON: Readonly<Record<CaseState, readonly CaseState[]>> = {
  received: ['investigating', 'awaiting_decision', 'eligible', 'notified', 'paid', 'closed'],
  supplement: ['investigating', 'awaiting_decision', 'eligible', 'notified', 'paid', 'closed'],
  transferred: ['closed'],
  investigating: ['awaiting_decision', 'eligible', 'notified', 'paid', 'closed'],
  awaiting_decision: ['eligible', 'notified', 'paid', 'closed'],
  eligible: ['notified', 'payment_pending', 'paid', 'closed'],
  ineligible: ['notified', 'closed'],
  dismissed: ['notified', 'closed'],
  withdrawn: ['closed'],
  notified: ['payment_pending', 'paid', 'closed'],
  payment_pending: ['paid', 'closed'],
  paid: ['closed'],
  payment_held: ['payment_pending', 'paid', 'closed'],
  changed: ['payment_pending', 'paid', 'closed'],
  suspended: ['payment_pending', 'closed'],
  clawback: ['closed'],
  appealed: ['investigating', 'notified', 'closed'],
  closed: []
}

/** The next state that the work usually leads to; the first button. */
export const usualNext = (state: CaseState): CaseState | null => WAY_ON[state][0] ?? null

export interface CaseStep {
  readonly state: CaseState
  /** When it was reached; null ahead. */
  readonly at: string | null
  readonly stage: 'done' | 'now' | 'ahead'
}

/** What fits beside each other on the smallest office screen. */
const MOST_STEPS = 8

/** Where the case stands: the last stages behind it, the present one, and the usual way on. */
export function caseSteps(history: ReadonlyArray<{ state: CaseState; at: string }>, state: CaseState): CaseStep[] {
  const now = history.at(-1)
  const ahead = WAY_ON[state]
  const done = history.slice(0, -1).slice(ahead.length + 1 - MOST_STEPS)
  return [
    ...done.map((step): CaseStep => ({ state: step.state, at: step.at, stage: 'done' })),
    { state, at: now?.at ?? null, stage: 'now' },
    ...ahead.map((next): CaseStep => ({ state: next, at: null, stage: 'ahead' }))
  ]
}
