import { PAGE_BYTES, RESERVED_BYTES } from './sqlcipher-sizes.ts'

/** What SQLCipher 4 needs of the platform: AES-256-CBC, HMAC-SHA-512, and PBKDF2 for the key of the latter. */
export type PagePrimitives = Pick<
  typeof import('node:crypto'),
  'createCipheriv' | 'createDecipheriv' | 'createHmac' | 'createSecretKey' | 'pbkdf2Sync' | 'randomBytes'
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

/** Reads pages as they lie in a file, its log or its free room, without SQLite, which shows only what is in use. */
export interface PageOpener {
  /** Whether page 1 was sealed under this key. */
  fits(pageOne: Uint8Array): boolean
  /** The content of a page; the bytes are good until the next call. A page that was never written gives noise. */
  open(no: number, page: Uint8Array): Uint8Array
}

export const SALT_BYTES = 16
const IV_BYTES = 16
const HMAC_SALT_MASK = 0x3a
const HMAC_KEY_ROUNDS = 2
const KEY_BYTES = 32

const END = PAGE_BYTES - RESERVED_BYTES

interface PageKeys {
  readonly key: Uint8Array
  readonly salt: Uint8Array
}

export function createPageOpener(primitives: PagePrimitives, { key, salt }: PageKeys): PageOpener {
  const pageKey = primitives.createSecretKey(key)
  const tagOf = pageTags(primitives, { key, salt })
  return {
    fits: (pageOne) =>
      pageOne.length === PAGE_BYTES && tagOf(1, pageOne).every((byte, at) => byte === pageOne[END + IV_BYTES + at]),
    open: (no, page) => {
      const aes = primitives.createDecipheriv('aes-256-cbc', pageKey, page.subarray(END, END + IV_BYTES))
      aes.setAutoPadding(false)
      return aes.update(page.subarray(no === 1 ? SALT_BYTES : 0, END))
    }
  }
}

/** HMAC-SHA-512 of a sealed page with its vector and its number. */
function pageTags(primitives: PagePrimitives, { key, salt }: PageKeys): (no: number, page: Uint8Array) => Uint8Array {
  if (key.length !== KEY_BYTES || salt.length !== SALT_BYTES)
    throw new Error('a store has a key of 32 and a salt of 16 bytes')
  const hmacSalt = salt.map((byte) => byte ^ HMAC_SALT_MASK)
  const hmacKey = primitives.createSecretKey(primitives.pbkdf2Sync(key, hmacSalt, HMAC_KEY_ROUNDS, KEY_BYTES, 'sha512'))
  const number = new Uint8Array(4)
  return (no, page) => {
    new DataView(number.buffer).setUint32(0, no, true)
    return primitives
      .createHmac('sha512', hmacKey)
      .update(page.subarray(no === 1 ? SALT_BYTES : 0, END + IV_BYTES))
      .update(number)
      .digest()
  }
}

export function createPageSealer(primitives: PagePrimitives, { key, salt }: PageKeys): PageSealer {
  const pageKey = primitives.createSecretKey(key)
  const tagOf = pageTags(primitives, { key, salt })
  const sealPage = (no: number, page: Uint8Array, iv: Uint8Array): void => {
    const start = no === 1 ? SALT_BYTES : 0
    const aes = primitives.createCipheriv('aes-256-cbc', pageKey, iv)
    aes.setAutoPadding(false)
    page.set(aes.update(page.subarray(start, END)), start)
    page.set(iv, END)
    page.set(tagOf(no, page), END + IV_BYTES)
    if (no === 1) page.set(salt)
  }
  return {
    salt,
    seal: (firstNo, pages) => {
      if (pages.length % PAGE_BYTES !== 0) throw new Error('only whole pages can be sealed')
      const count = pages.length / PAGE_BYTES
      const ivs = primitives.randomBytes(count * IV_BYTES)
      for (let at = 0; at < count; at++) {
        const page = pages.subarray(at * PAGE_BYTES, (at + 1) * PAGE_BYTES)
        sealPage(firstNo + at, page, ivs.subarray(at * IV_BYTES, (at + 1) * IV_BYTES))
      }
    }
  }
}

/** Reads many pages in a row, several times as fast as one by one, and does not ask whether they are as they were written. */
export interface RunOpener {
  /**
   * Consecutive pages in clear, in a buffer of their own. `firstNo` counts from 1; the last 80 bytes of each are noise, and
   * so are the first 16 of page 1. Another key gives noise.
   */
  open(firstNo: number, pages: Uint8Array): Uint8Array
}

export function createRunOpener(
  primitives: Pick<PagePrimitives, 'createDecipheriv' | 'createSecretKey'>,
  key: Uint8Array
): RunOpener {
  const pageKey = primitives.createSecretKey(key)
  const ANY_IV = new Uint8Array(IV_BYTES)
  return {
    open: (firstNo, pages) => {
      // In CBC a block depends on the one before alone: all pages are opened as one, and the first block of each is put right.
      const aes = primitives.createDecipheriv('aes-256-cbc', pageKey, ANY_IV)
      aes.setAutoPadding(false)
      const plain = new Uint8Array(aes.update(pages))
      for (let page = 0; page < pages.length; page += PAGE_BYTES) {
        const start = firstNo === 1 && page === 0 ? SALT_BYTES : page
        for (let at = 0; at < IV_BYTES; at++) {
          const before = start === 0 ? 0 : (pages[start - IV_BYTES + at] ?? 0)
          plain[start + at] = (plain[start + at] ?? 0) ^ before ^ (pages[page + END + at] ?? 0)
        }
      }
      return plain
    }
  }
}
