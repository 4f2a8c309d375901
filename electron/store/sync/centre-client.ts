import { pipeline, Readable } from 'node:stream'
import type { z } from 'zod'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import { type AccessLogAnswer, accessLogAnswerSchema } from '#shared/sync-protocol/access-log.ts'
import { type GiveBackResponse, giveBackResponseSchema } from '#shared/sync-protocol/give-back.ts'
import { giveBackWantedSchema } from '#shared/sync-protocol/give-back-offer.ts'
import { REPORT_HEADER } from '#shared/sync-protocol/outbox-report.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { PIECES_TYPE } from '#shared/sync-protocol/pull-pieces.ts'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import { type RestoreStand, restoreStandSchema } from '#shared/sync-protocol/restore-stand.ts'
import { type SnapshotRequest, type SnapshotResponse, snapshotResponseSchema } from '#shared/sync-protocol/snapshot.ts'
import { type CentreFailure, failureOfResponse } from './centre-failure.ts'
import { acceptedEncodings, createEncoder, decodedBody, wholeEncoding } from './content-encoding.ts'
import { type PullStream, pullParts } from './pull-parts.ts'
import { textLines } from './text-lines.ts'

export interface CentreClientDeps {
  readonly fetch: typeof globalThis.fetch
  readonly serverUrl: string
  /** Says who asks: the session of the signed-in account, or the PC by its own proof. null: it must sign in again. */
  readonly authorization: () => string | null
  /** What the centre gave as proof of the last whole pull; null: nothing. */
  readonly receipt: () => string | null
  /** What this PC says of its outbox with each request. */
  readonly report: () => string
}

/** Lines as they come over the wire, many at a time. It ends early, without an error, when the line is cut. */
export type LineStream = AsyncIterable<readonly string[]>

/** Of the signed-in account. */
export const bearer = (token: string | null): string | null => (token === null ? null : `Bearer ${token}`)

/** How far a PC has come. */
export interface PullFrom {
  readonly cursor: number
  readonly staffTag: string
  readonly batchCursor?: number
}

