import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { deviceCredentialSchema } from './device-credential.ts'
import { leaseSchema } from './lease.ts'
import { rescueTermsSchema } from './rescue-terms.ts'

/** POST /v1/sign-in: an account on a PC. A PC that the centre does not know yet needs an enrolment code with it. */
export const signInRequestSchema = z.object({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  device: z.object({
    /** Made by the PC once. */
    id: uuidSchema,
    /** The PC's name as the administrator's list shows it. */
    name: z.string().min(1).max(80),
    appVersion: z.string().max(40),
    /** Proves that this is the PC that was enrolled under the id: it is made of the PC's own secret. */
    credential: deviceCredentialSchema,
    /** One-time code of an administrator; for a PC that is new, or whose secret is lost and that can prove itself no more. */
    enrolmentCode: z.string().min(1).max(20).optional(),
    /** The lease that the PC's keyring stands under; null: none. */
    leaseId: uuidSchema.nullable(),
    /**
     * Ids that this PC gave up because its file had been set back or copied, proved like its own: whoever had signed in
     * under one of them may still have unsent work here.
     */
    formerly: z
      .array(z.object({ id: uuidSchema, credential: deviceCredentialSchema }))
      .max(20)
      .optional()
  })
})
export type SignInRequest = z.infer<typeof signInRequestSchema>

export const signInResponseSchema = z.object({
  account: accountSchema,
  /** Bearer token of this account on this device. */
  token: z.string().min(32).max(128),
  tokenExpiresAt: instantSchema,
  /**
   * The centre's half of the key to this PC's store (base64, 32 bytes): never kept on the PC. With the PC's own secret it
   * opens the store key for an account that has not yet signed in here.
   */
  deviceShare: z.string().max(64),
  /** A new lease; null for an administrator, who opens no store. */
  lease: leaseSchema.nullable(),
  /** The share of the lease that the request named (base64): opens what was wrapped under it, although it is over. */
  heldLeaseShare: z.string().max(64).nullable(),
  /** null for an administrator: with a PC's ticket she could seal commands in the name of those who work on it. */
  rescue: rescueTermsSchema.nullable(),
  /** The highest number of a command that came from this PC: a store that is made anew goes on after it. */
  lastDeviceSeq: z.int().nonnegative(),
  /** Identifies the database at the centre: a desk that meets another one must not mix the two. */
  centreId: uuidSchema,
  serverTime: instantSchema
})
export type SignInResponse = z.infer<typeof signInResponseSchema>
