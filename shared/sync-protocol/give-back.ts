import { z } from 'zod'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { goneReasonSchema } from './pull.ts'
import { pushOutcomeSchema, rawCommandSchema } from './push.ts'

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
   * Without an outcome: the PC has not heard what became of it; it counts where the centre knows that.
   */
  z.object({
    type: z.literal('sent'),
    command: rawCommandSchema,
    outcome: pushOutcomeSchema.optional(),
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
