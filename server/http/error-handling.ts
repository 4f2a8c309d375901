import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import { TooBusyError } from '../accounts/turns.ts'
import { isDatabaseAway, sqlState } from '../db/run-tx.ts'
import { CentreRestoringError } from '../restore/gate.ts'
import { sendError, statusOf } from './api-errors.ts'

const MAX_PATHS = 50
const MAX_PATH_LENGTH = 120

/** Every answer that is not 2xx gets the body of `apiErrorSchema`, whoever refused. */
export function handleErrors(app: FastifyInstance, { isClosing }: { isClosing: () => boolean }): void {
  app.setNotFoundHandler((_request, reply) => sendError(reply, { type: 'NotFound' }))
  app.setErrorHandler((fault: FastifyError, request, reply) => {
    const error = apiErrorOf(fault, request)
    const status = error.type === 'RequestInvalid' ? (clientStatus(fault) ?? 400) : statusOf(error)
    // A centre that ends waits for requests, but not for one whose caller has hung up: it may find the databases closed.
    // And an answer of which nothing has gone out ends with whoever asked for it.
    const isLeftBehind = request.raw.socket.destroyed && (isClosing() || fault.code === 'ERR_STREAM_PREMATURE_CLOSE')
    const isFault = error.type === 'ServerFault' || error.type === 'NotReady'
    if (isFault && !isLeftBehind) request.log.error({ err: fault }, 'request failed')
    return sendError(reply, error, status)
  })
}

/** Refusals before a route is found: a URL that cannot be decoded, a header that is too long. */
export function answerFrameworkError(_fault: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  sendError(reply, { type: 'RequestInvalid', where: ['url'] })
}

/** Bytes that are not HTTP, or that come too slowly or too many before there is a request. */
export function answerClientError(this: FastifyInstance, fault: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return
  const code = 'code' in fault ? String(fault.code) : ''
  const status = CLIENT_STATUS.get(code) ?? '400 Bad Request'
  this.log.info({ code, statusCode: Number(status.slice(0, 3)) }, 'no request')
  const body = JSON.stringify({ error: { type: 'RequestInvalid', where: ['http'] } satisfies ApiError })
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`
  )
}

const CLIENT_STATUS = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large']
])

/** PostgreSQL has no U+0000; a schema lets it through. */
const NO_SUCH_CHARACTER = '22021'

/** What the desk is told of a fault. */
export function apiErrorOf(fault: Error, request: FastifyRequest): ApiError {
  if (hasZodFastifySchemaValidationErrors(fault)) {
    const context = fault.validationContext ?? 'request'
    const where = fault.validation.map(({ instancePath }) => `${context}${instancePath}`.slice(0, MAX_PATH_LENGTH))
    return { type: 'RequestInvalid', where: [...new Set(where)].slice(0, MAX_PATHS) }
  }
  if (fault instanceof TooBusyError) return { type: 'TooManyRequests', retryAfterSeconds: 5 }
  if (isUnreadableBody(fault) || sqlState(fault) === NO_SUCH_CHARACTER)
    return { type: 'RequestInvalid', where: ['body'] }
  if (fault instanceof CentreRestoringError) return { type: 'CentreRestoring' }
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
