import type { FastifyReply } from 'fastify'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'

/** The HTTP status of each error. The desk goes by `type`; the status is for proxies and logs. */
export function statusOf(error: ApiError): number {
  switch (error.type) {
    case 'RequestInvalid':
      return 400
    case 'WrongCredentials':
    case 'SessionInvalid':
    case 'GrantOver':
      return 401
    case 'DeviceRevoked':
    case 'DeviceWipeOrdered':
    case 'EnrolmentNeeded':
    case 'EnrolmentCodeWrong':
    case 'RoleNotAllowed':
      return 403
    case 'NotFound':
    case 'ChunkLost':
      return 404
    case 'DeviceSequenceGap':
    case 'GiveBackFirst':
      return 409
    case 'GrantRefused':
      return 422
    case 'CapsuleRefused':
      return error.cause === 'too_large' ? 413 : 422
    case 'ChunkRefused':
      return error.cause === 'wrong_hash' ? 422 : 413
    case 'AccountLocked':
      return 423
    case 'ProtocolMismatch':
      return 426
    case 'TooManyRequests':
      return 429
    case 'ServerFault':
      return 500
    case 'NotReady':
    case 'CentreRestoring':
      return 503
    default:
      return assertNever(error)
  }
}

declare module 'fastify' {
  interface FastifyReply {
    /** Why the request was refused, for the log; null when it was not. */
    refusedWith: ApiError['type'] | null
  }
}

export function sendError(reply: FastifyReply, error: ApiError, status = statusOf(error)): FastifyReply {
  reply.refusedWith = error.type
  if (error.type === 'TooManyRequests') reply.header('retry-after', String(error.retryAfterSeconds))
  return reply.code(status).type('application/json; charset=utf-8').send({ error })
}
