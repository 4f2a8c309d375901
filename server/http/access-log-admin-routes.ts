import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { logEntriesQuerySchema, logEntriesResponseSchema } from '#shared/sync-protocol/access-log-entries.ts'
import { logReviewsResponseSchema, signLogReviewSchema } from '#shared/sync-protocol/access-log-reviews.ts'
import { logStandsQuerySchema, logStandsResponseSchema } from '#shared/sync-protocol/access-log-stands.ts'
import { listLogEntries } from '../access-log/log-entries.ts'
import { listLogReviews, signLogReview } from '../access-log/log-reviews.ts'
import { listLogStands } from '../access-log/log-stands.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]

/** For those who check the access log of the district: its lines, which PCs owe some, and in whose log something is wrong. */
export const accessLogAdminRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['supervisor', 'privacy_officer', 'administrator']))
    app.get(
      '/v1/admin/access-log/pcs',
      {
        schema: {
          summary: "How far the centre has the access log of each of the district's PCs, and what it found in it",
          security,
          querystring: logStandsQuerySchema,
          response: { 200: logStandsResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await listLogStands(centre.pool, { districtCode, centreId: centre.centreId, after: request.query.after })
      }
    )
    app.get(
      '/v1/admin/access-log/lines',
      {
        schema: {
          summary: "Lines of the district's access log by period, account, PC, act and case, the newest first",
          security,
          querystring: logEntriesQuerySchema,
          response: { 200: logEntriesResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await listLogEntries(centre.pool, { ...request.query, districtCode })
      }
    )
    app.get(
      '/v1/admin/access-log/reviews',
      {
        schema: {
          summary: 'The months of the log that are over: who has looked through each, and which are owed',
          security,
          response: { 200: logReviewsResponseSchema, ...errorResponses }
        }
      },
      async (request) => ({ months: await listLogReviews(centre, requireSession(request).account.districtCode) })
    )
    app.post(
      '/v1/admin/access-log/reviews',
      {
        onRequest: createSessionGuard(centre)(['supervisor']),
        schema: {
          summary: 'A month of the log was looked through',
          security,
          body: signLogReviewSchema,
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => {
        const { id: by, districtCode } = requireSession(request).account
        const isSigned = await signLogReview(centre, { ...request.body, districtCode, by })
        return isSigned ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }
