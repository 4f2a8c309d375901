import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file, or leaves nothing of it: a part of a document in clear would lie where nobody looks for it, and what
 * stood there before stays until the new file is whole.
 */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const part = `${path}.part`
  try {
    await writeFile(part, content, { flush: true })
    await rename(part, path)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
}
