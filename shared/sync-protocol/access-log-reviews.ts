import { z } from 'zod'
import { monthReviewSchema, monthSchema } from '#shared/domain/access-log/log-review.ts'

/** GET /v1/admin/access-log/reviews: the months of the district's log that are over, the newest first. */
export const logReviewsResponseSchema = z.object({ months: z.array(monthReviewSchema) })

/** POST /v1/admin/access-log/reviews: the supervisor has looked through a month. Answers 204. */
export const signLogReviewSchema = z.object({ month: monthSchema, remark: z.string().trim().min(5).max(400) })
