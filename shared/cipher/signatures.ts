/** Ed25519 (RFC 8032), checked. As with `createCipher`, the primitives are handed in. */
export type SignaturePrimitives = Pick<typeof import('node:crypto'), 'createPublicKey' | 'verify'>

export const SIGNING_KEY_BYTES = 32
/** What stands before the 32 bytes of a public key in its DER form (RFC 8410). */
const SPKI_HEAD = Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00])

export interface Signed {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** Whether the key made this signature over the message; false for a key or a signature that is none. */
export type CheckSignature = (signed: Signed) => boolean

export const createSignatureCheck =
  (primitives: SignaturePrimitives): CheckSignature =>
  ({ publicKey, message, signature }) => {
    if (publicKey.length !== SIGNING_KEY_BYTES) return false
    const der = new Uint8Array(SPKI_HEAD.length + SIGNING_KEY_BYTES)
    der.set(SPKI_HEAD)
    der.set(publicKey, SPKI_HEAD.length)
    const key = primitives.createPublicKey({ key: der as Buffer, format: 'der', type: 'spki' })
    return primitives.verify(null, message, key, signature)
  }
