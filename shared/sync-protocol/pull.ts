import { z } from 'zod'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { batchHeadSchema, listedItemSchema } from '#shared/domain/destruction/destruction-batch.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { receiptSchema } from './receipt.ts'
import { SNAPSHOT_ENCODINGS } from './snapshot.ts'

/**
 * GET /v1/changes?cursor=N: the changes of the desk's district after the cursor, oldest first, as NDJSON (zstd or gzip
 * by Accept-Encoding). Each case stands at its newest change only. The stream ends with an `end` line; one that does not
 * was cut, and the lines before it are valid.
 */
export const pullQuerySchema = z.object({
  cursor: z.coerce.number().int().nonnegative(),
  limit: z.coerce.number().int().min(1).max(1_000_000).default(1_000_000),
  /** A desk that knows its tables takes a long pull in pages of this packing (`pull-pieces.ts`) ... */
  pages: z.enum(SNAPSHOT_ENCODINGS).optional(),
  /** ... of the tables that it has (`STORE_FORMAT`). */
  format: z.coerce.number().int().positive().optional(),
  /** The `tag` of the staff that the reader knows; empty: it knows nobody yet; absent: it asks for cases alone. */
  staff: z.string().max(64).optional(),
  /** How far the reader has the destruction batches; behind `cursor` after a download of cases alone. Absent: it asks for none. */
  batches: z.coerce.number().int().nonnegative().optional()
})

/** Items of a batch in one line. */
export const ITEMS_A_LINE = 500

/**
 * Why a case leaves a desk. `destroyed`: there is no such case any more, anywhere. `withdrawn`: what it rested on was
 * withdrawn; nobody works on it again. `scope`: another district has it now. Nothing of it stays on the desk either way.
 */
export const goneReasonSchema = z.enum(['destroyed', 'withdrawn', 'scope'])
export type GoneReason = z.infer<typeof goneReasonSchema>

export const pullLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    centreId: uuidSchema,
    total: z.int().nonnegative(),
    /** Rises each time the centre comes back from a backup; 0: it never did. */
    generation: z.int().nonnegative(),
    /** The highest number of this PC's commands that the centre has: a PC whose own count is behind it was set back or copied. */
    deviceSeq: z.int().nonnegative(),
    /** The newest piece of a document that the centre lost and asks for (GET /v1/missing-chunks); absent: none. */
    missingChunk: z.int().positive().optional()
  }),
  /** The officials of the district, where the desk does not know them as they are now: whose hand was where. */
  z.object({
    type: z.literal('staff'),
    tag: z.string().min(1).max(64),
    officials: z.array(z.object({ id: uuidSchema, displayName: z.string().max(60) })).max(20_000)
  }),
  z.object({ type: z.literal('case'), seq: z.int().positive(), record: caseRecordSchema }),
  z.object({ type: z.literal('gone'), seq: z.int().positive(), caseId: uuidSchema, reason: goneReasonSchema }),
  /** The centre has the case and cannot open it (its key is missing): what the desk holds of it stays as it is. */
  z.object({ type: z.literal('unreadable'), seq: z.int().positive(), caseId: uuidSchema }),
  /** A destruction batch that changed; behind it come the items of its list that did. They stand after all cases. */
  z.object({ type: z.literal('batch'), batch: batchHeadSchema }),
  z.object({
    type: z.literal('batch_items'),
    batchId: uuidSchema,
    items: z.array(listedItemSchema).max(ITEMS_A_LINE)
  }),
  z.object({
    type: z.literal('end'),
    cursor: z.int().nonnegative(),
    serverTime: instantSchema,
    /** Proves to a centre that was set back that this PC had received so much. */
    receipt: receiptSchema
  })
])
export type PullLine = z.infer<typeof pullLineSchema>
