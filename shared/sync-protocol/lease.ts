import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** The centre's permission to open a PC's store, for a time. It comes with a sign-in and is renewed while online. */
export const leaseSchema = z.object({
  id: uuidSchema,
  /** Takes part in the wrapping of the store key (base64, 32 bytes). */
  share: z.string().max(64),
  issuedAt: instantSchema,
  /** From then on the PC is locked until it has met the centre. */
  endsAt: instantSchema,
  /** From then on it deletes its keys and its store. */
  graceEndsAt: instantSchema,
  /** Not worth asking for a new one before. */
  renewAfter: instantSchema
})
export type Lease = z.infer<typeof leaseSchema>

/**
 * POST /v1/lease: a new lease under a session. `holds` names the one that the PC's keyring stands under: the centre
 * destroys every other share of this PC, and that one only when it hears that the next is written down.
 */
export const leaseRequestSchema = z.object({ holds: uuidSchema.nullable() })
export const leaseResponseSchema = z.object({ lease: leaseSchema, serverTime: instantSchema })
