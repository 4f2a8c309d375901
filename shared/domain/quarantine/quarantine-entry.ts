import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** Why a case does not come back: there is none any more, or what it rested on was withdrawn. */
export const BURIAL_REASONS = ['destroyed', 'withdrawn'] as const
export const burialReasonSchema = z.enum(BURIAL_REASONS)
export type BurialReason = z.infer<typeof burialReasonSchema>

/** By which way a command for such a case came. */
export const QUARANTINE_WAYS = ['push', 'rescue', 'give_back'] as const
export const quarantineWaySchema = z.enum(QUARANTINE_WAYS)
export type QuarantineWay = z.infer<typeof quarantineWaySchema>

/** 격리된 것: what the privacy officer may know of a command that came for a buried case. Nothing of its content. */
export const quarantineEntrySchema = z.object({
  commandId: uuidSchema,
  caseId: uuidSchema,
  cause: burialReasonSchema,
  /** null: the command could not be read. */
  name: z.string().nullable(),
  way: quarantineWaySchema,
  deviceName: z.string(),
  /** The display name of the official who made it; null: not known. */
  issuedBy: z.string().nullable(),
  /** When it was made, by the PC's clock, and when it came. */
  issuedAt: instantSchema.nullable(),
  receivedAt: instantSchema,
  /** When its content was destroyed; null: it lies here, sealed. */
  destroyedAt: instantSchema.nullable()
})
export type QuarantineEntry = z.infer<typeof quarantineEntrySchema>
