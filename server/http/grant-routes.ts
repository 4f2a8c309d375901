import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { GrantGrounds, GrantTerms } from '#shared/domain/grant/grant.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import {
  grantRequestSchema,
  grantsQuerySchema,
  grantsResponseSchema,
  revokeRequestSchema
} from '#shared/sync-protocol/administrator-grants.ts'
import { changeGrant, listGrants } from '../accounts/grants.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const params = z.object({ accountId: uuidSchema })
const done = { 204: z.null(), ...errorResponses }
const security = [{ session: [] }]

type App = Parameters<FastifyPluginAsyncZod>[0]

/** What an administrator does to somebody's rights: each change with reason, approver and document. */
export function grantRoutes(app: App, centre: Centre): void {
  app.post(
    '/v1/admin/accounts/:accountId/grant',
    {
      config: { act: 'change_grant' },
      schema: {
        summary: 'Give an account other rights, or give them again',
        security,
        params,
        body: grantRequestSchema,
        response: done
      }
    },
    async (request, reply) => {
      const { terms, grounds } = request.body
      const refused = await change(centre, requireSession(request).account, {
        ...{ accountId: request.params.accountId, after: terms, grounds }
      })
      return refused === null ? reply.code(204).send(null) : sendError(reply, refused)
    }
  )
  app.post(
    '/v1/admin/accounts/:accountId/revoke',
    {
      config: { act: 'revoke_grant' },
      schema: {
        summary: "Take an account's rights; what is signed in with it ends at once",
        security,
        params,
        body: revokeRequestSchema,
        response: done
      }
    },
    async (request, reply) => {
      const { grounds } = request.body
      const refused = await change(centre, requireSession(request).account, {
        ...{ accountId: request.params.accountId, after: null, grounds }
      })
      return refused === null ? reply.code(204).send(null) : sendError(reply, refused)
    }
  )
}

interface Wanted {
  readonly accountId: string
  readonly after: GrantTerms | null
  readonly grounds: GrantGrounds
}

/** null: done. */
async function change(
  centre: Centre,
  { id: byId, districtCode }: { readonly id: string; readonly districtCode: string },
  { accountId, after, grounds }: Wanted
) {
  const changed = await changeGrant(centre, { accountId, districtCode, after, act: { byId, grounds } })
  if (changed.ok) {
    await centre.endDeadPokes()
    return null
  }
  const { type } = changed.error
  return type === 'NotFound' ? ({ type } as const) : ({ type: 'GrantRefused', cause: type } as const)
}

/** 권한 관리대장, for those who check it. */
export const grantRegisterRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['administrator', 'supervisor', 'privacy_officer']))
    app.get(
      '/v1/admin/grants',
      {
        schema: {
          summary: "Every change of somebody's rights in the district, the newest first",
          security,
          querystring: grantsQuerySchema,
          response: { 200: grantsResponseSchema, ...errorResponses }
        }
      },
      async (request) =>
        await listGrants(centre.pool, { ...request.query, districtCode: requireSession(request).account.districtCode })
    )
  }
