import { z } from 'zod'
import { type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { pullLineSchema } from '#shared/sync-protocol/pull.ts'

/** A line of the stream as this program understands it. */
export type ReadLine =
  | Exclude<z.infer<typeof pullLineSchema>, { type: 'case' }>
  | { readonly type: 'case'; readonly seq: number; readonly record: CaseRecord }
  /** A kind of line that a newer centre has added: nothing that this version must know. */
  | { readonly type: 'other' }

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(pullLineSchema.options.map((option) => option.shape.type.value))
const typedSchema = z.looseObject({ type: z.string() })
const caseLineSchema = z.object({ seq: z.int().positive(), record: z.looseObject({}) })

/**
 * null: the line does not fit. A record is checked with its schema and then kept as it came, so that fields of a newer
 * centre stay in it; one whose known fields do not fit is never guessed at.
 */
export function readPullLine(text: string): ReadLine | null {
  const json = parseJson(text)
  const typed = typedSchema.safeParse(json)
  if (!typed.success) return null
  if (!KNOWN_TYPES.has(typed.data.type)) return { type: 'other' }
  if (typed.data.type !== 'case') {
    const line = pullLineSchema.safeParse(json)
    return line.success && line.data.type !== 'case' ? line.data : null
  }
  const line = caseLineSchema.safeParse(json)
  if (!line.success || !isCaseRecord(line.data.record)) return null
  return { type: 'case', seq: line.data.seq, record: line.data.record }
}

const isCaseRecord = (value: unknown): value is CaseRecord => caseRecordSchema.safeParse(value).success

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
