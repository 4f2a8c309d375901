import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { nodeCipher } from '../keys/node-crypto.ts'

/** Where a person wants a file, and where it is written until it is whole. */
export interface FilePlace {
  readonly path: string
  readonly part: string
}

/** A file in the making: it is at its place whole, or nothing of it is left. */
export interface PartFile {
  append(bytes: Uint8Array): Promise<void>
  /** Over what is there already. */
  overwrite(at: number, bytes: Uint8Array): Promise<void>
  /** From a byte on, in pieces. */
  read(from: number): AsyncGenerator<Uint8Array>
  size(): number
  /** Nothing more comes; gives SHA-256 of all of it, in hex. */
  seal(): Promise<string>
  /** Puts it at its place. */
  settle(): Promise<void>
  abandon(): Promise<void>
}

const PIECE_BYTES = 1 << 20

export async function createPartFile({ path, part }: FilePlace): Promise<PartFile> {
  const file: FileHandle = await open(part, 'wx+')
  let size = 0
  const writeAt = async (at: number, bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    }
  }
  async function* read(from: number): AsyncGenerator<Uint8Array> {
    const piece = new Uint8Array(PIECE_BYTES)
    for (let at = from; ; ) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
      at += bytesRead
    }
  }
  return {
    append: async (bytes) => {
      await writeAt(size, bytes)
      size += bytes.length
    },
    overwrite: writeAt,
    read,
    size: () => size,
    seal: async () => {
      const hash = nodeCipher.hashing()
      for await (const piece of read(0)) hash.take(piece)
      await file.sync()
      await file.close()
      return Buffer.from(hash.digest()).toString('hex')
    },
    settle: () => rename(part, path),
    abandon: async () => {
      await file.close() // once more does no harm
      await rm(part, { force: true })
    }
  }
}
