import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** POST /v1/sign-in: an account on a PC. The PC enrols itself with its first sign-in. */
export const signInRequestSchema = z.object({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  device: z.object({
    /** Made by the PC once. */
    id: uuidSchema,
    /** The PC's name as the administrator's list shows it. */
    name: z.string().min(1).max(80),
    appVersion: z.string().max(40)
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
  /** Identifies the database at the centre: a desk that meets another one must not mix the two. */
  centreId: uuidSchema,
  serverTime: instantSchema
})
export type SignInResponse = z.infer<typeof signInResponseSchema>
