import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { Tone } from '../design-system/pill.tsx'

/** How a state is tinted: what waits for us is plain or blue, for the citizen amber, what went well green, trouble red. */
export const STATE_TONES: Readonly<Record<CaseState, Tone>> = {
  received: 'plain',
  supplement: 'warn',
  transferred: 'plain',
  investigating: 'info',
  awaiting_decision: 'info',
  eligible: 'ok',
  ineligible: 'bad',
  dismissed: 'bad',
  withdrawn: 'plain',
  notified: 'info',
  payment_pending: 'info',
  paid: 'ok',
  payment_held: 'warn',
  changed: 'warn',
  suspended: 'warn',
  clawback: 'bad',
  appealed: 'bad',
  closed: 'plain'
}
