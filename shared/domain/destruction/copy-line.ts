import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 사본 대장: a place where something of a batch lay when it was destroyed at the centre. It holds nothing of a citizen. */

/** `export`: a file that was written to give it to a recipient. `recipient`: what it was given in that file. */
export const COPY_PLACES = ['centre', 'prepared', 'desk', 'backups', 'export', 'recipient'] as const
export const copyPlaceSchema = z.enum(COPY_PLACES)
export type CopyPlace = (typeof COPY_PLACES)[number]

/**
 * How a line came to its end by itself: destroyed here; the PC's receipt; its time of use is over, so that nothing opens
 * its store; it was wiped; the keys of older backups were made useless. Of a file that an officer destroyed it; of a
 * recipient its confirmation, for everybody of the batch that it was given.
 */
export const COPY_PROOFS = [
  'destroyed',
  'receipt',
  'lease_ended',
  'wiped',
  'keys_rotated',
  'file_destroyed',
  'deletion_proven'
] as const
export type CopyProof = (typeof COPY_PROOFS)[number]

/** Only what lies outside of the centre can have been lost, and is written off. */
export const mayWriteOff = (place: CopyPlace): boolean => place !== 'centre' && place !== 'prepared'

export const writeOffReasonSchema = z.string().trim().min(5).max(400)

export const copyLineSchema = z.object({
  place: copyPlaceSchema,
  /** The PC; the run of the provision; the batch itself where there is one such place. */
  ref: uuidSchema,
  /** Of a PC, its name; of a provision, its number. */
  name: z.string().nullable(),
  openedAt: instantSchema,
  /** null: open. */
  settled: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('proven'), how: z.enum(COPY_PROOFS), at: instantSchema }),
      /** By an administrator, with her name as it is now. */
      z.object({ type: z.literal('written_off'), at: instantSchema, by: z.string(), reason: z.string() })
    ])
    .nullable()
})
export type CopyLine = z.infer<typeof copyLineSchema>
