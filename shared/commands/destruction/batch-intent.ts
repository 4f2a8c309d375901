import { z } from 'zod'
import { batchItemSchema, batchPlanSchema, batchRequestSchema } from '#shared/domain/destruction/destruction-batch.ts'
import { dateSchema, uuidSchema } from '#shared/foundation/primitives.ts'

const reason = z.string().trim().max(400)
/** A line of a push holds no more; a long list is added in several. */
export const MOST_ITEMS_A_COMMAND = 500

/** Acts that say all they say by themselves. */
export const plainActSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('batch.plan'), args: batchPlanSchema }),
  z.object({ name: z.literal('batch.submit'), args: z.object({}) }),
  z.object({ name: z.literal('batch.exclude'), args: z.object({ caseId: uuidSchema, reason }) }),
  z.object({ name: z.literal('batch.extend'), args: z.object({ caseId: uuidSchema, until: dateSchema, reason }) }),
  z.object({ name: z.literal('batch.include'), args: z.object({ caseId: uuidSchema }) }),
  z.object({ name: z.literal('batch.finish_review'), args: z.object({ reason }) }),
  z.object({ name: z.literal('batch.request'), args: batchRequestSchema }),
  z.object({ name: z.literal('batch.return'), args: z.object({ reason }) }),
  z.object({ name: z.literal('batch.abort'), args: z.object({ reason }) })
])
export type PlainAct = z.infer<typeof plainActSchema>

/** What a person wants done to a destruction batch. Execution, receipts and completion are the centre's own. */
export const batchIntentSchema = z.discriminatedUnion('name', [
  ...plainActSchema.options,
  /** Of what the centre found to be due. */
  z.object({
    name: z.literal('batch.list'),
    args: z.object({ items: z.array(batchItemSchema).min(1).max(MOST_ITEMS_A_COMMAND) })
  }),
  /** Signed with the key that the officer's password opens. */
  z.object({
    name: z.literal('batch.approve'),
    args: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), signature: z.base64().max(120) })
  })
])
export type BatchIntent = z.infer<typeof batchIntentSchema>
export type BatchCommandName = BatchIntent['name']
