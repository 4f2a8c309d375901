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
    signal: AbortSignal
  ): Promise<Result<Response, CentreFailure>> => {
    const token = deps.token()
    if (token === null) return err({ type: 'SessionInvalid' })
    const answering = answerDeadline(signal)
    try {
      const response = await deps.fetch(new URL(path, withSlash(deps.serverUrl)), {
        ...init,
        headers: {
          ...init.headers,
          authorization: `Bearer ${token}`,
          [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
        },
        redirect: 'error',
        signal: answering.signal
      })
      return response.ok ? ok(response) : err(await failureOfResponse(response))
    } catch (error) {
      return unreachable(error)
    } finally {
      answering.met()
    }
  }

  return {
    push: async (body, signal) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await request('v1/push', init, signal)
      return response.ok ? await readOutcomes(response.value) : response
    },
    pull: async (cursor, signal) => {
      const init = { headers: { accept: 'application/x-ndjson', 'accept-encoding': acceptedEncodings() } }
      const response = await request(`v1/changes?cursor=${cursor}`, init, signal)
      return response.ok ? ok(textLines(decodedBody(response.value))) : response
    },
    poke: async (signal) => {
      const response = await request('v1/poke', { headers: { accept: 'text/event-stream' } }, signal)
      return response.ok ? ok(textLines(decodedBody(response.value))) : response
    }
  }
}

async function readOutcomes(response: Response): Promise<Result<readonly PushOutcome[], CentreFailure>> {
  try {
    const parsed = pushResponseSchema.safeParse(await response.json())
    return parsed.success ? ok(parsed.data.outcomes) : err({ type: 'ProtocolMismatch' })
  } catch (error) {
    return unreachable(error)
  }
}

/** `fetch` rejects with a TypeError (network) or the signal's reason; a cut body of JSON is a SyntaxError. */
function unreachable(error: unknown): Result<never, CentreFailure> {
  if (error instanceof Error || error instanceof DOMException) return err({ type: 'Unreachable' })
  throw error
}

/** A signal that also fires when the answer does not begin in time; once met, only the outer one counts. */
function answerDeadline(outer: AbortSignal): { signal: AbortSignal; met: () => void } {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), ANSWER_MS)
  return { signal: AbortSignal.any([outer, late.signal]), met: () => clearTimeout(timer) }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)
