import { z } from 'zod'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { goneReasonSchema } from './pull.ts'
import { pushOutcomeSchema, rawCommandSchema } from './push.ts'

/** What a desk and a centre that was restored from a backup say to each other. See docs/specs/restore.md. */

/** GET /v1/restore: what the centre lacks is for the desk to work out. Needs a session, or the receipt alone. */
export const restoreStandSchema = z.object({
  centreId: uuidSchema,
  /** The gate is shut: nothing but giving back is served. */
  isClosed: z.boolean(),
  generation: z.int().nonnegative(),
  /** Where the district's stream ended when the centre came back. Up to here the two are alike. */
  streamEnd: z.int().nonnegative(),
  /** The highest number of this PC's commands that the centre has. */
  deviceSeq: z.int().nonnegative()
})
export type RestoreStand = z.infer<typeof restoreStandSchema>

export const MAX_CASES_AN_OFFER = 5_000
/** No case is changed as often; above it no column holds a revision. */
const MOST_REV = 1_000_000_000

/** POST /v1/give-back/offer: many PCs hold the same cases; a record is sent only by the one that is asked for it. */
export const giveBackOfferSchema = z.object({
  cases: z.array(z.object({ id: uuidSchema, rev: z.int().positive().max(MOST_REV) })).max(MAX_CASES_AN_OFFER)
})
export const giveBackWantedSchema = z.object({ wanted: z.array(uuidSchema) })

/**
 * POST /v1/give-back: NDJSON (gzip or zstd), `from` first, `end` last. What came before a cut is kept, and giving it
 * again changes nothing; only a stream with its end counts as this PC's report.
 */
export const giveBackLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('from'),
    /** The generation that the centre named. */
    generation: z.int().nonnegative(),
    cursor: z.int().nonnegative(),
    /** The highest number of this PC's commands that a centre acknowledged. */
    deviceSeq: z.int().nonnegative()
  }),
  /**
   * A command with what the centre had answered to it. Of one whose case left the PC only id and number are in clear;
   * `sealed`: the whole of it, as JSON sealed to the centre's public key (base64), where there is something to be kept.
   */
  z.object({
    type: z.literal('sent'),
    command: rawCommandSchema,
    outcome: pushOutcomeSchema,
    sealed: z.base64().optional()
  }),
  z.object({ type: z.literal('case'), record: caseRecordSchema }),
  z.object({ type: z.literal('gone'), caseId: uuidSchema, reason: goneReasonSchema }),
  z.object({ type: z.literal('end') })
])
export type GiveBackLine = z.infer<typeof giveBackLineSchema>

export const giveBackResponseSchema = z.object({
  generation: z.int().nonnegative(),
  /** The desk receives anew from here. */
  cursor: z.int().nonnegative(),
  commands: z.int().nonnegative(),
  cases: z.int().nonnegative(),
  tombstones: z.int().nonnegative()
})
export type GiveBackResponse = z.infer<typeof giveBackResponseSchema>
