import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { CASE_ROLES } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import {
  retentionDueQuerySchema,
  retentionDueResponseSchema,
  retentionResponseSchema
} from '#shared/sync-protocol/retention-due.ts'
import type { Centre } from '../centre.ts'
import { dueItems } from '../retention/due-items.ts'
import { retentionOverview } from '../retention/retention-overview.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]

/** 보유기간: what the nightly run found in the district, for those who plan, review and approve its destruction. */
export const retentionRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(CASE_ROLES))
    app.get(
      '/v1/retention',
      {
        schema: {
          summary: 'What is due in the district today, and by month for the next 24',
          security,
          response: { 200: retentionResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await retentionOverview(centre.pool, districtCode, koreanDayOf(centre.now()))
      }
    )
    app.get(
      '/v1/retention/due',
      {
        schema: {
          summary: 'What a destruction batch of a day would list',
          security,
          querystring: retentionDueQuerySchema,
          response: { 200: retentionDueResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await dueItems(centre.pool, { ...request.query, districtCode })
      }
    )
  }
