import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import { TooBusyError } from '../accounts/turns.ts'
import { isDatabaseAway, sqlState } from '../db/run-tx.ts'
import { sendError, statusOf } from './api-errors.ts'

const MAX_PATHS = 50
const MAX_PATH_LENGTH = 120

/** Every answer that is not 2xx gets the body of `apiErrorSchema`, whoever refused. */
export function handleErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendError(reply, { type: 'NotFound' }))
  app.setErrorHandler((fault: FastifyError, request, reply) => {
    const error = apiErrorOf(fault, request)
    const status = error.type === 'RequestInvalid' ? (clientStatus(fault) ?? 400) : statusOf(error)
    if (error.type === 'ServerFault' || error.type === 'NotReady') request.log.error({ err: fault }, 'request failed')
    if (error.type === 'TooManyRequests') reply.header('retry-after', String(error.retryAfterSeconds))
    return sendError(reply, error, status)
  })
}

/** Refusals before a route is found: a URL that cannot be decoded, a header that is too long. */
export function answerFrameworkError(_fault: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  sendError(reply, { type: 'RequestInvalid', where: ['url'] })
}

/** Bytes that are not HTTP. */
export function answerClientError(_fault: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return
  const body = JSON.stringify({ error: { type: 'RequestInvalid', where: ['http'] } satisfies ApiError })
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`
  )
}

/** Thrown by the rate limit. */
export class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError'
  readonly statusCode = 429
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('too many requests')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** PostgreSQL has no U+0000; a schema lets it through. */
const NO_SUCH_CHARACTER = '22021'

/** What the desk is told of a fault. */
export function apiErrorOf(fault: Error, request: FastifyRequest): ApiError {
  if (hasZodFastifySchemaValidationErrors(fault)) {
    const context = fault.validationContext ?? 'request'
    const where = fault.validation.map(({ instancePath }) => `${context}${instancePath}`.slice(0, MAX_PATH_LENGTH))
    return { type: 'RequestInvalid', where: [...new Set(where)].slice(0, MAX_PATHS) }
  }
  if (fault instanceof TooManyRequestsError) {
    return { type: 'TooManyRequests', retryAfterSeconds: fault.retryAfterSeconds }
  }
  if (fault instanceof TooBusyError) return { type: 'TooManyRequests', retryAfterSeconds: 5 }
  if (isUnreadableBody(fault) || sqlState(fault) === NO_SUCH_CHARACTER)
    return { type: 'RequestInvalid', where: ['body'] }
  if (isDatabaseAway(fault)) return { type: 'NotReady' }
  return { type: 'ServerFault', requestId: request.id }
}

/** Too large, not JSON, of an unknown type, or not what its content-encoding says. */
function isUnreadableBody(fault: Error): boolean {
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
  return clientStatus(fault) !== undefined || code.startsWith('Z_') || code.startsWith('ZSTD_')
}

function clientStatus(fault: Error): number | undefined {
  const status = 'statusCode' in fault ? fault.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
