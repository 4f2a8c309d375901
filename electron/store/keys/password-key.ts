import { argon2id } from 'hash-wasm'
import { z } from 'zod'
import { nodeCipher } from './node-crypto.ts'
import { releaseMemory } from './release-memory.ts'

/**
 * How hard a password is to try. The parameters stand in the keyring beside the salt, so that they can be raised: an
 * account moves to the present ones with its next online sign-in.
 */
const hardness = {
  memoryKiB: z
    .int()
    .min(8)
    .max(1024 * 1024),
  passes: z.int().min(1).max(64),
  lanes: z.int().min(1).max(16)
}
export const passwordParamsSchema = z.object({ ...hardness, salt: z.base64().min(16) })
export type PasswordParams = z.infer<typeof passwordParamsSchema>
export type PasswordHardness = Omit<PasswordParams, 'salt'>

/** Three passes over 64 MiB: three times OWASP's floor, and well under half a second on an office PC. */
export const PRESENT_HARDNESS: PasswordHardness = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32
const WORTH_RELEASING_KIB = 16 * 1024

export const freshPasswordParams = (hardness: PasswordHardness): PasswordParams => ({
  ...hardness,
  salt: Buffer.from(nodeCipher.randomBytes(SALT_BYTES)).toString('base64')
})

/** Argon2id. The same letters typed on another keyboard (NFC or NFD Hangul) are the same password. */
export async function passwordKey(password: string, params: PasswordParams): Promise<Uint8Array> {
  const key = await argon2id({
    password: password.normalize('NFC'),
    salt: Buffer.from(params.salt, 'base64'),
    memorySize: params.memoryKiB,
    iterations: params.passes,
    parallelism: params.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary'
  })
  if (params.memoryKiB >= WORTH_RELEASING_KIB) setImmediate(releaseMemory)
  return key
}
