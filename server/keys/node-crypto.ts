import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual
} from 'node:crypto'
import { promisify } from 'node:util'
import { createCipher } from '#shared/cipher/cipher.ts'
import { openPackage } from '#shared/cipher/encrypted-package.ts'

/** The centre's one door to Node's cryptography. */
const primitives = {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual
}
export const nodeCipher = createCipher(primitives)

/** What lies in an encrypted Office file; null: another password. */
export const openEncryptedPackage = (sealed: Parameters<typeof openPackage>[1]): Uint8Array | null =>
  openPackage(primitives, sealed)

export interface Argon2idCost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

const argon2Async = promisify(argon2)

/** Argon2id (RFC 9106) on Node's thread pool, so that a sign-in does not stop the event loop. Gives 32 bytes. */
export const argon2id = (password: string, salt: Uint8Array, cost: Argon2idCost): Promise<Uint8Array> =>
  argon2Async('argon2id', {
    message: password,
    nonce: salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: 32
  })
