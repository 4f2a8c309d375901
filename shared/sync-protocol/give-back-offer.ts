import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'

export const MAX_CASES_AN_OFFER = 5_000
/** No case is changed as often; above it no column holds a revision. */
const MOST_REV = 1_000_000_000

/** POST /v1/give-back/offer: many PCs hold the same cases; a record is sent only by the one that is asked for it. */
export const giveBackOfferSchema = z.object({
  cases: z.array(z.object({ id: uuidSchema, rev: z.int().positive().max(MOST_REV) })).max(MAX_CASES_AN_OFFER)
})
export const giveBackWantedSchema = z.object({ wanted: z.array(uuidSchema) })
