import { z } from 'zod'
import { searchedPlaceSchema } from '#shared/domain/erasure/erasure-place.ts'
import { instantSchema } from '#shared/foundation/primitives.ts'

/** 검증: the newest search for what is left of a batch, place by place. It holds counts, and nothing of a citizen. */
export const batchVerificationSchema = z.object({
  at: instantSchema,
  /** The administrator's name as it is now. */
  by: z.string(),
  cases: z.int().nonnegative(),
  /** Of how many nobody knows what to look for. */
  unmarked: z.int().nonnegative(),
  places: z.array(searchedPlaceSchema),
  /** Nothing was found, every copy is settled, and the markers are destroyed. */
  closed: z.boolean()
})
export type BatchVerification = z.infer<typeof batchVerificationSchema>
