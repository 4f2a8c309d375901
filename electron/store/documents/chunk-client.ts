import { err, ok, type Result } from '#shared/foundation/result.ts'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { type MissingChunks, missingChunksSchema } from '#shared/sync-protocol/missing-chunks.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'

export interface ChunkClientDeps {
  readonly fetch: typeof globalThis.fetch
  readonly serverUrl: string
  /** The bearer token of the signed-in account; null: it must sign in again. */
  readonly token: () => string | null
}

export interface ChunkPlace {
  readonly caseId: string
  readonly sha256: string
}

export type ChunkFailure =
  /** No answer, a cut one, or "not now": it is tried again by itself. */
  | { readonly type: 'Unreachable' }
  /** The centre does not know the case or the piece, or they are not this PC's. */
  | { readonly type: 'NotThere' }
  /** A restore cost the centre the piece. */
  | { readonly type: 'Lost' }
  /** The case has as much sent ahead as it may. */
  | { readonly type: 'QuotaOver' }
  /** What came over the line is not what was sent: it is sent again. */
  | { readonly type: 'Garbled' }

/** Sends and fetches the sealed pieces of documents, one by one. */
export interface ChunkClient {
  has(place: ChunkPlace, signal: AbortSignal): Promise<Result<boolean, ChunkFailure>>
  put(place: ChunkPlace, content: Uint8Array, signal: AbortSignal): Promise<Result<null, ChunkFailure>>
  get(place: ChunkPlace, signal: AbortSignal): Promise<Result<Uint8Array, ChunkFailure>>
  /** What the centre lost and asks for, after a place of its list. */
  missing(after: number, signal: AbortSignal): Promise<Result<MissingChunks, ChunkFailure>>
}

/** A piece must be over the line within this time: 256 KiB at 35 kbit/s. */
const PIECE_MS = 60_000
/** What the centre answers where it has the piece; a login page in between answers 200 to anything. */
const TAKEN = 204

export function createChunkClient(deps: ChunkClientDeps): ChunkClient {
  const ask = async <T>(
    path: string,
    init: RequestInit & { readonly signal: AbortSignal },
    read: (response: Response) => Promise<Result<T, ChunkFailure>>
  ): Promise<Result<T, ChunkFailure>> => {
    const token = deps.token()
    if (token === null) return err({ type: 'Unreachable' })
    const base = deps.serverUrl.endsWith('/') ? deps.serverUrl : `${deps.serverUrl}/`
    const headers = {
      ...(init.body ? { 'content-type': 'application/octet-stream' } : {}),
      authorization: `Bearer ${token}`,
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
    }
    const signal = AbortSignal.any([init.signal, AbortSignal.timeout(PIECE_MS)])
    try {
      return await read(await deps.fetch(new URL(path, base), { ...init, headers, redirect: 'error', signal }))
    } catch (error) {
      if (error instanceof Error) return err({ type: 'Unreachable' }) // fetch and its body reject when the line breaks
      throw error
    }
  }
  return {
    has: (place, signal) =>
      ask(pathOf(place), { method: 'HEAD', signal }, async (response) => {
        await response.body?.cancel()
        if (response.status === TAKEN) return ok(true)
        return response.status === 404 ? ok(false) : err({ type: 'Unreachable' })
      }),
    put: (place, content, signal) =>
      ask(pathOf(place), { method: 'PUT', signal, body: new Uint8Array(content) }, async (response) =>
        response.status === TAKEN ? ok(null) : err(await failureOf(response))
      ),
    get: (place, signal) =>
      ask(pathOf(place), { method: 'GET', signal }, async (response) =>
        response.ok ? ok(new Uint8Array(await response.arrayBuffer())) : err(await failureOf(response))
      ),
    missing: (after, signal) =>
      ask(`v1/missing-chunks?after=${after}`, { method: 'GET', signal }, async (response) => {
        if (!response.ok) return err(await failureOf(response))
        const missing = missingChunksSchema.safeParse(await response.json())
        return missing.success ? ok(missing.data) : err({ type: 'Unreachable' })
      })
  }
}

const pathOf = ({ caseId, sha256 }: ChunkPlace): string => `v1/cases/${caseId}/chunks/${sha256}`

async function failureOf(response: Response): Promise<ChunkFailure> {
  const body: unknown = await response.json().catch(() => null)
  const error = apiErrorSchema.safeParse(body).data?.error
  if (error?.type === 'NotFound') return { type: 'NotThere' }
  if (error?.type === 'ChunkLost') return { type: 'Lost' }
  if (error?.type === 'ChunkRefused') return { type: error.cause === 'quota' ? 'QuotaOver' : 'Garbled' }
  return { type: 'Unreachable' }
}
