import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * POST /v1/device/erased, by the credential of the PC: nothing of the batch is on it any more; 204. `NotFound`: the centre
 * waits for no such receipt, or the PC has not received all that the batch destroyed.
 */
export const erasureReceiptSchema = z.object({
  batchId: uuidSchema,
  /** How far the PC has the district's stream. */
  cursor: z.int().nonnegative(),
  /** When it had looked everywhere, by its own clock. */
  at: instantSchema,
  /** Cases of the batch that were looked for. */
  cases: z.int().nonnegative()
})
export type ErasureReceipt = z.infer<typeof erasureReceiptSchema>
