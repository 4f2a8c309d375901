import { PAGE_BYTES, RESERVED_BYTES } from './sqlcipher-sizes.ts'

/** What SQLCipher 4 needs of the platform: AES-256-CBC, HMAC-SHA-512, and PBKDF2 for the key of the latter. */
export type PagePrimitives = Pick<
  typeof import('node:crypto'),
  'createCipheriv' | 'createHmac' | 'createSecretKey' | 'pbkdf2Sync' | 'randomBytes'
>

/** Turns plain SQLite pages into those of a SQLCipher 4 file under a raw key, as SQLCipher itself would write them. */
export interface PageSealer {
  /** The first 16 bytes of the file: they stand in the place of SQLite's own. */
  readonly salt: Uint8Array
  /**
   * Seals consecutive pages in place. `firstNo` counts from 1; the last 80 bytes of each plain page must be free.
   */
  seal(firstNo: number, pages: Uint8Array): void
}

export const SALT_BYTES = 16
const IV_BYTES = 16
const HMAC_SALT_MASK = 0x3a
const HMAC_KEY_ROUNDS = 2
const KEY_BYTES = 32

export function createPageSealer(
  primitives: PagePrimitives,
  { key, salt }: { readonly key: Uint8Array; readonly salt: Uint8Array }
): PageSealer {
  if (key.length !== KEY_BYTES || salt.length !== SALT_BYTES)
    throw new Error('a store has a key of 32 and a salt of 16 bytes')
  const hmacSalt = salt.map((byte) => byte ^ HMAC_SALT_MASK)
  const pageKey = primitives.createSecretKey(key)
  const hmacKey = primitives.createSecretKey(primitives.pbkdf2Sync(key, hmacSalt, HMAC_KEY_ROUNDS, KEY_BYTES, 'sha512'))
  const end = PAGE_BYTES - RESERVED_BYTES
  const number = new Uint8Array(4)
  const startOf = (no: number): number => (no === 1 ? SALT_BYTES : 0)
  const tagOf = (no: number, sealed: Uint8Array): Uint8Array => {
    new DataView(number.buffer).setUint32(0, no, true)
    return primitives.createHmac('sha512', hmacKey).update(sealed).update(number).digest()
  }
  /**
   * All pages in one run of CBC, each behind a random block of its own. What that block becomes is the page's IV: as
   * random as the block, and to the page the same as if it were sealed by itself. A run a page takes three times as long.
   */
  const encrypt = (firstNo: number, pages: Uint8Array): Uint8Array => {
    const count = pages.length / PAGE_BYTES
    const run = new Uint8Array(count * (IV_BYTES + end) - startOf(firstNo))
    const ivs = primitives.randomBytes((count + 1) * IV_BYTES)
    let at = 0
    for (let page = 0; page < count; page++) {
      run.set(ivs.subarray(page * IV_BYTES, (page + 1) * IV_BYTES), at)
      const content = pages.subarray(page * PAGE_BYTES + startOf(firstNo + page), page * PAGE_BYTES + end)
      run.set(content, at + IV_BYTES)
      at += IV_BYTES + content.length
    }
    const aes = primitives.createCipheriv('aes-256-cbc', pageKey, ivs.subarray(count * IV_BYTES))
    aes.setAutoPadding(false)
    return aes.update(run)
  }
  return {
    salt,
    seal: (firstNo, pages) => {
      if (pages.length % PAGE_BYTES !== 0) throw new Error('only whole pages can be sealed')
      const run = encrypt(firstNo, pages)
      let at = 0
      for (let from = 0, no = firstNo; from < pages.length; from += PAGE_BYTES, no += 1) {
        const page = pages.subarray(from, from + PAGE_BYTES)
        const start = startOf(no)
        const iv = run.subarray(at, at + IV_BYTES)
        const next = at + IV_BYTES + end - start
        page.set(run.subarray(at + IV_BYTES, next), start)
        page.set(iv, end)
        page.set(tagOf(no, page.subarray(start, end + IV_BYTES)), end + IV_BYTES)
        if (no === 1) page.set(salt)
        at = next
      }
    }
  }
}
