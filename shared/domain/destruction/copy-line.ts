import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 사본 대장: a place where something of a batch lay when it was destroyed at the centre. It holds nothing of a citizen. */

export const COPY_PLACES = ['centre', 'prepared', 'desk', 'backups'] as const
export const copyPlaceSchema = z.enum(COPY_PLACES)
export type CopyPlace = (typeof COPY_PLACES)[number]

/**
 * How a line came to its end by itself: destroyed here; the PC's receipt; its time of use is over, so that nothing opens
 * its store; it was wiped; the keys of older backups were made useless.
 */
export const COPY_PROOFS = ['destroyed', 'receipt', 'lease_ended', 'wiped', 'keys_rotated'] as const
export type CopyProof = (typeof COPY_PROOFS)[number]

/** Only what somebody can have lost is written off: a PC, a backup. */
export const mayWriteOff = (place: CopyPlace): boolean => place === 'desk' || place === 'backups'

export const copyLineSchema = z.object({
  place: copyPlaceSchema,
  /** The PC; the batch itself where there is one such place. */
  ref: uuidSchema,
  /** Of a PC, its name. */
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
