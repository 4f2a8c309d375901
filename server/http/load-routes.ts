import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '#shared/domain/account/account.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { loadResponseSchema } from '#shared/sync-protocol/administrator-load.ts'
import { ownLoadResponseSchema } from '#shared/sync-protocol/load.ts'
import type { Centre } from '../centre.ts'
import { loadsOfDistrict, ownLoad } from '../sync/district-load.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]

/** What a first download would be, before it begins. */
export const loadRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const guard = createSessionGuard(centre)
    app.get(
      '/v1/load',
      {
        schema: {
          summary: "Cases and size of the account's district, and how long a first download takes",
          security,
          response: { 200: ownLoadResponseSchema, ...errorResponses }
        },
        onRequest: guard(ROLES)
      },
      async (request) => ownLoad(centre.pool, requireSession(request).account)
    )
    app.get(
      '/v1/admin/load',
      {
        schema: {
          summary: 'What each account of the district, or one of them, would receive on a new PC',
          security,
          querystring: z.object({ accountId: uuidSchema.optional() }),
          response: { 200: loadResponseSchema, ...errorResponses }
        },
        onRequest: guard(['administrator'])
      },
      async (request) => {
        const loads = await loadsOfDistrict(centre.pool, requireSession(request).account.districtCode)
        const { accountId } = request.query
        return { loads: accountId === undefined ? loads : loads.filter((load) => load.accountId === accountId) }
      }
    )
  }
