import type { FastifyError, FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { rescueResponseSchema, rescuesResponseSchema } from '#shared/sync-protocol/administrator-rescues.ts'
import { rescueAnswerSchema } from '#shared/sync-protocol/rescue.ts'
import type { Centre } from '../centre.ts'
import { listRescues } from '../rescue/rescue-register.ts'
import { receiveRescue, releaseRescue } from '../rescue/rescues.ts'
import { sendError } from './api-errors.ts'
import { createDeviceGuard, requireDevice } from './device-guard.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const CAPSULE_TYPE = 'application/octet-stream'
const security = [{ session: [] }]

/** Capsules with unsent work: sent by the PC itself, or brought in by an administrator; and their register. */
export const rescueRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const administrator = createSessionGuard(centre)(['administrator'])
    takeCapsules(app)
    app.post(
      '/v1/rescue',
      {
        onRequest: createDeviceGuard(centre),
        schema: {
          summary:
            "A PC's unsent work, sealed to the centre; also of a PC that was shut out; answers with the pieces it asks for",
          security: [{ device: [] }],
          consumes: [CAPSULE_TYPE],
          response: { 200: rescueAnswerSchema, ...errorResponses }
        }
      },
      async (request, reply) => {
        const brought = { bytes: bytesOf(request.body), via: 'line', deviceId: requireDevice(request).id } as const
        const received = await receiveRescue(centre, brought)
        return received.ok ? reply.send(received.value) : sendError(reply, received.error)
      }
    )
    app.post(
      '/v1/admin/rescues',
      {
        config: { act: 'bring_capsule' },
        onRequest: administrator,
        schema: {
          summary: 'Bring in a capsule that was found on a PC of the district',
          security,
          consumes: [CAPSULE_TYPE],
          response: { 200: rescueResponseSchema, ...errorResponses }
        }
      },
      async (request, reply) => {
        const { districtCode } = requireSession(request).account
        const received = await receiveRescue(centre, { bytes: bytesOf(request.body), via: 'file', districtCode })
        return received.ok ? reply.send({ rescue: received.value.rescue }) : sendError(reply, received.error)
      }
    )
    app.get(
      '/v1/admin/rescues',
      {
        onRequest: administrator,
        schema: {
          summary: 'The capsules that came, in counts',
          security,
          response: { 200: rescuesResponseSchema, ...errorResponses }
        }
      },
      async (request) => ({ rescues: await listRescues(centre.pool, requireSession(request).account.districtCode) })
    )
    app.post(
      '/v1/admin/rescues/:rescueId/release',
      {
        config: { act: 'release_rescue' },
        onRequest: administrator,
        schema: {
          summary: 'Apply what was parked',
          security,
          params: z.object({ rescueId: uuidSchema }),
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => {
        const { id: by, districtCode } = requireSession(request).account
        const isDone = await releaseRescue(centre, { rescueId: request.params.rescueId, districtCode, by })
        return isDone ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }

function takeCapsules(app: FastifyInstance): void {
  app.addContentTypeParser(CAPSULE_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((fault: FastifyError, _request, reply) => {
    if (fault.statusCode !== 413) throw fault
    return sendError(reply, { type: 'CapsuleRefused', cause: 'too_large' })
  })
}

/** A body of another kind was refused before; none at all is no capsule. */
const bytesOf = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array())
