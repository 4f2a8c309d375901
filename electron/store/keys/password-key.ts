import { z } from 'zod'
import { argon2id } from './argon2id.ts'
import { nodeCipher } from './node-crypto.ts'

const SALT_BYTES = 16
const KEY_BYTES = 32

/**
 * How hard a password is to try. The parameters stand in the keyring beside the salt, so that they can be raised: an
 * account moves to the present ones with its next online sign-in. The module knows one lane and salts of 16 bytes.
 */
const hardness = {
  memoryKiB: z
    .int()
    .min(8)
    .max(1024 * 1024),
  passes: z.int().min(1).max(64),
  lanes: z.literal(1)
}
const saltSchema = z.base64().refine((salt) => Buffer.from(salt, 'base64').length === SALT_BYTES)
export const passwordParamsSchema = z.object({ ...hardness, salt: saltSchema })
export type PasswordParams = z.infer<typeof passwordParamsSchema>
export type PasswordHardness = Omit<PasswordParams, 'salt'>

/** Three passes over 64 MiB: three times OWASP's floor, and well under half a second on an office PC. */
export const PRESENT_HARDNESS: PasswordHardness = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }

export const freshPasswordParams = (hardness: PasswordHardness): PasswordParams => ({
  ...hardness,
  salt: Buffer.from(nodeCipher.randomBytes(SALT_BYTES)).toString('base64')
})

/** Argon2id. The same letters typed on another keyboard (NFC or NFD Hangul) are the same password. */
export async function passwordKey(password: string, params: PasswordParams): Promise<Uint8Array> {
  const letters = new TextEncoder().encode(password.normalize('NFC'))
  const salt = Uint8Array.from(Buffer.from(params.salt, 'base64'))
  const { memoryKiB, passes } = params
  try {
    return await argon2id({ password: letters, salt, memoryKiB, passes, keyBytes: KEY_BYTES })
  } finally {
    letters.fill(0)
  }
}
