import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CASE_ROLES } from '#shared/domain/account/account.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import {
  giveRequestSchema,
  giveResponseSchema,
  ledgerQuerySchema,
  ledgerResponseSchema,
  provisionActRequestSchema,
  provisionActResponseSchema
} from '#shared/sync-protocol/provision.ts'
import type { Centre } from '../centre.ts'
import { give } from '../provision/give.ts'
import { listProvisions } from '../provision/list-provisions.ts'
import { actOnRun } from '../provision/provision-acts.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireDesk, requireSession } from './session-guard.ts'

const security = [{ session: [] }]
const params = z.object({ runId: uuidSchema })

/** 제3자 제공: numbers runs, takes what becomes of them, and tells the district's ledger. */
export const provisionRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const guard = createSessionGuard(centre)
    app.put(
      '/v1/provisions/:runId',
      {
        onRequest: guard(['privacy_officer']),
        schema: {
          summary: 'Number a run and write down who is given; everybody is selected anew',
          security,
          params,
          body: giveRequestSchema,
          response: { 200: giveResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { account, deviceId } = requireDesk(request)
        const numbered = await give(centre, { ...request.body, ...request.params, actor: account, deviceId })
        if (!numbered.ok) return { type: 'Refused' as const, refusal: numbered.error }
        return { type: 'Numbered' as const, run: numbered.value.run, lines: [...numbered.value.lines] }
      }
    )
    app.post(
      '/v1/provisions/:runId/acts',
      {
        onRequest: guard(CASE_ROLES),
        schema: {
          summary: 'What became of a run: its file, its agreement, the deletion at the recipient',
          security,
          params,
          body: provisionActRequestSchema,
          response: { 200: provisionActResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { account: actor } = requireSession(request)
        const done = await actOnRun(centre, { ...request.params, actor, act: request.body })
        return done.ok ? { type: 'Done' as const } : { type: 'Refused' as const, refusal: done.error }
      }
    )
    app.get(
      '/v1/provisions',
      {
        onRequest: guard(CASE_ROLES),
        schema: {
          summary: "The district's ledger of provisions after a place in its stream, ids alone",
          security,
          querystring: ledgerQuerySchema,
          response: { 200: ledgerResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return await listProvisions(centre.pool, { ...request.query, districtCode })
      }
    )
  }
