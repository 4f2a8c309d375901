import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../keys/atomic-file.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

/**
 * Copies of the unsent pieces of documents, in a folder beside the rescue capsule: what was attached survives a store
 * that cannot be opened any more. They are sealed under the key of their document, which lies in the capsule.
 */
export interface ChunkCopies {
  /** On the disk when it returns. A disk that is full throws. */
  put(sha256: string, content: Uint8Array): void
  has(sha256: string): boolean
  /** Removes what is not among these. */
  keepOnly(wanted: ReadonlySet<string>): void
}

const NAME = /^[0-9a-f]{64}$/

export function openChunkCopies(dir: string): ChunkCopies {
  return {
    put: (sha256, content) => {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      writeFileAtomically(join(dir, sha256), content)
    },
    has: (sha256) => existsSync(join(dir, sha256)),
    keepOnly: (wanted) => {
      if (!existsSync(dir)) return
      for (const name of readdirSync(dir)) if (!wanted.has(name)) rmSync(join(dir, name), { force: true })
    }
  }
}

/** null: there is no such copy, or it is not whole: its hash shows it. */
export function readChunkCopy(dir: string, sha256: string): Uint8Array<ArrayBuffer> | null {
  const path = join(dir, sha256)
  if (!NAME.test(sha256) || !existsSync(path)) return null
  const content = new Uint8Array(readFileSync(path))
  return Buffer.from(nodeCipher.sha256(content)).toString('hex') === sha256 ? content : null
}
