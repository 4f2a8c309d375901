import { z } from 'zod'

/** 신청 건의 상태. The Korean word of each is in the locale files under `caseState.*`. */
export const CASE_STATES = [
  'received', // 접수
  'supplement', // 보완요청
  'transferred', // 이송
  'investigating', // 조사중
  'awaiting_decision', // 결정대기
  'eligible', // 적합
  'ineligible', // 부적합
  'dismissed', // 각하
  'withdrawn', // 취하
  'notified', // 통지
  'payment_pending', // 지급대기
  'paid', // 지급
  'payment_held', // 지급보류
  'changed', // 변동
  'suspended', // 중지
  'clawback', // 환수
  'appealed', // 이의신청
  'closed' // 종결
] as const

export const caseStateSchema = z.enum(CASE_STATES)
export type CaseState = (typeof CASE_STATES)[number]

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
