import { statfsSync } from 'node:fs'

/** Enough for a day's work and for the log beside the file. */
const ROOM_BYTES = 64 * 1024 * 1024

export function hasRoom(dir: string): boolean {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize >= ROOM_BYTES
}
