import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Enough for a day's work and for the log beside the file. */
const ROOM_BYTES = 64 * 1024 * 1024

/** `dir` may be still to be made. */
export function hasRoom(dir: string): boolean {
  const { bavail, bsize } = statfsSync(existsSync(dir) ? dir : dirname(dir))
  return bavail * bsize >= ROOM_BYTES
}