export interface CentreClient {
  /**
   * Sends NDJSON piece by piece, each asked for when the line can take it, and gives the lines of the answer, which come
   * meanwhile. Read them to the end or leave the loop: that ends the sending too.
   */
  push(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<Result<LineStream, CentreFailure>>
  /**
   * The changes after the cursor, packed where they are many; the district's staff among them unless it bears this tag,
   * and its destruction batches where it is said how far they are known.
   */
  pull(from: PullFrom, signal: AbortSignal): Promise<Result<PullStream, CentreFailure>>
  /** A copy of the district that is made ready for a first download. */
  snapshot(asked: SnapshotRequest, signal: AbortSignal): Promise<Result<SnapshotResponse, CentreFailure>>
  /** One sealed part of it. */
  snapshotPart(
    part: { readonly snapshotId: string; readonly no: number },
    signal: AbortSignal
  ): Promise<Result<Uint8Array, CentreFailure>>
  /** How the centre stands after a restore. Works without a session too, if there is a receipt. */
  restoreStand(signal: AbortSignal): Promise<Result<RestoreStand, CentreFailure>>
  /** Which of these cases the centre lacks. */
  offer(
    cases: ReadonlyArray<{ readonly id: string; readonly rev: number }>,
    signal: AbortSignal
  ): Promise<Result<readonly string[], CentreFailure>>
  /** Sends what a centre that was set back has lost, as NDJSON. */
  giveBack(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<Result<GiveBackResponse, CentreFailure>>
  /** Sends lines of the access log, as NDJSON. */
  accessLog(pieces: AsyncIterable<string>, signal: AbortSignal): Promise<Result<AccessLogAnswer, CentreFailure>>
  /** Server-sent events, as lines. Open until the signal or the centre ends it. */
  poke(signal: AbortSignal): Promise<Result<LineStream, CentreFailure>>
}

/** An answer must begin within this time; one to a push also go on within it, as long as nothing is sent. */
const ANSWER_MS = 30_000
/** A stream that says nothing for so long comes from a line that is gone: the centre beats every 15 seconds. */
const SILENCE_MS = 60_000

export function createCentreClient(deps: CentreClientDeps): CentreClient {
  const request = async (path: string, init: RequestInit, line: Line): Promise<Result<Response, CentreFailure>> => {
    const [authorization, receipt] = [deps.authorization(), deps.receipt()]
    if (authorization === null && receipt === null) return err({ type: 'SessionInvalid' })
    try {
      const headers = {
        ...init.headers,
        ...(authorization !== null && { authorization }),
        ...(receipt !== null && { [RECEIPT_HEADER]: receipt }),
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        [REPORT_HEADER]: deps.report()
      }
      const url = new URL(path, withSlash(deps.serverUrl))
      const response = await deps.fetch(url, { ...init, headers, redirect: 'error', signal: line.signal })
      return response.ok ? ok(response) : err(await failureOfResponse(response))
    } catch (error) {
      return unreachable(error)
    }
  }
  /** Once a page did not fit, lines bring everything until this program ends. */
  let takesPages = true
  const takeLines = (): void => {
    takesPages = false
  }
  const readStream = async <T>(
    path: string,
    { headers, read }: { headers: Record<string, string>; read: (response: Response) => AsyncIterable<T> },
    signal: AbortSignal
  ): Promise<Result<AsyncIterable<T>, CentreFailure>> => {
    const line = openLine(signal)
    const answer = await request(path, { headers }, line)
    if (!answer.ok) {
      line.release()
      return answer
    }
    return ok(releasedAfter(heardInTime(read(answer.value), line), line.release))
  }

  return {
    ...snapshotCalls(request),
    push: (pieces, signal) => push(request, pieces, openLine(signal)),
    pull: ({ cursor, staffTag, batchCursor }, signal) => {
      const packing = { pages: wholeEncoding, format: String(STORE_FORMAT) }
      const batches = batchCursor === undefined ? {} : { batches: String(batchCursor) }
      const known = { cursor: String(cursor), staff: staffTag, ...batches }
      const query = new URLSearchParams({ ...known, ...(takesPages && packing) })
      const headers = { accept: `${NDJSON}, ${PIECES_TYPE}`, 'accept-encoding': acceptedEncodings() }
      return readStream(`v1/changes?${query}`, { headers, read: (response) => pullParts(response, takeLines) }, signal)
    },
    restoreStand: (signal) => readJson(request, { path: 'v1/restore', init: {}, signal }, restoreStandSchema),
    offer: async (cases, signal) => {
      const body = JSON.stringify({ cases })
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      const answer = await readJson(request, { path: 'v1/give-back/offer', init, signal }, giveBackWantedSchema)
      return answer.ok ? ok(answer.value.wanted) : answer
    },
    giveBack: (pieces, signal) => sendWhole(request, pieces, { path: 'v1/give-back', signal }, giveBackResponseSchema),
    accessLog: (pieces, signal) => sendWhole(request, pieces, { path: 'v1/access-log', signal }, accessLogAnswerSchema),
    poke: (signal) =>
      readStream(
        'v1/poke',
        { headers: { accept: 'text/event-stream' }, read: (response) => textLines(decodedBody(response)) },
        signal
      )
  }
}

const NDJSON = 'application/x-ndjson'

function snapshotCalls(request: Request): Pick<CentreClient, 'snapshot' | 'snapshotPart'> {
  /** A whole body, in the time of an answer. */
  const whole = async (path: string, init: RequestInit, signal: AbortSignal) => {
    const line = openLine(signal)
    try {
      const answer = await request(path, init, line)
      return answer.ok ? ok(new Uint8Array(await answer.value.arrayBuffer())) : answer
    } catch (error) {
      return unreachable(error)
    } finally {
      line.release()
    }
  }
  return {
    snapshot: async (asked, signal) => {
      const headers = { 'content-type': 'application/json' }
      const body = await whole('v1/snapshot', { method: 'POST', headers, body: JSON.stringify(asked) }, signal)
      if (!body.ok) return body
      const parsed = snapshotResponseSchema.safeParse(jsonOrNull(body.value))
      return parsed.success ? ok(parsed.data) : err({ type: 'Unreachable' })
    },
    snapshotPart: ({ snapshotId, no }, signal) => whole(`v1/snapshot/${snapshotId}/chunks/${no}`, {}, signal)
  }
}

function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

type Request = (path: string, init: RequestInit, line: Line) => Promise<Result<Response, CentreFailure>>

async function push(
  request: Request,
  pieces: AsyncIterable<string>,
  line: Line
): Promise<Result<LineStream, CentreFailure>> {
  const answer = await sendPieces(request, pieces, { path: 'v1/push', line })
  if (!answer.ok) return answer
  const { response, release } = answer.value
  return ok(releasedAfter(whileAlive(textLines(decodedBody(response)), line), release))
}

async function sendPieces(
  request: Request,
  pieces: AsyncIterable<string>,
  { path, line }: { path: string; line: Line }
): Promise<Result<{ response: Response; release: () => void }, CentreFailure>> {
  const encoder = createEncoder()
  const source = Readable.from(whileAlive(pieces, line), { highWaterMark: 1 })
  const body = pipeline(source, encoder.stream, () => undefined) // how it ended shows in the answer
  const release = (): void => {
    source.destroy()
    line.release()
  }
  const headers = {
    'content-type': NDJSON,
    'content-encoding': encoder.name,
    accept: NDJSON,
    'accept-encoding': acceptedEncodings()
  }
  // The answer comes while the body is still being sent, whatever "half" says: in every runtime that we start on.
  const init = { method: 'POST', headers, body: webStream(body), duplex: 'half' }
  const answer = await request(path, init, line)
  if (answer.ok) return ok({ response: answer.value, release })
  release()
  return answer
}

/** One answer after all was sent. */
async function sendWhole<T>(
  request: Request,
  pieces: AsyncIterable<string>,
  { path, signal }: { path: string; signal: AbortSignal },
  schema: z.ZodType<T>
): Promise<Result<T, CentreFailure>> {
  const answer = await sendPieces(request, pieces, { path, line: openLine(signal) })
  if (!answer.ok) return answer
  const { response, release } = answer.value
  try {
    return parsed(await response.text(), schema)
  } catch (error) {
    return unreachable(error)
  } finally {
    release()
  }
}

async function readJson<T>(
  request: Request,
  { path, init, signal }: { path: string; init: RequestInit; signal: AbortSignal },
  schema: z.ZodType<T>
): Promise<Result<T, CentreFailure>> {
  const line = openLine(signal)
  try {
    const answer = await request(path, init, line)
    return answer.ok ? parsed(await answer.value.text(), schema) : answer
  } catch (error) {
    return unreachable(error)
  } finally {
    line.release()
  }
}

function parsed<T>(text: string, schema: z.ZodType<T>): Result<T, CentreFailure> {
  try {
    const value = schema.safeParse(JSON.parse(text))
    return value.success ? ok(value.data) : err({ type: 'ProtocolMismatch' })
  } catch (error) {
    return unreachable(error) // a cut body
  }
}

function webStream(bytes: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = bytes[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await chunks.next()
        if (next.done === true) controller.close()
        else controller.enqueue(next.value)
      },
      cancel: () => void bytes.destroy()
    },
    { highWaterMark: 0 }
  )
}

