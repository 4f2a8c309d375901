import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { writeFileAtomically } from '../keys/atomic-file.ts'

/** `pc.json`: what belongs to the PC and no store, and outlives all of them. Nothing personal and no key. */
const pcSchema = z.object({
  /** Device ids that this PC has used or is about to use; a centre that knows one needs no new code for it. */
  deviceIds: z.array(uuidSchema).max(200),
  /** Stores that were deleted here: one of them that comes back out of a backup is not opened. */
  erasedStores: z.array(uuidSchema).max(1000),
  /** The latest time that was ever seen here. */
  seenAt: instantSchema.nullable()
})
export type Pc = z.infer<typeof pcSchema>

const NEW_PC: Pc = { deviceIds: [], erasedStores: [], seenAt: null }

/** A file that is lost or damaged costs new codes, and nothing else. */
export function readPc(dataDir: string): Pc {
  const file = pcFile(dataDir)
  if (!existsSync(file)) return NEW_PC
  try {
    return pcSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? NEW_PC
  } catch (error) {
    if (error instanceof SyntaxError) return NEW_PC
    throw error
  }
}

export function changePc(dataDir: string, change: (pc: Pc) => Partial<Pc>): void {
  const pc = readPc(dataDir)
  const next: Pc = { ...pc, ...change(pc) }
  if (JSON.stringify(next) === JSON.stringify(pc)) return
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileAtomically(pcFile(dataDir), `${JSON.stringify(next)}\n`)
}

export const forgetDeviceId = (dataDir: string, deviceId: string): void =>
  changePc(dataDir, (pc) => ({ deviceIds: pc.deviceIds.filter((id) => id !== deviceId) }))

const pcFile = (dataDir: string): string => join(dataDir, 'pc.json')
