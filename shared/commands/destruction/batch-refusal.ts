import { z } from 'zod'
import { batchStateSchema } from '#shared/domain/destruction/batch-state.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** Why an act on a destruction batch was not done. No personal data. */
export const batchRefusalSchema = z.discriminatedUnion('type', [
  /** Not there, or another district's: the two answer alike. */
  z.object({ type: z.literal('BatchNotFound') }),
  z.object({ type: z.literal('BatchAlreadyPlanned') }),
  z.object({ type: z.literal('RoleNotAllowed') }),
  /** Who made the list asks for its approval, and nobody else. */
  z.object({ type: z.literal('NotTheAuthor') }),
  /** Who made or reviewed the list does not approve it; who wrote it does not review it. */
  z.object({ type: z.literal('OwnWork') }),
  z.object({ type: z.literal('BatchStateWrong'), state: batchStateSchema }),
  z.object({ type: z.literal('ReasonMissing') }),
  z.object({ type: z.literal('ListEmpty') }),
  z.object({ type: z.literal('ListFull') }),
  /** It went to and fro so often that its history would grow without end. */
  z.object({ type: z.literal('TooManyRounds') }),
  z.object({ type: z.literal('ItemNotListed'), caseId: uuidSchema }),
  /** It is not due by the day of the plan. */
  z.object({ type: z.literal('ItemNotDue'), caseId: uuidSchema }),
  /** The list is not the one that was signed: something in it changed since. */
  z.object({ type: z.literal('ListChanged') }),
  /** The signature is not the officer's over this list. */
  z.object({ type: z.literal('SignatureInvalid') })
])
export type BatchRefusal = z.infer<typeof batchRefusalSchema>

export const BATCH_REFUSAL_TYPES: readonly BatchRefusal['type'][] = batchRefusalSchema.options.map(
  ({ shape }) => shape.type.value
)
