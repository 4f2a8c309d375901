import type { SigningKeys } from '#shared/cipher/ed25519.ts'
import type { SealedSigningKey } from './keyring-file.ts'
import { nodeCipher } from './node-crypto.ts'
import { ed25519 } from './sodium.ts'

/**
 * What a privacy officer or a supervisor signs with at one PC: an Ed25519 pair whose secret half lies in the keyring under her password
 * and this PC's secret. So nobody signs with a store that is open, she signs without a line, and the centre knows the
 * public half alone.
 */

const SEED_BYTES = 32

/** Whose key it is, and what it lies under: the account's Argon2id key and the PC's secret. */
export interface SigningPlace {
  readonly storeId: string
  readonly accountId: string
  readonly fromPassword: Uint8Array
  readonly deviceSecret: Uint8Array
}

export const freshSigningSeed = (): Uint8Array => nodeCipher.randomBytes(SEED_BYTES)

export function sealSigningKey(place: SigningPlace, seed: Uint8Array): SealedSigningKey {
  const key = sealingKey(place)
  const sealedSeed = toBase64(nodeCipher.seal(key, seed, context(place)))
  key.fill(0)
  return { publicKey: publicKeyOf(seed), sealedSeed }
}

/** null: it lies under another password. */
export function openSigningKey(place: SigningPlace, sealed: SealedSigningKey): Uint8Array | null {
  const key = sealingKey(place)
  const seed = nodeCipher.open(key, Buffer.from(sealed.sealedSeed, 'base64'), context(place))
  key.fill(0)
  return seed
}

/** base64 */
export const publicKeyOf = (seed: Uint8Array): string => withKeys(seed, ({ publicKey }) => toBase64(publicKey))

/** base64 */
export const signWith = (seed: Uint8Array, message: Uint8Array): string =>
  withKeys(seed, ({ secretKey }) => toBase64(ed25519.sign(secretKey, message)))

export const isSignatureOf = (publicKey: string, message: Uint8Array, signature: string): boolean =>
  ed25519.verify(Buffer.from(publicKey, 'base64'), message, Buffer.from(signature, 'base64'))

function withKeys<T>(seed: Uint8Array, use: (keys: SigningKeys) => T): T {
  const keys = ed25519.keysOf(seed)
  const result = use(keys)
  keys.secretKey.fill(0)
  return result
}

const sealingKey = ({ fromPassword, deviceSecret }: SigningPlace): Uint8Array =>
  nodeCipher.deriveKey([fromPassword, deviceSecret], 'mnk signing key 1')

const context = ({ storeId, accountId }: SigningPlace): string => `mnk keyring 1 signing ${storeId} ${accountId}`
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
