import type { CryptoPrimitives } from './cipher.ts'

/**
 * The encryption of Office files ("agile", ECMA-376 / MS-OFFCRYPTO 2.3.4.10) with AES-256-CBC and SHA-512: a package is
 * encrypted in segments, each under an IV of its own, and a keyed hash covers all of it. What is encrypted comes piece by
 * piece; only the first eight bytes, its length, are known at the end.
 */

export const SEGMENT_BYTES = 4_096
/** As Excel takes it: a tenth of a second for each try of a password. */
const SPINS = 100_000
const HASH_BYTES = 64
const BLOCK_BYTES = 16
const SALT_BYTES = 16

const BLOCK_KEYS = {
  verifierInput: [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79],
  verifierValue: [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e],
  key: [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6],
  macKey: [0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6],
  macValue: [0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33]
} as const

export interface PackageCipher {
  /** The next segment of the package; the last one may be shorter. */
  segment(plain: Uint8Array): Uint8Array
  /** Takes the encrypted stream from its beginning, its length (8 bytes) first. */
  mac(part: Uint8Array): void
  /** The stream `EncryptionInfo`, when all of it was taken. */
  info(): Uint8Array
}

export function createPackageCipher(primitives: CryptoPrimitives, password: string): PackageCipher {
  const { randomBytes } = primitives
  const sha512 = (...parts: Uint8Array[]): Uint8Array => {
    const hash = primitives.createHash('sha512')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  const encrypt = (key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array => {
    const cbc = primitives.createCipheriv('aes-256-cbc', primitives.createSecretKey(key), iv)
    cbc.setAutoPadding(false)
    return cbc.update(plain) // whole blocks: nothing is left for the end
  }
  const [key, keySalt, passwordSalt] = [randomBytes(32), randomBytes(SALT_BYTES), randomBytes(SALT_BYTES)]
  const macKey = randomBytes(HASH_BYTES)
  const mac = primitives.createHmac('sha512', primitives.createSecretKey(macKey))
  const ivFor = (block: Uint8Array): Uint8Array => sha512(keySalt, block).subarray(0, BLOCK_BYTES)
  const encryptNext = chainedCbc(primitives, key)
  let segments = 0

  const info = (): Uint8Array => {
    const fromPassword = spun(sha512, passwordSalt, password)
    const under = (block: readonly number[], plain: Uint8Array): string =>
      base64(encrypt(sha512(fromPassword, Uint8Array.from(block)).subarray(0, 32), passwordSalt, plain))
    const underKey = (block: readonly number[], plain: Uint8Array): string =>
      base64(encrypt(key, ivFor(Uint8Array.from(block)), plain))
    const verifier = randomBytes(SALT_BYTES)
    return infoStream({
      keySalt: base64(keySalt),
      passwordSalt: base64(passwordSalt),
      macKey: underKey(BLOCK_KEYS.macKey, macKey),
      macValue: underKey(BLOCK_KEYS.macValue, mac.digest()),
      verifierInput: under(BLOCK_KEYS.verifierInput, verifier),
      verifierValue: under(BLOCK_KEYS.verifierValue, sha512(verifier)),
      key: under(BLOCK_KEYS.key, key)
    })
  }
  return {
    segment: (plain) => {
      const iv = ivFor(littleEndian(segments))
      segments += 1
      return encryptNext(iv, padded(plain))
    },
    mac: (part) => void mac.update(part),
    info
  }
}

/**
 * CBC under one key and many IVs with one cipher: a new one for each of twenty thousand segments leaves hundreds of
 * megabytes behind until they are collected. The first block of a segment is joined with its IV in place of the block
 * that was encrypted before it.
 */
function chainedCbc(primitives: CryptoPrimitives, key: Uint8Array): (iv: Uint8Array, plain: Uint8Array) => Uint8Array {
  const cbc = primitives.createCipheriv('aes-256-cbc', primitives.createSecretKey(key), new Uint8Array(BLOCK_BYTES))
  cbc.setAutoPadding(false)
  let last: Uint8Array = new Uint8Array(BLOCK_BYTES)
  return (iv, plain) => {
    const joined = plain.slice()
    for (let at = 0; at < BLOCK_BYTES; at++) joined[at] = (joined[at] ?? 0) ^ (iv[at] ?? 0) ^ (last[at] ?? 0)
    const sealed = cbc.update(joined)
    last = sealed.slice(-BLOCK_BYTES)
    return sealed
  }
}

function spun(sha512: (...parts: Uint8Array[]) => Uint8Array, salt: Uint8Array, password: string): Uint8Array {
  let hash = sha512(salt, utf16(password))
  for (let spin = 0; spin < SPINS; spin++) hash = sha512(littleEndian(spin), hash)
  return hash
}

const padded = (plain: Uint8Array): Uint8Array => {
  const missing = -plain.length & (BLOCK_BYTES - 1)
  if (missing === 0) return plain
  const whole = new Uint8Array(plain.length + missing)
  whole.set(plain)
  return whole
}

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true)
  return bytes
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

type Info = Readonly<
  Record<'keySalt' | 'passwordSalt' | 'macKey' | 'macValue' | 'verifierInput' | 'verifierValue' | 'key', string>
>

function infoStream(info: Info): Uint8Array {
  const cipher =
    `saltSize="${SALT_BYTES}" blockSize="${BLOCK_BYTES}" keyBits="256" hashSize="${HASH_BYTES}" ` +
    'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
  const xml =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' +
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" ' +
    'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">' +
    `<keyData ${cipher} saltValue="${info.keySalt}"/>` +
    `<dataIntegrity encryptedHmacKey="${info.macKey}" encryptedHmacValue="${info.macValue}"/>` +
    '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">' +
    `<p:encryptedKey spinCount="${SPINS}" ${cipher} saltValue="${info.passwordSalt}" ` +
    `encryptedVerifierHashInput="${info.verifierInput}" encryptedVerifierHashValue="${info.verifierValue}" ` +
    `encryptedKeyValue="${info.key}"/></keyEncryptor></keyEncryptors></encryption>`
  const version = [4, 0, 4, 0, 0x40, 0, 0, 0] // agile
  return Uint8Array.from([...version, ...new TextEncoder().encode(xml)])
}

/** The package in the two streams of an encrypted file. null: another password, or not encrypted like this. */
export function openPackage(
  primitives: CryptoPrimitives,
  { info, stream, password }: { readonly info: Uint8Array; readonly stream: Uint8Array; readonly password: string }
): Uint8Array | null {
  const value = (name: string): Uint8Array | null => {
    const found = new RegExp(` ${name}="([A-Za-z0-9+/=]+)"`).exec(xml)?.[1]
    return found === undefined ? null : Uint8Array.from(atob(found), (char) => char.charCodeAt(0))
  }
  const xml = new TextDecoder().decode(info.subarray(8))
  const salts = [...xml.matchAll(/ saltValue="([A-Za-z0-9+/=]+)"/g)].map(([, text]) =>
    Uint8Array.from(atob(text ?? ''), (char) => char.charCodeAt(0))
  )
  const [[keySalt, passwordSalt], sealedKey] = [salts, value('encryptedKeyValue')]
  const [input, expected] = [value('encryptedVerifierHashInput'), value('encryptedVerifierHashValue')]
  const isOurs = xml.includes(`spinCount="${SPINS}"`) && xml.includes('hashAlgorithm="SHA512"')
  if (!isOurs || !keySalt || !passwordSalt || !sealedKey || !input || !expected) return null
  const sha512 = (...parts: Uint8Array[]): Uint8Array => {
    const hash = primitives.createHash('sha512')
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  const decrypt = (key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array => {
    const cbc = primitives.createDecipheriv('aes-256-cbc', primitives.createSecretKey(key), iv)
    cbc.setAutoPadding(false)
    return cbc.update(sealed)
  }
  const fromPassword = spun(sha512, passwordSalt, password)
  const under = (block: readonly number[], sealed: Uint8Array): Uint8Array =>
    decrypt(sha512(fromPassword, Uint8Array.from(block)).subarray(0, 32), passwordSalt, sealed)
  const verifier = sha512(under(BLOCK_KEYS.verifierInput, input))
  if (!primitives.timingSafeEqual(verifier, under(BLOCK_KEYS.verifierValue, expected))) return null
  const key = under(BLOCK_KEYS.key, sealedKey)
  const length = Number(new DataView(stream.buffer, stream.byteOffset).getBigUint64(0, true))
  const whole = new Uint8Array(Math.max(0, stream.length - 8))
  for (let segment = 0; segment * SEGMENT_BYTES < whole.length; segment++) {
    const at = segment * SEGMENT_BYTES
    const iv = sha512(keySalt, littleEndian(segment)).subarray(0, BLOCK_BYTES)
    const sealed = stream.subarray(8 + at, 8 + at + SEGMENT_BYTES)
    whole.set(decrypt(key, iv, sealed.subarray(0, sealed.length - (sealed.length % BLOCK_BYTES))), at)
  }
  return whole.subarray(0, length)
}
