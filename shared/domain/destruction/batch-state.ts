import { z } from 'zod'

/**
 * Where a destruction batch stands (제7조 ③: 파기계획 → 선정 → 보호책임자 승인 → 파기). What follows `cooling` is the
 * centre's to do; nobody's command leads there.
 */
export const BATCH_STATES = [
  'selecting', // 계획·선정
  'reviewing', // 검토
  'reviewed', // 검토 끝
  'requested', // 승인 요청 (표준 개인정보 보호지침 별지 4)
  'cooling', // 승인, 유예
  'executing', // 집행
  'verifying', // 검증
  'completed', // 완료 (별지 5)
  'aborted' // 중단
] as const
export const batchStateSchema = z.enum(BATCH_STATES)
export type BatchState = (typeof BATCH_STATES)[number]

const BEGUN: ReadonlySet<BatchState> = new Set(['executing', 'verifying', 'completed', 'aborted'])

/** Nothing is destroyed yet, so that it may be called off. */
export const mayAbort = (state: BatchState): boolean => !BEGUN.has(state)
