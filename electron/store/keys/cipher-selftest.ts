import type { Cipher } from '#shared/cipher/cipher.ts'
import { nodeCipher } from './node-crypto.ts'
import { passwordKey } from './password-key.ts'
import { sealedBoxes } from './sodium.ts'

/** Which of the primitives this runtime gets wrong. Empty: all are right. */
export type CipherFault = 'sha256' | 'hmac' | 'hkdf' | 'gcm' | 'gcm_binding' | 'random' | 'argon2id' | 'sealed_box'

/** Made with OpenSSL 3 and, where it has no part in the product, with Python's own HMAC and with OpenSSL's Argon2. */
const ANSWERS = {
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  hmac: 'f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47',
  hkdf: 'd4371c2e8aae314a8ce184e37f7c031b7491974cef7b7339cbe63e7b1a165202',
  sealed: '050505050505050505050505a791549a2a9877689baee06db9ff8c71b8f638e66fdaa615696372e2f25f7e88c1612a',
  argon2id: '5a5f14a29d277636050f926f60172366c4c164e2c093fe7a67c43cbd709b39a6',
  /** X25519 of the key (RFC 7748's base point), and the text sealed to it by libsodium. */
  boxPublicKey: '8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f',
  boxed:
    '849995a4e77c682a2a7518b642f94d01de0f3f79bec418348f6af8a851173d0e51c779cc5db6669ac625aa6141d16c272b4ebc683ce29b4bec65452c98f78ba98295c7'
}
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index)
const TEXT = '만능키 데스크'

/**
 * Known answers of every primitive that the keys stand on, cheap enough for each start: Electron's BoringSSL is not
 * Node's OpenSSL, and a runtime that computes otherwise must not seal anything.
 */
export async function findCipherFaults(cipher: Cipher = nodeCipher): Promise<CipherFault[]> {
  const text = Buffer.from(TEXT, 'utf8')
  const opened = cipher.open(KEY, Buffer.from(ANSWERS.sealed, 'hex'), 'self-test')
  const isRight: Record<CipherFault, boolean> = {
    sha256: hex(cipher.sha256('abc')) === ANSWERS.sha256,
    hmac: hex(cipher.hmac(KEY, 'abc')) === ANSWERS.hmac,
    hkdf: hex(cipher.deriveKey([KEY, text], 'self-test')) === ANSWERS.hkdf,
    gcm: opened !== null && hex(opened) === hex(text),
    gcm_binding: bindsEverything(cipher, text),
    random: new Set([1, 2, 3].map(() => hex(cipher.randomBytes(16)))).size === 3,
    argon2id: (await smallArgon2id()) === ANSWERS.argon2id,
    sealed_box: opensSealedBox(text)
  }
  return (Object.keys(isRight) as CipherFault[]).filter((fault) => !isRight[fault])
}

/** What is sealed opens only with its own key, context and bytes. */
function bindsEverything(cipher: Cipher, text: Uint8Array): boolean {
  const sealed = cipher.seal(KEY, text, 'self-test')
  const altered = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 20 ? byte ^ 1 : byte))
  const otherKey = Uint8Array.from(KEY, (byte) => byte ^ 1)
  return (
    cipher.open(KEY, sealed, 'self-test') !== null &&
    cipher.open(KEY, sealed, 'another') === null &&
    cipher.open(otherKey, sealed, 'self-test') === null &&
    cipher.open(KEY, altered, 'self-test') === null
  )
}

/** What was sealed to the key opens with it; what is sealed now opens again, and altered it does not. */
function opensSealedBox(text: Uint8Array): boolean {
  const keys = sealedBoxes.keysOf(KEY)
  const opened = sealedBoxes.open(keys, Buffer.from(ANSWERS.boxed, 'hex'))
  const sealed = sealedBoxes.sealTo(keys.publicKey, text)
  const altered = Uint8Array.from(sealed, (byte, index) => (index === 40 ? byte ^ 1 : byte))
  return (
    hex(keys.publicKey) === ANSWERS.boxPublicKey &&
    opened !== null &&
    hex(opened) === hex(text) &&
    sealedBoxes.open(keys, sealed) !== null &&
    sealedBoxes.open(keys, altered) === null
  )
}

const smallArgon2id = async (): Promise<string> =>
  hex(
    await passwordKey('비밀번호', {
      memoryKiB: 64,
      passes: 2,
      lanes: 1,
      salt: Buffer.from(KEY.subarray(0, 16)).toString('base64')
    })
  )

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
