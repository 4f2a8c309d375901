import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import type { SecretWrapping } from './device-secret.ts'

/** Files that a person saves somewhere on the PC, in clear. */
export interface WholeFiles {
  /** Writes a file, or leaves nothing of it, and what stood there before stays until the new one is whole. */
  write(path: string, content: Uint8Array): Promise<void>
  /** A file that somebody else writes, the same way: as a part that becomes the file when it is whole. */
  begin(path: string): Promise<BegunFile>
  /** Removes what a power cut left of a file in the middle: a part in clear would lie where nobody looks for it. */
  clearParts(): Promise<void>
}

export interface BegunFile {
  readonly id: string
  readonly part: string
  /** It is whole, or its part is to go. */
  end(): Promise<void>
}

export interface WholeFilesOptions {
  /** Here stands a note for each file that is being written: where, sealed, because folders have people's names too. */
  readonly notesDir: string
  readonly wrapping: SecretWrapping
}

export function createWholeFiles({ notesDir, wrapping }: WholeFilesOptions): WholeFiles {
  const forget = (id: string) => rm(join(notesDir, id), { force: true })
  const begin = async (path: string): Promise<BegunFile> => {
    const [id, folder] = [newUuid(), dirname(path)]
    const part = partIn(folder, id)
    await mkdir(notesDir, { recursive: true })
    await writeFile(join(notesDir, id), wrapping.wrap(Buffer.from(folder)), { flush: true }) // before any byte of the part
    return {
      id,
      part,
      end: async () => {
        await rm(part, { force: true })
        await forget(id)
      }
    }
  }
  return {
    begin,
    write: async (path, content) => {
      const file = await begin(path)
      try {
        await writeFile(file.part, content, { flag: 'wx', flush: true })
        await rename(file.part, path)
      } finally {
        await file.end()
      }
    },
    clearParts: async () => {
      for (const id of await readdir(notesDir).catch(() => [])) {
        const folder = await readNote(join(notesDir, id), wrapping)
        if (folder === null || (await removePart(folder, id))) await forget(id)
      }
    }
  }
}

/** A name of its own, no longer than any system takes, so that no file of the person's is ever taken for a part. */
const partIn = (folder: string, id: string): string => join(folder, `.${id}.part`)

/** False on a medium that refuses, or is not in the PC now: the next start tries again. */
async function removePart(folder: string, id: string): Promise<boolean> {
  if (!existsSync(folder)) return false
  return rm(partIn(folder, id), { force: true }).then(
    () => true,
    () => false
  )
}

/** The folder; null where the system's vault no longer opens the note. */
async function readNote(note: string, { unwrap }: SecretWrapping): Promise<string | null> {
  const kept = await readFile(note)
  try {
    return Buffer.from(unwrap(kept)).toString()
  } catch {
    return null
  }
}
