import { z } from 'zod'
import { refusalSchema } from '#shared/commands/refusal.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

export const MAX_COMMANDS_A_PUSH = 500

/**
 * POST /v1/push: the waiting commands of a device in its own order. Each is parsed by itself (`commandSchema`), so that
 * one unreadable command is refused and the others go on.
 */
export const pushRequestSchema = z.object({
  deviceId: uuidSchema,
  commands: z
    .array(z.looseObject({ id: uuidSchema, deviceSeq: z.int().positive() }))
    .min(1)
    .max(MAX_COMMANDS_A_PUSH)
})
export type PushRequest = z.infer<typeof pushRequestSchema>

export const pushOutcomeSchema = z.discriminatedUnion('type', [
  /** `seq` is the change's place in the district's stream. */
  z.object({ type: z.literal('Applied'), commandId: uuidSchema, rev: z.int().positive(), seq: z.int().positive() }),
  /** The same command came before: nothing was done again. */
  z.object({
    type: z.literal('AlreadyApplied'),
    commandId: uuidSchema,
    rev: z.int().positive(),
    seq: z.int().positive()
  }),
  z.object({ type: z.literal('Refused'), commandId: uuidSchema, refusal: refusalSchema })
])
export type PushOutcome = z.infer<typeof pushOutcomeSchema>

export const pushResponseSchema = z.object({ outcomes: z.array(pushOutcomeSchema) })
