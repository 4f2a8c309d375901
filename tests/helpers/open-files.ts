import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file below the folder, and every one that this process has open, without a name too, in which one of the texts
 * stands readable. Linux alone.
 */
export function readableFiles(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  const named = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const open = readdirSync('/proc/self/fd').flatMap((fd) => {
    const path = `/proc/self/fd/${fd}`
    return targetOf(path)?.endsWith(' (deleted)') === true ? [path] : []
  })
  return [...named, ...open].filter((file) => {
    const content = contentOf(file)
    return needles.some((bytes) => content.includes(bytes))
  })
}

/** Files come and go while they are looked at. */
function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

const targetOf = (path: string): string | null => ifThere(() => readlinkSync(path))

const contentOf = (file: string): Buffer =>
  ifThere(() => (statSync(file).isFile() ? readFileSync(file) : null)) ?? Buffer.alloc(0)
