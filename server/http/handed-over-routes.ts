import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { dropHandedOverSchema, handedOverResponseSchema } from '#shared/sync-protocol/handed-over.ts'
import type { Centre } from '../centre.ts'
import { dropHandedOver, listHandedOver, takeHandedOver } from '../quarantine/handed-over.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]
const params = z.object({ commandId: uuidSchema })
const done = { 204: z.null(), ...errorResponses }

/** 넘겨받은 변경: for the caseworkers of the district that has the case now. */
export const handedOverRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['caseworker']))
    app.get(
      '/v1/handed-over',
      {
        schema: {
          summary: 'Edits that were unsent in another district when their case came to this one',
          security,
          response: { 200: handedOverResponseSchema, ...errorResponses }
        }
      },
      async (request) => ({ items: await listHandedOver(centre.pool, requireSession(request).account.districtCode) })
    )
    app.post(
      '/v1/handed-over/:commandId/take',
      { schema: { summary: 'Do one of them to the case as it is', security, params, response: done } },
      async (request, reply) => {
        const actor = requireSession(request).account
        const taken = await takeHandedOver(centre, { commandId: request.params.commandId, actor })
        if (taken.ok) return reply.code(204).send(null)
        const { error } = taken
        if (error.type === 'NotFound') return sendError(reply, error)
        return sendError(reply, { type: 'RequestInvalid', where: [`command/${error.refusal.type}`] })
      }
    )
    app.post(
      '/v1/handed-over/:commandId/drop',
      {
        schema: { summary: 'Give one of them up', security, params, body: dropHandedOverSchema, response: done }
      },
      async (request, reply) => {
        const actor = requireSession(request).account
        const { commandId } = request.params
        const isDropped = await dropHandedOver(centre, { commandId, actor, reason: request.body.reason })
        return isDropped ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }
