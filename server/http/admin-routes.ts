import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { accountsResponseSchema, createdAccountResponseSchema } from '#shared/sync-protocol/administrator-accounts.ts'
import { grantRequestSchema } from '#shared/sync-protocol/administrator-grants.ts'
import { createAccount, listAccounts, setPassword, unlockAccount } from '../accounts/accounts.ts'
import { newPasswordSchema } from '../accounts/password.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { deviceAdminRoutes } from './device-admin-routes.ts'
import { grantRoutes } from './grant-routes.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const newAccountSchema = z.object({
  ...accountSchema.pick({ login: true, displayName: true, department: true, role: true }).shape,
  password: newPasswordSchema,
  grant: grantRequestSchema
})
const accountTarget = z.object({ accountId: uuidSchema })
const done = { 204: z.null(), ...errorResponses }
const security = [{ session: [] }]

/** Accounts and PCs of the administrator's own district; what lies in another one does not exist to her. */
export const adminRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['administrator']))
    accountRoutes(app, centre)
    grantRoutes(app, centre)
    deviceAdminRoutes(app, centre)
  }

type App = Parameters<FastifyPluginAsyncZod>[0]

function accountRoutes(app: App, centre: Centre): void {
  app.get(
    '/v1/admin/accounts',
    {
      schema: {
        summary: 'The accounts of the district',
        security,
        response: { 200: accountsResponseSchema, ...errorResponses }
      }
    },
    async (request) => ({ accounts: await listAccounts(centre.pool, requireSession(request).account.districtCode) })
  )
  app.post(
    '/v1/admin/accounts',
    {
      config: { act: 'create_account' },
      schema: {
        summary: 'Create an account',
        security,
        body: newAccountSchema,
        response: { 201: createdAccountResponseSchema, ...errorResponses }
      }
    },
    async (request, reply) => {
      const { id: byId, districtCode } = requireSession(request).account
      const { grant, ...account } = request.body
      const { terms, grounds } = grant
      const created = await createAccount(centre, { ...account, districtCode }, { terms, act: { byId, grounds } })
      if (!created.ok) {
        const { type } = created.error
        if (type === 'LoginTaken') return sendError(reply, { type: 'RequestInvalid', where: ['body/login'] })
        return sendError(reply, { type: 'GrantRefused', cause: type })
      }
      return reply.code(201).send({ account: created.value })
    }
  )
  app.post(
    '/v1/admin/accounts/:accountId/unlock',
    {
      config: { act: 'unlock_account' },
      schema: { summary: 'Unlock an account', security, params: accountTarget, response: done }
    },
    async (request, reply) => {
      const { districtCode } = requireSession(request).account
      const isDone = await unlockAccount(centre.pool, { accountId: request.params.accountId, districtCode })
      return isDone ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
    }
  )
  app.post(
    '/v1/admin/accounts/:accountId/password',
    {
      config: { act: 'set_password' },
      schema: {
        summary: 'Set a new password, unlock, and end the sessions of an account',
        security,
        params: accountTarget,
        body: z.object({ password: newPasswordSchema }),
        response: done
      }
    },
    async (request, reply) => {
      const { districtCode } = requireSession(request).account
      const target = { accountId: request.params.accountId, districtCode, password: request.body.password }
      const isDone = await setPassword(centre, target)
      return isDone ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
    }
  )
}
