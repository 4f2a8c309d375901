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

export type CaseState = (typeof CASE_STATES)[number]
