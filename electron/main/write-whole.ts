import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { v7 as newUuid } from 'uuid'

/**
 * Writes a file, or leaves nothing of it: a part of a document in clear would lie where nobody looks for it, and what
 * stood there before stays until the new file is whole. Limit: the end of the program in the middle leaves the part.
 */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const part = join(dirname(path), `.${newUuid()}.part`) // a name of its own, no longer than any system takes
  try {
    await writeFile(part, content, { flag: 'wx', flush: true })
    await rename(part, path)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
}
