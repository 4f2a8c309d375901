import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { accessLogAnswerSchema, accessLogLineSchema, MAX_LOG_LINE_BYTES } from '#shared/sync-protocol/access-log.ts'
import { receiveAccessLog } from '../access-log/receive-access-log.ts'
import type { LogSender } from '../access-log/store-lines.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { bodyLines } from './body-lines.ts'
import { createDeviceGuard } from './device-guard.ts'
import { limitsOf } from './limits.ts'
import { errorResponses } from './openapi.ts'
import { type Guard, requireDesk } from './session-guard.ts'

const NDJSON = 'application/x-ndjson'
const LIMITS = { lineBytes: MAX_LOG_LINE_BYTES, bodyBytes: limitsOf('POST', '/v1/access-log').bodyBytes }

/** From a PC with somebody signed in, or from one that proves itself: what it logged last comes before it is wiped. */
export const accessLogRoute =
  (centre: Centre, session: Guard): FastifyPluginAsyncZod =>
  async (app) => {
    const device = createDeviceGuard(centre)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload))
    app.post(
      '/v1/access-log',
      {
        schema: {
          summary: "The lines of a PC's access log that the centre has not acknowledged",
          security: [{ session: [] }, { device: [] }],
          consumes: [NDJSON],
          body: accessLogLineSchema,
          response: { 200: accessLogAnswerSchema, ...errorResponses }
        },
        validatorCompiler: () => (value) => ({ value }), // each line is checked as it comes
        onRequest: (request, reply) => (isByDevice(request) ? device(request, reply) : session(request, reply))
      },
      async (request, reply) => {
        const body: unknown = request.body
        if (!(body instanceof Readable)) return sendError(reply, { type: 'RequestInvalid', where: ['body'] })
        reply.raw.once('close', () => body.destroy())
        const received = await receiveAccessLog(centre, senderOf(request), bodyLines(body, LIMITS))
        return received.ok ? reply.send(received.value) : sendError(reply, received.error)
      }
    )
  }

const isByDevice = ({ headers }: FastifyRequest): boolean => headers.authorization?.startsWith('Device ') === true

function senderOf(request: FastifyRequest): LogSender {
  if (request.device !== null) return { deviceId: request.device.id, districtCode: request.device.districtCode }
  const { deviceId, account } = requireDesk(request)
  return { deviceId, districtCode: account.districtCode }
}
