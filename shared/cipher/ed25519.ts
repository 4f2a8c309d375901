/** Ed25519 signatures (RFC 8032) by libsodium. As with `createCipher`, the primitives are handed in. */
export interface SigningKeys {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

export interface Ed25519 {
  /** The pair that belongs to 32 secret bytes. */
  keysOf(seed: Uint8Array): SigningKeys
  sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array
  /** False too for a key or a signature that is none. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

/** What is called of libsodium's binary: each view is passed as it is or as its buffer, offset and length. */
export interface SodiumSign {
  readonly crypto_sign_BYTES: number
  readonly crypto_sign_PUBLICKEYBYTES: number
  readonly crypto_sign_SECRETKEYBYTES: number
  readonly crypto_sign_SEEDBYTES: number
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): number
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): number
  crypto_sign_verify_detached(...views: [...signature: View, ...message: View, ...publicKey: View]): boolean
}

type View = [buffer: ArrayBufferLike, offset: number, length: number]

/** The binary checks no lengths itself and would read beyond a shorter key. */
export function createEd25519(sodium: SodiumSign): Ed25519 {
  return {
    keysOf: (seed) => {
      if (seed.length !== sodium.crypto_sign_SEEDBYTES) throw new RangeError('a signing key has 32 bytes')
      const publicKey = new Uint8Array(sodium.crypto_sign_PUBLICKEYBYTES)
      const secretKey = new Uint8Array(sodium.crypto_sign_SECRETKEYBYTES)
      requireDone(sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed))
      return { publicKey, secretKey }
    },
    sign: (secretKey, message) => {
      if (secretKey.length !== sodium.crypto_sign_SECRETKEYBYTES) throw new RangeError('no signing key')
      const signature = new Uint8Array(sodium.crypto_sign_BYTES)
      requireDone(sodium.crypto_sign_detached(signature, message, secretKey))
      return signature
    },
    verify: (publicKey, message, signature) => {
      if (publicKey.length !== sodium.crypto_sign_PUBLICKEYBYTES) return false
      if (signature.length !== sodium.crypto_sign_BYTES) return false
      return sodium.crypto_sign_verify_detached(...view(signature), ...view(message), ...view(publicKey))
    }
  }
}

function requireDone(status: number): void {
  if (status !== 0) throw new Error('libsodium refused')
}

const view = (bytes: Uint8Array): View => [bytes.buffer, bytes.byteOffset, bytes.byteLength]
