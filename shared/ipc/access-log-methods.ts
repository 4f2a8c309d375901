import { z } from 'zod'
import { ACCESS_ACTS } from '#shared/domain/access-log/access-event.ts'
import { MOST_LOG_DAYS } from '#shared/domain/access-log/log-entry.ts'
import { monthSchema } from '#shared/domain/access-log/log-review.ts'
import { daysBetween } from '#shared/domain/calendar/day.ts'
import { dateSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import type { LogLine, LogStand, MonthReview } from './access-log-views.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { CentreFailure } from './quarantine-methods.ts'

/** Cases of a line that are told by their number. */
export const MOST_CASES_NAMED = 20

/** What is looked for: days of Korea, both included; null: any. */
export const logQuestionSchema = z
  .object({
    from: dateSchema,
    to: dateSchema,
    accountId: uuidSchema.nullable(),
    deviceId: uuidSchema.nullable(),
    act: z.enum(ACCESS_ACTS).nullable(),
    caseId: uuidSchema.nullable(),
    /** `next` of the page before. */
    before: z.int().positive().nullable()
  })
  .refine(isAnswerable)
export type LogQuestion = z.infer<typeof logQuestionSchema>

/** Whether the period is one that the centre looks through. */
export function isAnswerable({ from, to, caseId }: { from: string; to: string; caseId: string | null }): boolean {
  return from <= to && (caseId !== null || daysBetween(from, to) < MOST_LOG_DAYS)
}

/** 접속기록, for the supervisor and the privacy officer: asked at the centre, where the log of every PC lies. */
export const ACCESS_LOG_METHODS = {
  'accessLog.lines': method(logQuestionSchema).gives<
    { readonly lines: readonly LogLine[]; readonly next: number | null },
    Locked | CentreFailure
  >(),
  /** How far the centre has the log of each PC of the district, and what it found in it. */
  'accessLog.pcs': method(z.object({})).gives<readonly LogStand[], Locked | CentreFailure>(),
  /** 월별 점검: the months that are over, the newest first. */
  'accessLog.reviews': method(z.object({})).gives<readonly MonthReview[], Locked | CentreFailure>(),
  /** The supervisor has looked through a month, and says what came of it. */
  'accessLog.signReview': method(z.object({ month: monthSchema, remark: z.string().trim().min(5).max(400) })).gives<
    null,
    Locked | CentreFailure
  >()
} as const
