import { z } from 'zod'
import { type CaseRecord, caseSchema } from '#shared/domain/case/case.ts'
import { type SchemaCheck, schemaCheck } from '#shared/foundation/schema-check.ts'
import { packRecord, unpackRecord } from './case-body.ts'
import { type ListedCase, listedCase } from './case-columns.ts'

/**
 * A page of the stream as its cases lie in a desk's tables (`STORE_FORMAT`): made once at the centre for every desk that
 * asks, so that none has to read, check and pack each case again.
 *
 * Bytes: the length of the head (4, the lowest first); the head, JSON; the rows, each JSON by itself, so that a reader
 * need not hold a thousand of them; then the bodies.
 */
export interface CasePage {
  /** How far the stream is read with this page: the cases and the other lines belong into one transaction. */
  readonly cursor: number
  /** Other lines between the cases, as NDJSON: of cases that are not among these. */
  readonly others: string
  /** How many cases there are. */
  readonly count: number
  /** In their order, each read when its turn comes; null: its row does not fit. */
  cases(): Iterable<PackedCase | null>
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
  conflicts: z.int().nonnegative()
})
const isRow = schemaCheck(rowSchema)

const lengthsSchema = z.array(z.int().positive())
const headSchema = z.object({
  cursor: z.int().positive(),
  others: z.string(),
  /** Bytes of each row, and of each body. */
  rows: lengthsSchema,
  bodies: lengthsSchema
})
type Head = z.infer<typeof headSchema>
const isHead = schemaCheck(headSchema)

const LENGTH_BYTES = 4
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The records are read one at a time, and the other lines after the last of them. */
export function writeCasePage(page: {
  readonly cursor: number
  readonly records: Iterable<CaseRecord>
  readonly others: () => string
}): Uint8Array {
  const [rows, bodies] = [createParts(), createParts()]
  for (const record of page.records) {
    const listed = listedCase(record.case)
    rows.addText(JSON.stringify(listed))
    bodies.add(packRecord(record, listed.searchable))
  }
  const head: Head = { cursor: page.cursor, others: page.others(), rows: rows.lengths, bodies: bodies.lengths }
  const headBytes = encoder.encode(JSON.stringify(head))
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, headBytes.length, true)
  const whole = createParts()
  for (const part of [length, headBytes, rows.bytes(), bodies.bytes()]) whole.add(part)
  return whole.bytes()
}

const FIRST_ROOM = 512 * 1024
/** Of UTF-8, for one unit of a text. */
const MOST_UNIT_BYTES = 3

/** Puts parts one behind the other into one room that grows. */
function createParts() {
  const lengths: number[] = []
  let room = new Uint8Array(FIRST_ROOM)
  let at = 0
  const reserve = (bytes: number): void => {
    if (at + bytes <= room.length) return
    const larger = new Uint8Array(Math.max(room.length * 2, at + bytes))
    larger.set(room.subarray(0, at))
    room = larger
  }
  const took = (bytes: number): void => {
    lengths.push(bytes)
    at += bytes
  }
  return {
    lengths,
    add: (part: Uint8Array): void => {
      reserve(part.length)
      room.set(part, at)
      took(part.length)
    },
    addText: (text: string): void => {
      reserve(text.length * MOST_UNIT_BYTES)
      took(encoder.encodeInto(text, room.subarray(at)).written)
    },
    bytes: (): Uint8Array => room.subarray(0, at)
  }
}

/** null: these bytes are no page. What the bodies say is taken at the centre's word, as a copy's pages are. */
export function readCasePage(bytes: Uint8Array): CasePage | null {
  if (bytes.length < LENGTH_BYTES) return null
  const headBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const headEnd = LENGTH_BYTES + headBytes
  const head = readJson(bytes.subarray(LENGTH_BYTES, headEnd), isHead) as Head | null
  if (head === null || head.rows.length !== head.bodies.length) return null
  const { cursor, others, rows, bodies } = head
  const bodiesFrom = headEnd + sum(rows)
  if (bodiesFrom + sum(bodies) !== bytes.length) return null
  return { cursor, others, count: rows.length, cases: () => readCases(bytes, { head, headEnd, bodiesFrom }) }
}

const sum = (lengths: readonly number[]): number => lengths.reduce((all, length) => all + length, 0)

function* readCases(
  bytes: Uint8Array,
  { head, headEnd, bodiesFrom }: { head: Head; headEnd: number; bodiesFrom: number }
): Generator<PackedCase | null> {
  let [row, body] = [headEnd, bodiesFrom]
  for (const [index, rowBytes] of head.rows.entries()) {
    const bodyBytes = head.bodies[index] ?? 0
    const listed = readJson(bytes.subarray(row, row + rowBytes), isRow) as ListedCase | null
    yield listed === null ? null : { listed, body: bytes.subarray(body, body + bodyBytes) }
    row += rowBytes
    body += bodyBytes
  }
}

function readJson(bytes: Uint8Array, fits: SchemaCheck): unknown {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes))
    return fits(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