/** Each item is a sign that the line still works. */
async function* whileAlive<T>(items: AsyncIterable<T>, line: Line): AsyncGenerator<T> {
  for await (const item of items) {
    line.waits(ANSWER_MS)
    yield item
  }
}

/** Waits for each item a limited time; what is done with one may take as long as it does. */
async function* heardInTime<T>(items: AsyncIterable<T>, line: Line): AsyncGenerator<T> {
  line.waits(SILENCE_MS)
  for await (const item of items) {
    line.rests()
    yield item
    line.waits(SILENCE_MS)
  }
}

async function* releasedAfter<T>(items: AsyncIterable<T>, release: () => void): AsyncGenerator<T> {
  try {
    yield* items
  } finally {
    release()
  }
}

/** `fetch` rejects with a TypeError (network) or an AbortError; a cut body of JSON is a SyntaxError. */
function unreachable(error: unknown): Result<never, CentreFailure> {
  if (error instanceof Error) return err({ type: 'Unreachable' })
  throw error
}

interface Line {
  /** Fires with the outer signal, and when nothing was heard in time. */
  readonly signal: AbortSignal
  /** The next sign has to come within this time, from now on. */
  waits(ms: number): void
  /** Nothing has to come for the moment. */
  rests(): void
  release(): void
}

/**
 * Linked to the outer signal and unlinked by hand: it lives as long as the engine, and thousands of finished requests
 * must not hang on it.
 */
function openLine(outer: AbortSignal): Line {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  let timer = setTimeout(abort, ANSWER_MS)
  let isReleased = false
  const rests = (): void => clearTimeout(timer)
  if (outer.aborted) abort()
  outer.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    waits: (ms) => {
      rests()
      if (!isReleased) timer = setTimeout(abort, ms)
    },
    rests,
    release: () => {
      isReleased = true
      rests()
      outer.removeEventListener('abort', abort)
    }
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)
