import { gzipSync } from 'node:zlib'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { type PushOutcome, type PushRequest, pushResponseSchema } from '#shared/sync-protocol/push.ts'
import { type CentreFailure, failureOfResponse } from './centre-failure.ts'
import { acceptedEncodings, decodedBody } from './content-encoding.ts'
import { textLines } from './text-lines.ts'

export interface CentreClientDeps {
  readonly fetch: typeof globalThis.fetch
  readonly serverUrl: string
  /** The bearer token of the signed-in account; null: it must sign in again. */
  readonly token: () => string | null
}

/** Lines as they come over the wire, many at a time. It ends early, without an error, when the line is cut. */
export type LineStream = AsyncIterable<readonly string[]>

export interface CentreClient {
  push(request: PushRequest, signal: AbortSignal): Promise<Result<readonly PushOutcome[], CentreFailure>>
  /** The changes after the cursor, as NDJSON lines. */
  pull(cursor: number, signal: AbortSignal): Promise<Result<LineStream, CentreFailure>>
  /** Server-sent events, as lines. Open until the signal or the centre ends it. */
  poke(signal: AbortSignal): Promise<Result<LineStream, CentreFailure>>
}

/** An answer must begin within this time. */
const ANSWER_MS = 30_000

export function createCentreClient(deps: CentreClientDeps): CentreClient {
  const request = async (
    path: string,
    init: RequestInit,
    outer: AbortSignal
  ): Promise<Result<Answer, CentreFailure>> => {
    const token = deps.token()
    if (token === null) return err({ type: 'SessionInvalid' })
    const line = openLine(outer)
    try {
      const headers = {
        ...init.headers,
        authorization: `Bearer ${token}`,
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
      }
      const url = new URL(path, withSlash(deps.serverUrl))
      const response = await deps.fetch(url, { ...init, headers, redirect: 'error', signal: line.signal })
      line.answered()
      if (response.ok) return ok({ response, release: line.release })
      const failure = await failureOfResponse(response)
      line.release()
      return err(failure)
    } catch (error) {
      line.release()
      return unreachable(error)
    }
  }
  const readLines = async (path: string, headers: Record<string, string>, signal: AbortSignal) => {
    const answer = await request(path, { headers }, signal)
    return answer.ok ? ok(releasedAfter(textLines(decodedBody(answer.value.response)), answer.value.release)) : answer
  }

  return {
    push: async (body, signal) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      const init = { method: 'POST', headers, body: gzipSync(JSON.stringify(body)) }
      const answer = await request('v1/push', init, signal)
      return answer.ok ? await readOutcomes(answer.value) : answer
    },
    pull: (cursor, signal) =>
      readLines(
        `v1/changes?cursor=${cursor}`,
        { accept: 'application/x-ndjson', 'accept-encoding': acceptedEncodings() },
        signal
      ),
    poke: (signal) => readLines('v1/poke', { accept: 'text/event-stream' }, signal)
  }
}

/** An answer whose body is still to be read. */
interface Answer {
  readonly response: Response
  readonly release: () => void
}

async function readOutcomes({ response, release }: Answer): Promise<Result<readonly PushOutcome[], CentreFailure>> {
  try {
    const parsed = pushResponseSchema.safeParse(await response.json())
    return parsed.success ? ok(parsed.data.outcomes) : err({ type: 'ProtocolMismatch' })
  } catch (error) {
    return unreachable(error)
  } finally {
    release()
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

/**
 * A signal that fires with the outer one, and when no answer begins in time. Linked and unlinked by hand: the outer one
 * lives as long as the engine, and thousands of finished requests must not hang on it.
 */
function openLine(outer: AbortSignal): { signal: AbortSignal; answered: () => void; release: () => void } {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const timer = setTimeout(abort, ANSWER_MS)
  if (outer.aborted) abort()
  outer.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    answered: () => clearTimeout(timer),
    release: () => {
      clearTimeout(timer)
      outer.removeEventListener('abort', abort)
    }
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)
