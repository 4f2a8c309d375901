/**
 * Sealing to a public key (libsodium's sealed box: X25519, XSalsa20-Poly1305): who seals keeps nothing that opens it. As
 * with `createCipher`, the primitives are handed in.
 */
export interface BoxKeys {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

export interface SealedBoxes {
  /** The pair that belongs to 32 secret bytes. */
  keysOf(secretKey: Uint8Array): BoxKeys
  /** Throws a RangeError when the public key has not 32 bytes. */
  sealTo(publicKey: Uint8Array, plaintext: Uint8Array): Uint8Array
  /** null: it was sealed to another key, or altered. */
  open(keys: BoxKeys, sealed: Uint8Array): Uint8Array | null
}

/** What is called of libsodium's binary: each view is passed as it is or as its buffer, offset and length. */
export interface SodiumBox {
  readonly crypto_box_SEALBYTES: number
  crypto_scalarmult_base(publicKey: Uint8Array, secretKey: Uint8Array): number
  crypto_box_seal(sealed: Uint8Array, plaintext: Uint8Array, publicKey: Uint8Array): number
  crypto_box_seal_open(...views: [...out: View, ...sealed: View, ...publicKey: View, ...secretKey: View]): boolean
}
type View = [buffer: ArrayBufferLike, offset: number, length: number]

export const BOX_KEY_BYTES = 32
/** A capsule's key and the ticket of its PC, as they are sealed together. */
export const KEY_AND_TICKET_BYTES = 64

export function createSealedBoxes(sodium: SodiumBox): SealedBoxes {
  return {
    keysOf: (secretKey) => {
      requireKey(secretKey)
      const publicKey = new Uint8Array(BOX_KEY_BYTES)
      requireDone(sodium.crypto_scalarmult_base(publicKey, secretKey))
      return { publicKey, secretKey }
    },
    sealTo: (publicKey, plaintext) => {
      requireKey(publicKey)
      const sealed = new Uint8Array(plaintext.length + sodium.crypto_box_SEALBYTES)
      requireDone(sodium.crypto_box_seal(sealed, plaintext, publicKey))
      return sealed
    },
    open: ({ publicKey, secretKey }, sealed) => {
      if (sealed.length < sodium.crypto_box_SEALBYTES) return null
      requireKey(publicKey)
      requireKey(secretKey)
      const out = new Uint8Array(sealed.length - sodium.crypto_box_SEALBYTES)
      const isOpen = sodium.crypto_box_seal_open(...view(out), ...view(sealed), ...view(publicKey), ...view(secretKey))
      return isOpen ? out : null
    }
  }
}

/** The binary checks no lengths itself and would read beyond a shorter key. */
function requireKey(key: Uint8Array): void {
  if (key.length !== BOX_KEY_BYTES) throw new RangeError(`a box key has ${BOX_KEY_BYTES} bytes`)
}

function requireDone(status: number): void {
  if (status !== 0) throw new Error('libsodium refused')
}

const view = (bytes: Uint8Array): View => [bytes.buffer, bytes.byteOffset, bytes.byteLength]
