import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** `applied`: the commands went in as the PC's own. `parked`: an administrator releases what has not gone in. */
export const RESCUE_STATES = ['applied', 'parked', 'released'] as const
/**
 * `revoked`: the PC was shut out. `gap`: a command before them never came, so their order cannot be kept. `chunks`:
 * pieces of its documents are still to come. `author`: somebody whom the centre has never seen sign in on the PC made some of
 * it; of a PC that it knows by a give-back alone it has seen nobody.
 */
export const PARK_CAUSES = ['revoked', 'gap', 'chunks', 'author'] as const

/** A capsule that came to the centre, in counts only. */
export const rescueEntrySchema = z.object({
  id: uuidSchema,
  deviceId: uuidSchema,
  deviceName: z.string(),
  receivedAt: instantSchema,
  /** Sent by the PC itself, or brought as a file. */
  via: z.enum(['line', 'file']),
  state: z.enum(RESCUE_STATES),
  parkedFor: z.enum(PARK_CAUSES).nullable(),
  /** What lay in the capsule: commands, and documents that had no number yet. */
  commands: z.int().nonnegative(),
  documents: z.int().nonnegative(),
  /** What became of them: done now, done before, refused or quarantined. */
  applied: z.int().nonnegative(),
  alreadyApplied: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** Documents of which pieces are missing for good. */
  lost: z.int().nonnegative(),
  /** Records that could not be read. */
  damaged: z.int().nonnegative(),
  releasedAt: instantSchema.nullable()
})
/** All of such a rescue waits, its documents as well: the centre does not know yet whose work it is. */
export const isHeldBack = (cause: (typeof PARK_CAUSES)[number] | null): boolean =>
  cause === 'revoked' || cause === 'author'

export type RescueEntry = z.infer<typeof rescueEntrySchema>

/** A capsule holds unsent commands, and of documents what opens them; a year's work of a PC is far below. */
export const MOST_CAPSULE_BYTES = 32 * 1024 * 1024
