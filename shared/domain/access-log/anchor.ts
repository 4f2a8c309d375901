import { z } from 'zod'
import { districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { canonicalText } from './canonical-text.ts'

/**
 * What a centre had of all access logs of a district at one time, signed and kept apart from the lines. Each anchor names
 * the one before it.
 */

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

export const anchoredChainSchema = z.object({
  deviceId: uuidSchema,
  chain: hashSchema,
  /** How many lines of it had come, and their digest (`nextDigest`). */
  lines: z.int().positive(),
  digest: hashSchema
})
export type AnchoredChain = z.infer<typeof anchoredChainSchema>

export const previousAnchorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('first') }),
  z.object({ type: z.literal('anchor'), hash: hashSchema }),
  /** There was one of this number, but the database that keeps them was set back: what it said is not known. */
  z.object({ type: z.literal('unknown'), no: z.int().positive() })
])
export type PreviousAnchor = z.infer<typeof previousAnchorSchema>

export const anchorSchema = z.object({
  no: z.int().positive(),
  at: instantSchema,
  centreId: uuidSchema,
  districtCode: districtCodeSchema,
  previous: previousAnchorSchema,
  chains: z.array(anchoredChainSchema)
})
export type Anchor = z.infer<typeof anchorSchema>

/** The text that is signed and kept, byte for byte. */
export const anchorText = (anchor: Anchor): string => canonicalText(anchor)

/** null: no text of an anchor. */
export function readAnchor(text: string): Anchor | null {
  try {
    return anchorSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** What a signature of an anchor is over: it cannot be taken for one of anything else. */
export const anchorMessage = (text: string): Uint8Array => new TextEncoder().encode(`mnk access anchor 1\n${text}`)
