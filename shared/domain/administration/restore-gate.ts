import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** Whether the centre serves, or takes back what it lost when it was restored from a backup. */
export const restoreGateSchema = z.object({
  state: z.enum(['open', 'closed']),
  /** Since when it is closed, or when it was last opened; null: it never was closed. */
  since: instantSchema.nullable(),
  /** What was found when it closed: how many numbers of the streams and of the PCs the centre lacks; null: not known yet. */
  behind: z.object({ changes: z.int().nonnegative(), commands: z.int().nonnegative() }).nullable(),
  /** What has come back so far. */
  takenBack: z.object({
    cases: z.int().nonnegative(),
    commands: z.int().nonnegative(),
    buriedAgain: z.int().nonnegative()
  }),
  /** PCs of the district whose lease still lives: each has to report before the gate opens by itself. */
  devices: z.array(
    z.object({ id: uuidSchema, name: z.string(), lastContactAt: instantSchema, reportedAt: instantSchema.nullable() })
  ),
  /** PCs of all districts, in counts. */
  expected: z.int().nonnegative(),
  reported: z.int().nonnegative(),
  /** Why somebody opened it before all had reported; null: nobody did. */
  openedReason: z.string().nullable()
})
export type RestoreGate = z.infer<typeof restoreGateSchema>

export const openReasonSchema = z.string().trim().min(5).max(400)
