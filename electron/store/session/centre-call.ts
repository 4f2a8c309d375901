import type { z } from 'zod'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type ApiError, apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { isTrustworthy } from './centre-sign-in.ts'

/** A small question to the centre that nobody waits for: leases, orders, capsules. */
export interface CentreCall<Answer extends z.ZodType> {
  readonly serverUrl: string
  /** Below `v1/`. */
  readonly path: string
  /** A GET without, else a POST unless said: an object as JSON, bytes as they are. */
  readonly body?: object | Uint8Array<ArrayBuffer>
  readonly method?: 'PUT'
  readonly authorization: string
  readonly answer: Answer
  readonly signal?: AbortSignal | undefined
}

/** `Unanswered`: no line, no answer in time, or one that is not the centre's. */
export type CallFailure = ApiError | { readonly type: 'Unanswered' }

const ANSWER_MS = 30_000
/** A capsule goes up over a bad line; the centre waits as long for a request. */
const UPLOAD_MS = 120_000

export async function callCentre<Answer extends z.ZodType>(
  deps: { readonly fetch: typeof globalThis.fetch },
  call: CentreCall<Answer>
): Promise<Result<z.output<Answer>, CallFailure>> {
  if (!isTrustworthy(call.serverUrl)) return err({ type: 'Unanswered' })
  const base = call.serverUrl.endsWith('/') ? call.serverUrl : `${call.serverUrl}/`
  const timeout = AbortSignal.timeout(call.body instanceof Uint8Array ? UPLOAD_MS : ANSWER_MS)
  try {
    const response = await deps.fetch(new URL(`v1/${call.path}`, base), {
      ...bodyOf(call.body),
      ...(call.method !== undefined && { method: call.method }),
      headers: {
        ...(call.body && { 'content-type': contentType(call.body) }),
        authorization: call.authorization,
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
      },
      redirect: 'error',
      signal: call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal])
    })
    const body = response.status === 204 ? null : await response.json()
    if (!response.ok) return err(apiErrorSchema.safeParse(body).data?.error ?? { type: 'Unanswered' })
    const parsed = call.answer.safeParse(body)
    return parsed.success ? ok(parsed.data) : err({ type: 'Unanswered' })
  } catch (error) {
    const isTheLine = error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError
    if (isTheLine) return err({ type: 'Unanswered' })
    throw error
  }
}

const bodyOf = (body: CentreCall<z.ZodType>['body']): { method: string; body?: string | Uint8Array<ArrayBuffer> } =>
  body === undefined
    ? { method: 'GET' }
    : { method: 'POST', body: body instanceof Uint8Array ? body : JSON.stringify(body) }

const contentType = (body: object): string =>
  body instanceof Uint8Array ? 'application/octet-stream' : 'application/json'
