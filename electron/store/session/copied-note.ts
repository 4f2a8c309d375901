import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'
import type { StoreFolder } from './store-folder.ts'

/**
 * Beside a store whose file was set back or copied: found once, it holds for good, whatever numbers the store reaches
 * later. It goes aside with the store and says there that what was not sent comes back under another device id.
 */
const noteSchema = z.object({ at: instantSchema, deviceId: uuidSchema })
export type CopiedNote = z.infer<typeof noteSchema>

export function noteCopied(folder: StoreFolder, note: CopiedNote): void {
  if (readCopiedNote(folder) === null) writeFileAtomically(noteFile(folder), `${JSON.stringify(note)}\n`)
}

/** null: nothing of the kind was found. */
export function readCopiedNote(folder: StoreFolder): CopiedNote | null {
  if (!existsSync(noteFile(folder))) return null
  try {
    return noteSchema.safeParse(JSON.parse(readFileSync(noteFile(folder), 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null // the centre will say it again
    throw error
  }
}

const noteFile = ({ dir }: StoreFolder): string => join(dir, 'renumber.json')
