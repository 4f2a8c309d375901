import { z } from 'zod'
import type { HashDep } from '#shared/foundation/deps.ts'
import { districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { lineMarkSchema } from './judge-line.ts'

/**
 * The file of an exported access log, as NDJSON: a head, the anchors of the period in their order, the lines that came
 * between the first and the last of them chain by chain, and an end that signs all of it.
 */

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)
const signatureSchema = z.string().regex(/^[0-9a-f]{128}$/)

export const exportLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('export'),
    format: z.literal(1),
    /** Exports are numbered by the centre. */
    no: z.int().positive(),
    at: instantSchema,
    centreId: uuidSchema,
    districtCode: districtCodeSchema,
    /** The period that was asked for; null: from the beginning. */
    from: instantSchema.nullable(),
    to: instantSchema,
    /** `anchor`: the first anchor is where the lines go on; `beginning`: they begin with the first of all. */
    goesOn: z.enum(['beginning', 'anchor'])
  }),
  z.object({ type: z.literal('anchor'), body: z.string(), signature: signatureSchema }),
  z.object({
    type: z.literal('line'),
    deviceId: uuidSchema,
    chain: hashSchema,
    /** Its place among the lines of its chain, in the order of their coming. */
    place: z.int().positive(),
    no: z.int().positive(),
    receivedAt: instantSchema,
    marks: z.array(lineMarkSchema),
    body: z.string(),
    previousHash: hashSchema,
    hash: hashSchema
  }),
  z.object({
    type: z.literal('end'),
    lines: z.int().nonnegative(),
    /** Of the texts of all lines before (`nextChecksum`). */
    checksum: hashSchema,
    publicKey: hashSchema,
    signature: signatureSchema
  })
])
export type ExportLine = z.infer<typeof exportLineSchema>
export type ExportHead = Extract<ExportLine, { type: 'export' }>
export type ExportedLine = Extract<ExportLine, { type: 'line' }>

/** null: no line of an export. */
export function readExportLine(text: string): ExportLine | null {
  try {
    return exportLineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Before the first line it is 32 zero bytes. */
export const nextChecksum = ({ sha256 }: HashDep, before: Uint8Array, text: string): Uint8Array => sha256(before, text)

/** What the signature of an export is over: it cannot be taken for one of anything else. */
export const exportMessage = (checksum: string): Uint8Array =>
  new TextEncoder().encode(`mnk access export 1\n${checksum}`)
