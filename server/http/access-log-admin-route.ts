import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { logStandsQuerySchema, logStandsResponseSchema } from '#shared/sync-protocol/access-log-stands.ts'
import { listLogStands } from '../access-log/log-stands.ts'
import type { Centre } from '../centre.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

/** Which PCs of the district owe their access log, and in whose log something is wrong. */
export const accessLogAdminRoute =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/admin/access-log/pcs',
      {
        schema: {
          summary: "How far the centre has the access log of each of the district's PCs, and what it found in it",
          security: [{ session: [] }],
          querystring: logStandsQuerySchema,
          response: { 200: logStandsResponseSchema, ...errorResponses }
        },
        onRequest: createSessionGuard(centre)(['supervisor', 'privacy_officer', 'administrator'])
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await listLogStands(centre.pool, { districtCode, after: request.query.after })
      }
    )
  }
