import { z } from 'zod'
import { plainActSchema } from '#shared/commands/destruction/batch-intent.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import { batchRequestSchema, dueCauseSchema } from '#shared/domain/destruction/destruction-batch.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { Paper } from '#shared/papers/paper.ts'
import type { BatchCopies, BatchItemPage, BatchSummary, BatchView } from './destruction-views.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { CentreFailure } from './quarantine-methods.ts'

const oneBatch = z.object({ batchId: uuidSchema })

export type BatchMissing = { type: 'BatchNotFound' }
export type ActFailure = { type: 'ActRefused'; refusal: BatchRefusal } | { type: 'DiskFull' }

/** Items of one page. */
export const BATCH_PAGE_ROWS = 50

export const batchItemFilterSchema = z.object({
  show: z.enum(['all', 'to_destroy', 'left_out']),
  cause: dueCauseSchema.nullable()
})
export type BatchItemFilter = z.infer<typeof batchItemFilterSchema>

/** 파기: the district's batches as this PC knows them, and what is done to them. Works without a line but for `select`. */
export const DESTRUCTION_METHODS = {
  /** The ones that moved last first. */
  'destruction.list': method(z.object({})).gives<readonly BatchSummary[], Locked>(),
  'destruction.open': method(oneBatch).gives<BatchView, Locked | BatchMissing>(),
  /** A page of its list; recorded as a list of these cases. */
  'destruction.items': method(oneBatch.extend({ filter: batchItemFilterSchema, from: z.int().nonnegative() })).gives<
    BatchItemPage,
    Locked | BatchMissing
  >(),
  /** Does one thing to a batch; null: plans a new one. */
  'destruction.act': method(z.object({ batchId: uuidSchema.nullable(), act: plainActSchema })).gives<
    { batchId: string },
    Locked | ActFailure
  >(),
  /** Asks the centre which whole cases are due by the day of the plan, and lists them. Says how many it found. */
  'destruction.select': method(oneBatch).gives<{ found: number }, Locked | BatchMissing | ActFailure | CentreFailure>(),
  /** 승인 of the list with this digest; the password opens the officer's signing key. */
  'destruction.approve': method(
    oneBatch.extend({ digest: z.string().regex(/^[0-9a-f]{64}$/), password: z.string().min(1).max(256) })
  ).gives<null, Locked | BatchMissing | ActFailure | ApproveFailure>(),
  /** 사본 대장 of a batch whose execution has begun; it lies at the centre alone. */
  'destruction.copies': method(oneBatch).gives<BatchCopies, Locked | CentreFailure>(),
  /** 별지 4 as it stands, or as it would stand with this request. */
  'destruction.paper': method(oneBatch.extend({ request: batchRequestSchema.nullable() })).gives<
    Paper,
    Locked | BatchMissing
  >()
} as const

export type ApproveFailure =
  | { type: 'WrongPassword'; attemptsLeft: number }
  /** The desk is locked; an online sign-in lets her in again. */
  | { type: 'AccountLocked' }
  /** She has no key at this PC yet, and the centre could not be told of one. */
  | { type: 'SigningKeyMissing' }
