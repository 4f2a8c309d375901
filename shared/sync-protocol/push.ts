import { z } from 'zod'
import { batchRefusalSchema } from '#shared/commands/destruction/batch-refusal.ts'
import { refusalSchema } from '#shared/commands/refusal.ts'
import { VERSIONED_FIELDS } from '#shared/domain/case/case.ts'
import { burialReasonSchema } from '#shared/domain/quarantine/quarantine-entry.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { apiErrorSchema } from './api-error.ts'

/** Commands of one request. A longer outbox goes in several, each begun after the answers to the one before. */
export const MAX_COMMANDS_A_PUSH = 5_000
/** Of one line, unpacked. */
export const MAX_PUSH_LINE_BYTES = 256 * 1_024
/** Of all lines of a request, unpacked. */
export const MAX_PUSH_BYTES = 16 * 1_024 * 1_024

/** A command as it travels: its identity is read first, the rest by itself. */
export const rawCommandSchema = z.looseObject({ id: uuidSchema, deviceSeq: z.int().positive() })
export type RawCommand = z.infer<typeof rawCommandSchema>

/**
 * POST /v1/push: the waiting commands of a device in its own order, as NDJSON in zstd or gzip. The first line says whose
 * they are. Each command is parsed by itself (`anyCommandSchema`), so that one unreadable command is refused and the others
 * go on.
 */
export const pushLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    deviceId: uuidSchema,
    /** Numbers up to here that the PC gave out and has no command of any more: the centre does not wait for them. */
    givenUpTo: z.int().positive().optional()
  }),
  z.object({ type: z.literal('command'), command: rawCommandSchema })
])
export type PushLine = z.infer<typeof pushLineSchema>

export const pushOutcomeSchema = z.discriminatedUnion('type', [
  /** `seq` is the change's place in the district's stream. */
  z.object({ type: z.literal('Applied'), commandId: uuidSchema, rev: z.int().positive(), seq: z.int().positive() }),
  /** Applied, although somebody else had changed another field of the case since the author saw it. */
  z.object({ type: z.literal('Merged'), commandId: uuidSchema, rev: z.int().positive(), seq: z.int().positive() }),
  /** What could be was applied; the named fields stand in the case as open conflicts, with both values. */
  z.object({
    type: z.literal('Conflict'),
    commandId: uuidSchema,
    rev: z.int().positive(),
    seq: z.int().positive(),
    fields: z.array(z.enum(VERSIONED_FIELDS)).min(1)
  }),
  /** The same command came before: nothing was done again. */
  z.object({
    type: z.literal('AlreadyApplied'),
    commandId: uuidSchema,
    rev: z.int().positive(),
    seq: z.int().positive()
  }),
  z.object({ type: z.literal('Refused'), commandId: uuidSchema, refusal: refusalSchema }),
  /** An act on a destruction batch that the rules do not allow. */
  z.object({ type: z.literal('BatchRefused'), commandId: uuidSchema, refusal: batchRefusalSchema }),
  /** The case is buried: nothing was done, and the privacy officer of the district has the command, sealed. */
  z.object({ type: z.literal('Quarantined'), commandId: uuidSchema, cause: burialReasonSchema }),
  /** Another district has the case now: its people have the command, and decide about it. */
  z.object({ type: z.literal('HandedOver'), commandId: uuidSchema })
])
export type PushOutcome = z.infer<typeof pushOutcomeSchema>

/**
 * The answer, as NDJSON, begins while the request is still coming: a line for each piece of it once it is
 * committed, then `end`. `stopped`: the centre read no further; what it answered before holds. Neither of the two: the
 * line was cut. Sending the same commands again is always right.
 */
export const pushAnswerLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('outcomes'), outcomes: z.array(pushOutcomeSchema) }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('stopped'), error: apiErrorSchema.shape.error })
])
export type PushAnswerLine = z.infer<typeof pushAnswerLineSchema>
