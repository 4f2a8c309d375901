import { sodium, type View } from './sodium.ts'

/**
 * Argon2id 1.3 with one lane, computed on a thread of the pool: whoever else asks this process is answered meanwhile. The
 * salt has 16 bytes. Rejects when the cost is below Argon2's least (8 KiB, one pass) or the memory is not to be had.
 */
export function argon2id(options: {
  password: Uint8Array<ArrayBuffer>
  salt: Uint8Array<ArrayBuffer>
  memoryKiB: number
  passes: number
  keyBytes: number
}): Promise<Uint8Array> {
  const { password, salt, memoryKiB, passes } = options
  // The binary checks nothing itself and would read beyond a shorter salt.
  if (salt.length !== sodium.crypto_pwhash_SALTBYTES) throw new RangeError('a salt has 16 bytes')
  const key = new Uint8Array(options.keyBytes)
  const cost = [passes, memoryKiB * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13] as const
  return new Promise((resolve, reject) => {
    sodium.crypto_pwhash_async(...view(key), ...view(password), ...view(salt), ...cost, (status) => {
      if (status === 0) resolve(key)
      else reject(new Error('Argon2id could not be computed'))
    })
  })
}

const view = (bytes: Uint8Array<ArrayBuffer>): View => [bytes.buffer, bytes.byteOffset, bytes.byteLength]
