import { z } from 'zod'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { OfficeFailure } from '#shared/ipc/office-methods.ts'
import { type ApiError, apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import type { AdminSession } from './admin-session.ts'

/** One question to an administrator's route of the centre. */
export interface AdminRequest<Answer extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `v1/`. */
  readonly path: string
  /** An object travels as JSON, bytes as they are. */
  readonly body?: object | Uint8Array<ArrayBuffer>
  readonly answer: Answer
}

/** An answer of 204. */
export const NO_CONTENT = z.null()

const ANSWER_MS = 30_000

/** Asks the centre in the administrator's name. Never rejects for what the line or the centre does. */
export async function askCentre<Answer extends z.ZodType>(
  deps: { readonly fetch: typeof globalThis.fetch },
  session: AdminSession,
  request: AdminRequest<Answer>
): Promise<Result<z.output<Answer>, OfficeFailure>> {
  const base = session.serverUrl.endsWith('/') ? session.serverUrl : `${session.serverUrl}/`
  try {
    const response = await deps.fetch(new URL(`v1/${request.path}`, base), {
      method: request.method,
      headers: {
        ...contentType(request.body),
        authorization: `Bearer ${revealSecret(session.token)}`,
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
      },
      ...(request.body && { body: request.body instanceof Uint8Array ? request.body : JSON.stringify(request.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS)
    })
    const body = response.status === 204 ? null : await jsonOrUndefined(response)
    if (!response.ok) return err(failureOf(apiErrorSchema.safeParse(body).data?.error))
    const parsed = request.answer.safeParse(body)
    return parsed.success ? ok(parsed.data) : err({ type: 'CentreFault' })
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return err({ type: 'CentreUnreachable' })
    throw error
  }
}

/** Ends the session at the centre; out of reach, the centre ends it by its own clock. */
export async function leaveCentre(
  deps: { readonly fetch: typeof globalThis.fetch },
  session: AdminSession
): Promise<void> {
  await askCentre(deps, session, { method: 'POST', path: 'sign-out', answer: NO_CONTENT })
}

function contentType(body: AdminRequest<z.ZodType>['body']): Record<string, string> {
  if (body === undefined) return {}
  return { 'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }
}

/** undefined: not our answer, as a proxy's own page is not. */
async function jsonOrUndefined(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function failureOf(error: ApiError | undefined): OfficeFailure {
  if (error === undefined) return { type: 'CentreFault' }
  switch (error.type) {
    case 'SessionInvalid':
    case 'GrantOver':
    case 'DeviceRevoked':
    case 'WrongCredentials':
    case 'AccountLocked':
    case 'DeviceWipeOrdered':
    case 'EnrolmentNeeded':
    case 'EnrolmentCodeWrong':
      return { type: 'NotAdministering' }
    case 'RoleNotAllowed':
      return { type: 'NotAllowed' }
    case 'NotFound':
      return { type: 'NotThere' }
    case 'GrantRefused':
      return { type: 'GrantRefused', cause: error.cause }
    case 'RequestInvalid':
      return { type: 'NotTaken', where: error.where }
    case 'CapsuleRefused':
      return { type: 'CapsuleRefused', cause: error.cause }
    case 'TooManyRequests':
      return { type: 'CentreBusy', retryAfterSeconds: error.retryAfterSeconds }
    case 'CentreRestoring':
      return { type: 'CentreRestoring' }
    case 'NotReady':
      return { type: 'CentreUnreachable' }
    case 'ProtocolMismatch':
      return { type: 'ProtocolMismatch' }
    case 'ChunkRefused':
    case 'ChunkLost':
    case 'DeviceSequenceGap':
    case 'GiveBackFirst':
    case 'ServerFault':
      return { type: 'CentreFault' }
    default:
      return assertNever(error)
  }
}
