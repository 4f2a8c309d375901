import * as nodeCrypto from 'node:crypto'
import { type Cipher, createCipher } from '#shared/cipher/cipher.ts'
import { createPackageCipher, type PackageCipher } from '#shared/cipher/encrypted-package.ts'
import {
  createPageOpener,
  createPageSealer,
  createRunOpener,
  type PageOpener,
  type PageSealer,
  type RunOpener
} from '#shared/cipher/sqlcipher-page.ts'

/** The desk's cipher: the one place of the store process where the platform's cryptography is wired in. */
export const nodeCipher: Cipher = createCipher(nodeCrypto)

/** Writes pages as SQLCipher would under this raw key. */
export const pageSealer = (key: Uint8Array, salt: Uint8Array): PageSealer => createPageSealer(nodeCrypto, { key, salt })

/** Reads pages of a store's files without SQLite. */
export const pageOpener = (key: Uint8Array, salt: Uint8Array): PageOpener => createPageOpener(nodeCrypto, { key, salt })

/** Reads many pages in a row. */
export const runOpener = (key: Uint8Array): RunOpener => createRunOpener(nodeCrypto, key)

/** Encrypts an Office file under a password. */
export const packageCipher = (password: string): PackageCipher => createPackageCipher(nodeCrypto, password)
