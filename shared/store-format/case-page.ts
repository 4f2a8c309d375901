import { z } from 'zod'
import { type CaseRecord, caseSchema } from '#shared/domain/case/case.ts'
import { schemaCheck } from '#shared/foundation/schema-check.ts'
import { packRecord, unpackRecord } from './case-body.ts'
import { type ListedCase, listedCase } from './case-columns.ts'

/**
 * A page of the stream as its cases lie in a desk's tables (`STORE_FORMAT`): made once at the centre for every desk that
 * asks, so that none has to read, check and pack each case again.
 *
 * Bytes: the length of the head (4, the lowest first); the head, JSON; then the bodies, one after the other.
 */
export interface CasePage {
  /** How far the stream is read with this page: the cases and the other lines belong into one transaction. */
  readonly cursor: number
  readonly cases: readonly PackedCase[]
  /** Other lines between them, as NDJSON: of cases that are not among these. */
  readonly others: string
}

export interface PackedCase {
  readonly listed: ListedCase
  /** As `packRecord` writes it. */
  readonly body: Uint8Array
}

export const recordOfPacked = ({ listed, body }: PackedCase): CaseRecord =>
  unpackRecord({
    id: listed.id.replaceAll('-', ''),
    application_no: listed.applicationNo,
    service: listed.service,
    dong_code: listed.dongCode,
    state: listed.state,
    applied_on: listed.appliedOn,
    due_on: listed.dueOn,
    searchable: listed.searchable,
    body: '',
    packed: body
  })

const { id, applicationNo, service, dongCode, state, appliedOn, dueOn, assigneeId, applicant } = caseSchema.shape
const rowSchema = z.object({
  ...{ id, applicationNo, service, dongCode, state, appliedOn, dueOn, assigneeId },
  applicantName: applicant.shape.name,
  searchable: z.string(),
  conflicts: z.int().nonnegative(),
  bodyBytes: z.int().positive()
})
const headSchema = z.object({ cursor: z.int().positive(), others: z.string(), cases: z.array(rowSchema) })
type Head = z.infer<typeof headSchema>
const isHead = schemaCheck(headSchema)

const LENGTH_BYTES = 4
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function writeCasePage(page: {
  readonly cursor: number
  readonly records: readonly CaseRecord[]
  readonly others: string
}): Uint8Array {
  const bodies: Uint8Array[] = []
  const cases = page.records.map((record) => {
    const listed = listedCase(record.case)
    const body = packRecord(record, listed.searchable)
    bodies.push(body)
    return { ...listed, bodyBytes: body.length }
  })
  const head = encoder.encode(JSON.stringify({ cursor: page.cursor, others: page.others, cases } satisfies Head))
  const bytes = new Uint8Array(bodies.reduce((sum, body) => sum + body.length, LENGTH_BYTES + head.length))
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, LENGTH_BYTES)
  let at = LENGTH_BYTES + head.length
  for (const body of bodies) {
    bytes.set(body, at)
    at += body.length
  }
  return bytes
}

/** null: these bytes are no page. What the bodies say is taken at the centre's word, as a copy's pages are. */
export function readCasePage(bytes: Uint8Array): CasePage | null {
  if (bytes.length < LENGTH_BYTES) return null
  const headBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  let at = LENGTH_BYTES + headBytes
  const head = readHead(bytes.subarray(LENGTH_BYTES, at))
  if (head === null) return null
  const cases: PackedCase[] = []
  for (const row of head.cases) {
    cases.push({ listed: row, body: bytes.subarray(at, at + row.bodyBytes) })
    at += row.bodyBytes
  }
  return at === bytes.length ? { cursor: head.cursor, cases, others: head.others } : null
}

function readHead(bytes: Uint8Array): Head | null {
  try {
    const head: unknown = JSON.parse(decoder.decode(bytes))
    return isHead(head) ? (head as Head) : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
