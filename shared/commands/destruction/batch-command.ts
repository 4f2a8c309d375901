import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { commandEnvelopeSchema } from '../command.ts'
import { batchIntentSchema } from './batch-intent.ts'

/** What was done to a destruction batch. It shares numbering, outbox and push with the commands of cases. */
const batchEnvelopeSchema = commandEnvelopeSchema
  .omit({ caseId: true, base: true, seenRev: true })
  .extend({ batchId: uuidSchema })

export const batchCommandSchema = z.intersection(batchEnvelopeSchema, batchIntentSchema)
export type BatchCommand = z.infer<typeof batchCommandSchema>
