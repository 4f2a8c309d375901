import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { accessEventSchema } from './access-event.ts'
import { lineMarkSchema } from './judge-line.ts'

/** Days of one question to the log, unless a case is named, which finds its few lines by itself. */
export const MOST_LOG_DAYS = 93

/** A line of the access log as it is shown to those who check it: ids only, as in the line itself. */
export const logEntrySchema = z.object({
  /** Its place in the order in which the centre received all lines. */
  id: z.int().positive(),
  deviceId: uuidSchema,
  no: z.int().positive(),
  at: instantSchema,
  receivedAt: instantSchema,
  accountId: uuidSchema,
  /** By its name: a newer desk records acts that this program does not know. */
  act: z.string(),
  address: accessEventSchema.shape.address,
  caseIds: accessEventSchema.shape.caseIds,
  detail: accessEventSchema.shape.detail,
  reason: accessEventSchema.shape.reason,
  marks: z.array(lineMarkSchema)
})
export type LogEntry = z.infer<typeof logEntrySchema>
