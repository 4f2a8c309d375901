import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** GET /v1/restore: what the centre lacks is for the desk to work out. Needs a session, or the receipt alone. */
export const restoreStandSchema = z.object({
  centreId: uuidSchema,
  /** The gate is shut: nothing but giving back is served. */
  isClosed: z.boolean(),
  generation: z.int().nonnegative(),
  /** Where the district's stream ended when the centre came back. Up to here the two are alike. */
  streamEnd: z.int().nonnegative(),
  /** Up to which number the centre has this PC's commands, as far as it can tell. */
  deviceSeq: z.int().nonnegative()
})
export type RestoreStand = z.infer<typeof restoreStandSchema>
