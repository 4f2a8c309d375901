import { z } from 'zod'
import { CASE_STATES, type CaseState } from './case-state-list.ts'

/** The list has a file of its own, so that a window which only shows states does not load zod for them. */
export { CASE_STATES, type CaseState }

export const caseStateSchema = z.enum(CASE_STATES)

const NEXT_STATES: Readonly<Record<CaseState, readonly CaseState[]>> = {
  received: ['supplement', 'investigating', 'transferred', 'withdrawn'],
  supplement: ['investigating', 'dismissed', 'withdrawn'],
  transferred: ['closed'],
  investigating: ['supplement', 'awaiting_decision', 'dismissed', 'withdrawn'],
  awaiting_decision: ['investigating', 'eligible', 'ineligible', 'withdrawn'],
  eligible: ['notified'],
  ineligible: ['notified'],
  dismissed: ['notified'],
  withdrawn: ['closed'],
  notified: ['payment_pending', 'appealed', 'closed'],
  payment_pending: ['paid', 'payment_held', 'changed'],
  paid: ['payment_pending', 'changed', 'suspended', 'clawback', 'closed'],
  payment_held: ['payment_pending', 'suspended', 'closed'],
  changed: ['payment_pending', 'suspended', 'clawback'],
  suspended: ['payment_pending', 'clawback', 'appealed', 'closed'],
  clawback: ['appealed', 'closed'],
  appealed: ['investigating', 'notified', 'closed'],
  closed: ['appealed']
}

export const nextStates = (state: CaseState): readonly CaseState[] => NEXT_STATES[state]

export const canMove = (from: CaseState, to: CaseState): boolean => NEXT_STATES[from].includes(to)

/** States in which the office still owes the citizen the notice of its decision (사회보장급여법 9조: 30일). */
const OWES_NOTICE: ReadonlySet<CaseState> = new Set([
  'received',
  'supplement',
  'investigating',
  'awaiting_decision',
  'eligible',
  'ineligible',
  'dismissed',
  'appealed'
])

export const owesNotice = (state: CaseState): boolean => OWES_NOTICE.has(state)

/** States of a case that is decided, or in payment: from here on a wrong account or a late consent costs money. */
const DECIDED: ReadonlySet<CaseState> = new Set([
  'eligible',
  'ineligible',
  'dismissed',
  'notified',
  'payment_pending',
  'paid',
  'payment_held',
  'changed',
  'suspended',
  'clawback'
])

export const isDecided = (state: CaseState): boolean => DECIDED.has(state)
