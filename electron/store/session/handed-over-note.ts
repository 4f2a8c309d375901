import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'
import type { StoreFolder } from './store-folder.ts'

/** Beside a store that goes to the centre and is not deleted: what of it is there. */
const noteSchema = z.object({
  commandsAt: instantSchema.nullable(),
  documentsAt: instantSchema.nullable(),
  /** Documents that lack pieces. */
  documentsLost: z.int().nonnegative()
})
export type HandedOverNote = z.infer<typeof noteSchema>

const NOTHING_YET: HandedOverNote = { commandsAt: null, documentsAt: null, documentsLost: 0 }

export function readHandedOver(folder: Pick<StoreFolder, 'dir'>): HandedOverNote {
  if (!existsSync(noteFile(folder))) return NOTHING_YET
  return noteSchema.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')))
}

export function noteHandedOver(folder: Pick<StoreFolder, 'dir'>, change: Partial<HandedOverNote>): void {
  writeFileAtomically(noteFile(folder), `${JSON.stringify({ ...readHandedOver(folder), ...change })}\n`)
}

const noteFile = ({ dir }: Pick<StoreFolder, 'dir'>): string => join(dir, 'handed-over.json')
