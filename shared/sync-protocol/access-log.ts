import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** Lines of one request. A longer log goes in several. */
export const MAX_LINES_A_LOG = 2_000
/** Of one line as it travels, unpacked: above what the ids of 500 cases take. */
export const MAX_LOG_LINE_BYTES = 128 * 1_024
/** Of all lines of a request, unpacked. */
export const MAX_LOG_BYTES = 16 * 1_024 * 1_024
/** Places that a PC names of what it believes to have sent: each twice as far back as the one before. */
export const MAX_LOG_POINTS = 48

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)
const lineNoSchema = z
  .int()
  .positive()
  .max(2 ** 48)

/**
 * POST /v1/access-log: the lines of a PC's access log that the centre has not acknowledged, as NDJSON in zstd or gzip. The
 * same line again changes nothing.
 */
export const accessLogLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    deviceId: uuidSchema,
    /** Names the chain: the hash of its first line. */
    chain: hashSchema,
    /** How far the PC's log goes. */
    newest: lineNoSchema,
    /**
     * Lines that the PC believes to be at the centre, the newest first. The lines of the request follow the first of
     * them; a centre that lacks that one takes none of them and answers with the newest that it has.
     */
    points: z.array(z.object({ no: lineNoSchema, hash: hashSchema })).max(MAX_LOG_POINTS)
  }),
  z.object({
    type: z.literal('line'),
    no: lineNoSchema,
    /** The canonical text, byte for byte what was hashed. */
    body: z.string().refine((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text)),
    previousHash: hashSchema,
    hash: hashSchema
  })
])
export type AccessLogLine = z.infer<typeof accessLogLineSchema>

/** Up to where the centre has the log as this PC has it. */
export const accessLogAnswerSchema = z.object({ upTo: z.int().nonnegative() })
export type AccessLogAnswer = z.infer<typeof accessLogAnswerSchema>
