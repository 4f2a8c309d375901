/**
 * The one module that knows ciphers. It owns every sealed format; the primitives are handed in, so that a certified
 * module can take their place and so that this folder stays free of Node. Everything works on BoringSSL (Electron) and
 * OpenSSL (Node) alike: AES-256-GCM, HMAC-SHA-256, HKDF-SHA-256, SHA-256.
 */
export type CryptoPrimitives = Pick<
  typeof import('node:crypto'),
  | 'createCipheriv'
  | 'createDecipheriv'
  | 'createHmac'
  | 'createHash'
  | 'createSecretKey'
  | 'hkdfSync'
  | 'randomBytes'
  | 'timingSafeEqual'
>

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Sealed bytes: nonce (12) ‖ ciphertext ‖ tag (16). */
export type SealedBytes = Uint8Array

export interface Hashing {
  take(part: Uint8Array): void
  digest(): Uint8Array
}

export interface Cipher {
  randomBytes(count: number): Uint8Array
  /** AES-256-GCM under a fresh random nonce. `context` is bound to the result and must be given again to open it. */
  seal(key: Uint8Array, plaintext: Uint8Array, context: string): SealedBytes
  /** The plaintext, or null when key, context or bytes do not belong together. */
  open(key: Uint8Array, sealed: SealedBytes, context: string): Uint8Array | null
  sha256(...parts: Array<string | Uint8Array>): Uint8Array
  /** SHA-256 of what comes piece by piece. */
  hashing(): Hashing
  hmac(key: Uint8Array, ...parts: Array<string | Uint8Array>): Uint8Array
  /** HKDF-SHA-256 of the joined secrets; `purpose` separates the keys made from the same secrets. */
  deriveKey(secrets: readonly Uint8Array[], purpose: string): Uint8Array
  /** Compares in constant time; false for different lengths. */
  equal(a: Uint8Array, b: Uint8Array): boolean
}

/**
 * Keys go to the primitives as key objects: Node examines raw bytes at every call, which costs more than sealing a case.
 */
export function createCipher(primitives: CryptoPrimitives): Cipher {
  const sha256 = (...parts: Array<string | Uint8Array>): Uint8Array => {
    const hash = primitives.createHash('sha256')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  return {
    randomBytes: (count) => primitives.randomBytes(count),
    seal: (key, plaintext, context) => seal(primitives, { key, plaintext, context }),
    open: (key, sealed, context) => open(primitives, { key, sealed, context }),
    sha256,
    hashing: () => {
      const hash = primitives.createHash('sha256')
      return { take: (part) => void hash.update(part), digest: () => hash.digest() }
    },
    hmac: (key, ...parts) => {
      const mac = primitives.createHmac('sha256', primitives.createSecretKey(key))
      for (const part of parts) mac.update(part)
      return mac.digest()
    },
    deriveKey: (secrets, purpose) =>
      new Uint8Array(primitives.hkdfSync('sha256', lengthPrefixed(secrets), new Uint8Array(), purpose, KEY_BYTES)),
    equal: (a, b) => a.length === b.length && primitives.timingSafeEqual(a, b)
  }
}

function seal(
  primitives: CryptoPrimitives,
  job: { key: Uint8Array; plaintext: Uint8Array; context: string }
): SealedBytes {
  const nonce = primitives.randomBytes(NONCE_BYTES)
  const gcm = primitives.createCipheriv('aes-256-gcm', primitives.createSecretKey(job.key), nonce)
  gcm.setAAD(new TextEncoder().encode(job.context))
  const body = gcm.update(job.plaintext)
  gcm.final()
  return joinBytes([nonce, body, gcm.getAuthTag()])
}

function open(
  primitives: CryptoPrimitives,
  job: { key: Uint8Array; sealed: SealedBytes; context: string }
): Uint8Array | null {
  const { sealed } = job
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
  const gcm = primitives.createDecipheriv(
    'aes-256-gcm',
    primitives.createSecretKey(job.key),
    sealed.subarray(0, NONCE_BYTES)
  )
  gcm.setAAD(new TextEncoder().encode(job.context))
  gcm.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  const body = gcm.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES))
  try {
    gcm.final()
  } catch {
    return null // the tag does not match: wrong key, wrong context or altered bytes
  }
  return body
}

/** Each secret is preceded by its length, so that moving a byte from one to the next gives another key. */
function lengthPrefixed(secrets: readonly Uint8Array[]): Uint8Array {
  return joinBytes(
    secrets.flatMap((secret) => {
      const length = new Uint8Array(4)
      new DataView(length.buffer).setUint32(0, secret.length)
      return [length, secret]
    })
  )
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
