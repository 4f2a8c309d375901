import { z } from 'zod'
import { provisionActSchema } from '#shared/commands/provision/provision-act.ts'
import { provisionRefusalSchema } from '#shared/commands/provision/provision-refusal.ts'
import {
  MOST_PERSONS,
  provisionLineSchema,
  provisionRequestSchema,
  provisionRunSchema
} from '#shared/domain/provision/provision-run.ts'
import { dateSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** Who is to be given, and the revision of her case that the file will be made of. */
export const giveRequestSchema = provisionRequestSchema.extend({
  persons: z
    .array(z.tuple([uuidSchema, z.int().positive()]))
    .min(1)
    .max(MOST_PERSONS)
})
export type GiveRequest = z.infer<typeof giveRequestSchema>

/** PUT /v1/provisions/:runId: the same again is answered alike, with the number of the first time. */
export const giveResponseSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Numbered'), run: provisionRunSchema, lines: z.array(provisionLineSchema) }),
  z.object({ type: z.literal('Refused'), refusal: provisionRefusalSchema })
])
export type GiveResponse = z.infer<typeof giveResponseSchema>

/** POST /v1/provisions/:runId/acts. */
export const provisionActRequestSchema = provisionActSchema
export const provisionActResponseSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Done') }),
  z.object({ type: z.literal('Refused'), refusal: provisionRefusalSchema })
])
export type ProvisionActResponse = z.infer<typeof provisionActResponseSchema>

/** Runs and lines of one answer. */
export const MOST_LEDGER_ENTRIES = 1_000

/**
 * GET /v1/provisions: the district's 제공 대장 after a place in its stream; by the days of the giving, for a report of a
 * period. Each entry as it is now.
 */
export const ledgerQuerySchema = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  from: dateSchema.optional(),
  to: dateSchema.optional()
})
export const ledgerResponseSchema = z.object({
  runs: z.array(provisionRunSchema),
  lines: z.array(provisionLineSchema),
  /** What `after` is to be for the next page; null: this was the last one. */
  next: z.int().nullable(),
  /** How far these go. */
  upTo: z.int().nonnegative()
})
export type LedgerPage = z.infer<typeof ledgerResponseSchema>
