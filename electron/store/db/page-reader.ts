import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { PAGE_BYTES, RESERVED_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import { runOpener } from '../keys/node-crypto.ts'
import type { KeyedFile } from './store-image.ts'

/**
 * The pages of the store's file as they lie on the disk, in clear. Of this thread alone, so no page is read half written;
 * what still lies in the log is not seen. It stays open as long as the store: to close any handle of a file gives up, on
 * some systems, the locks that SQLite holds on it.
 */
export interface PageReader {
  readonly count: () => number
  /** Numbers count from 1. The last 80 bytes of a page are no part of it. */
  read(firstNo: number, most: number): Uint8Array[]
  close(): void
}

export function openPageReader({ file, key }: KeyedFile): PageReader {
  const handle = openSync(file, 'r')
  const opener = runOpener(key)
  let buffer = new Uint8Array(0)
  return {
    count: () => Math.floor(fstatSync(handle).size / PAGE_BYTES),
    read: (firstNo, most) => {
      if (buffer.length < most * PAGE_BYTES) buffer = new Uint8Array(most * PAGE_BYTES)
      const bytes = readSync(handle, buffer, 0, most * PAGE_BYTES, (firstNo - 1) * PAGE_BYTES)
      const plain = opener.open(firstNo, buffer.subarray(0, bytes - (bytes % PAGE_BYTES)))
      if (firstNo === 1 && plain[RESERVED_AT] !== RESERVED_BYTES)
        throw new Error('the store does not open as it should')
      return Array.from({ length: plain.length / PAGE_BYTES }, (_, index) =>
        plain.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES)
      )
    },
    close: () => closeSync(handle)
  }
}

/** Where the header of the file says how many bytes of each page are not SQLite's: another key would say something else. */
const RESERVED_AT = 20
