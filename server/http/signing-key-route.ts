import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { oversees, ROLES } from '#shared/domain/account/account.ts'
import { signingKeySchema } from '#shared/sync-protocol/signing-key.ts'
import type { Centre } from '../centre.ts'
import { registerSigningKey } from '../destruction/signing-keys.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireDesk } from './session-guard.ts'

export const signingKeyRoute =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/signing-keys',
      {
        schema: {
          summary: 'The key with which the privacy officer or the supervisor signs on this PC',
          security: [{ session: [] }],
          body: signingKeySchema,
          response: { 204: z.null(), ...errorResponses }
        },
        onRequest: createSessionGuard(centre)(ROLES.filter(oversees))
      },
      async (request, reply) => {
        const { account, deviceId } = requireDesk(request)
        const publicKey = Buffer.from(request.body.publicKey, 'base64')
        await registerSigningKey(centre.pool, { accountId: account.id, deviceId, publicKey, now: centre.now() })
        return reply.code(204).send(null)
      }
    )
  }
