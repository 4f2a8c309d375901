import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * A district as a file that is made ready: what a PC that has nothing yet may take instead of the stream.
 *
 * POST /v1/snapshot answers with one or says to come again. GET /v1/snapshot/:snapshotId/chunks/:no gives its parts:
 * compressed pages of an image, sealed under a key that this one copy has and that is destroyed with it.
 */
export const SNAPSHOT_ENCODINGS = ['zstd', 'gzip'] as const
export type SnapshotEncoding = (typeof SNAPSHOT_ENCODINGS)[number]

export const snapshotRequestSchema = z.object({
  /** What the PC's runtime can unpack. */
  encoding: z.enum(SNAPSHOT_ENCODINGS),
  /** The tables that the PC has (`STORE_FORMAT`). */
  format: z.int().positive()
})
export type SnapshotRequest = z.infer<typeof snapshotRequestSchema>

export const MOST_SNAPSHOT_CHUNKS = 4096
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

export const snapshotReadySchema = z.object({
  type: z.literal('Ready'),
  snapshotId: uuidSchema,
  centreId: uuidSchema,
  /** base64, 32 bytes. */
  key: z.string().max(64),
  /** How far the stream is in it: the PC goes on from there. */
  cursor: z.int().nonnegative(),
  cases: z.int().nonnegative(),
  /** SHA-256 of each part as it is sent. */
  chunks: z.array(sha256Schema).min(1).max(MOST_SNAPSHOT_CHUNKS),
  lineBytes: z.int().nonnegative(),
  expiresAt: instantSchema
})
export type SnapshotReady = z.infer<typeof snapshotReadySchema>

export const snapshotResponseSchema = z.discriminatedUnion('type', [
  snapshotReadySchema,
  /** It is being made. */
  z.object({ type: z.literal('Preparing'), retryAfterMs: z.int().positive().max(60_000) }),
  /** A small district, one too large, other tables, or it could not be made: the stream brings everything. */
  z.object({ type: z.literal('Unavailable') })
])
export type SnapshotResponse = z.infer<typeof snapshotResponseSchema>

/** What a part is bound to. */
export const chunkContext = (snapshotId: string, no: number): string => `snapshot:${snapshotId}:${no}`

/** Pages of the image in each part but the last. */
export const PAGES_A_CHUNK = 512
