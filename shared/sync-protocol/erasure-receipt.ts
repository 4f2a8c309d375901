import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * POST /v1/device/erased, by the credential of the PC: what is left of the batch on it, which is to be
 * nothing; 204. `NotFound`: the centre
 * waits for no such receipt, or the PC has not received all that the batch destroyed.
 */
export const erasureReceiptSchema = z.object({
  batchId: uuidSchema,
  /** How far the PC has the district's stream. */
  cursor: z.int().nonnegative(),
  /** When it had looked everywhere, by its own clock. */
  at: instantSchema,
  /** Cases of the batch that were looked for. */
  cases: z.int().nonnegative(),
  /** Everything in the PC's file in which nothing stands, read as it lies on the disk, its log cut to nothing. */
  looked: z.object({
    pages: z.int().nonnegative(),
    freePages: z.int().nonnegative(),
    /** Pages and tables in which something was left, and was overwritten. */
    cleared: z.int().nonnegative(),
    /** Places in which something is left all the same: then the line stays open. */
    residues: z.int().nonnegative()
  })
})
export type ErasureReceipt = z.infer<typeof erasureReceiptSchema>
