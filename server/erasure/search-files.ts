import { createReadStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { MarkerSearch } from '#shared/domain/erasure/marker-search.ts'

const PIECE_BYTES = 1 << 20

/** A file of any size, a piece at a time. One that has gone meanwhile has nothing any more. */
export async function searchFile(file: string, search: MarkerSearch): Promise<void> {
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) search.take(piece as Buffer)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
  } finally {
    search.endFile()
  }
}

/** The files below a folder, or the file itself, by their whole path. Sockets and links are none. */
export async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOTDIR') return null
      throw fault
    }
  )
  if (entries === null) return [folder]
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
}
