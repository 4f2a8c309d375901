import { z } from 'zod'
import { type CaseRecord, caseRecordSchema, completeCase } from '#shared/domain/case/case.ts'
import { schemaCheck } from '#shared/foundation/schema-check.ts'
import { pullLineSchema } from './pull.ts'

/** A line of the stream as this program understands it. */
export type ReadLine =
  | Exclude<z.infer<typeof pullLineSchema>, { type: 'case' }>
  | { readonly type: 'case'; readonly seq: number; readonly record: CaseRecord }
  /** A kind of line that a newer centre has added: nothing that this version must know. */
  | { readonly type: 'other' }

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(pullLineSchema.options.map((option) => option.shape.type.value))
/** Whether this program understands the record, whatever else may be in it. */
export const isCaseRecord = schemaCheck(caseRecordSchema)
const isSeq = schemaCheck(z.int().positive())

/**
 * null: the line does not fit. A record is checked with its schema and then kept as it came, so that fields of a newer
 * centre stay in it; one whose known fields do not fit is never guessed at.
 */
export function readPullLine(text: string): ReadLine | null {
  const json = parseJson(text)
  if (typeof json !== 'object' || json === null || !('type' in json) || typeof json.type !== 'string') return null
  if (!KNOWN_TYPES.has(json.type)) return { type: 'other' }
  if (json.type === 'case') return isCaseLine(json) ? completed(json) : null
  const line = pullLineSchema.safeParse(json)
  return line.success && line.data.type !== 'case' ? line.data : null
}

const isCaseLine = (json: object): json is CaseLine =>
  'seq' in json && isSeq(json.seq) && 'record' in json && isCaseRecord(json.record)

export type CaseLine = Extract<ReadLine, { type: 'case' }>

/** A case that the centre holds since before protocol 2 lacks the parts that came with it. */
function completed(line: CaseLine): CaseLine {
  const { case: subject } = line.record
  if (subject.conflicts !== undefined && subject.edits !== undefined) return line
  return { ...line, record: { ...line.record, case: completeCase(subject) } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
