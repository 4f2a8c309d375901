import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { lineMarkSchema } from './judge-line.ts'

/** How the centre stands with one chain of a PC. Counts and times, nothing of a case. */
const chainStandSchema = z.object({
  /** The hash of its first line. */
  chain: z.string().regex(/^[0-9a-f]{64}$/),
  begunAt: instantSchema,
  /** When the PC last spoke of it. */
  heardAt: instantSchema,
  /** How far the PC said that it goes, and the newest number that is here: what lies between the two it owes. */
  newestNo: z.int().nonnegative(),
  heldUpTo: z.int().nonnegative(),
  /** When the centre last had all of it; null: never. */
  wholeAt: instantSchema.nullable(),
  /** Lines with each of the marks that any line has. */
  marks: z.array(z.object({ mark: lineMarkSchema, lines: z.int().positive() }))
})

/** A PC of the district and its chains; one that has met the centre and has none owes all of its log. */
export const logStandSchema = z.object({
  deviceId: uuidSchema,
  /** The centre's own log, of what administrators do there. */
  isCentre: z.boolean(),
  /** null: the centre knows its log alone, after a restore; or it is the centre's own. */
  name: z.string().nullable(),
  lastContactAt: instantSchema.nullable(),
  chains: z.array(chainStandSchema)
})
export type LogStand = z.infer<typeof logStandSchema>
