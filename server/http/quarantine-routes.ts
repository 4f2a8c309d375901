import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { destroyQuarantinedSchema, quarantineResponseSchema } from '#shared/sync-protocol/quarantine.ts'
import type { Centre } from '../centre.ts'
import { destroyQuarantined, listQuarantine } from '../quarantine/quarantine-list.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]

/** 격리함: for the privacy officer of the district alone. */
export const quarantineRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['privacy_officer']))
    app.get(
      '/v1/quarantine',
      {
        schema: {
          summary: 'Commands that came for destroyed or withdrawn cases of the district, without their content',
          security,
          response: { 200: quarantineResponseSchema, ...errorResponses }
        }
      },
      async (request) => ({
        items: await listQuarantine(centre.pool, requireSession(request).account.districtCode)
      })
    )
    app.post(
      '/v1/quarantine/:commandId/destroy',
      {
        schema: {
          summary: 'Destroy the content of one of them',
          security,
          params: z.object({ commandId: uuidSchema }),
          body: destroyQuarantinedSchema,
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => {
        const { id, districtCode } = requireSession(request).account
        const isDone = await destroyQuarantined(centre, {
          ...{ commandId: request.params.commandId, districtCode, accountId: id },
          ...{ reason: request.body.reason, now: centre.now() }
        })
        return isDone ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }
