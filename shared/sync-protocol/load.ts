import { z } from 'zod'

/** GET /v1/load: what a first download of the account's district is, before it begins. Estimates but for the cases. */
export const ownLoadResponseSchema = z.object({
  cases: z.int().nonnegative(),
  lineBytes: z.int().nonnegative(),
  diskBytes: z.int().nonnegative(),
  /** How long it takes at such a line, the PC's own work counted. */
  atLine: z.array(z.object({ megabitsPerSecond: z.int().positive(), seconds: z.int().nonnegative() })).max(10)
})
export type OwnLoad = z.infer<typeof ownLoadResponseSchema>
