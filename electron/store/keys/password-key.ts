import sodium from 'sodium-native'
import { z } from 'zod'
import { nodeCipher } from './node-crypto.ts'

const SALT_BYTES = 16
const KEY_BYTES = 32

/**
 * How hard a password is to try. The parameters stand in the keyring beside the salt, so that they can be raised: an
 * account moves to the present ones with its next online sign-in. libsodium knows one lane and salts of 16 bytes.
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

/**
 * Argon2id, computed on a thread of its own: whoever else asks the store is answered meanwhile. The same letters typed on
 * another keyboard (NFC or NFD Hangul) are the same password. Rejects when the memory is not to be had.
 */
export async function passwordKey(password: string, params: PasswordParams): Promise<Uint8Array> {
  const key = new Uint8Array(KEY_BYTES)
  const letters = new TextEncoder().encode(password.normalize('NFC'))
  const salt = Buffer.from(params.salt, 'base64')
  const { crypto_pwhash_ALG_ARGON2ID13: argon2id } = sodium
  try {
    await sodium.crypto_pwhash_async(key, letters, salt, params.passes, params.memoryKiB * 1024, argon2id)
  } finally {
    letters.fill(0)
  }
  return key
}
