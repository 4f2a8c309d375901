import { z } from 'zod'
import { reportedCountSchema } from './outbox-report.ts'

/** POST /v1/device/wiped: nothing lies on the PC any more; 204. */
export const wipedReportSchema = z.object({
  /** Unsent commands that were handed over before. */
  handedOver: reportedCountSchema
})
