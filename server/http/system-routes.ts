import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Centre } from '../centre.ts'
import { isMigrated } from '../db/migrate.ts'
import { CASES_MIGRATIONS, KEYS_MIGRATIONS } from '../db/migrations/index.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'

/** For the machines around the centre: is it alive, may it get requests, what does it offer. */
export const systemRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/healthz',
      { schema: { summary: 'The process runs', response: { 200: z.object({ status: z.literal('alive') }) } } },
      async () => ({ status: 'alive' as const })
    )
    app.get(
      '/readyz',
      {
        schema: {
          summary: 'Both databases answer and stand at the version this program needs',
          response: { 200: z.object({ status: z.literal('ready') }), ...errorResponses }
        }
      },
      async (request, reply) => {
        if (await isReady(centre, request.log.error.bind(request.log))) return reply.send({ status: 'ready' as const })
        return sendError(reply, { type: 'NotReady' })
      }
    )
    app.get(
      '/openapi.json',
      { schema: { summary: 'This description', response: { 200: z.record(z.string(), z.unknown()) } } },
      async (_request, reply) => reply.send({ ...app.swagger() })
    )
  }

async function isReady(centre: Centre, logFault: (line: { err: unknown }, text: string) => void): Promise<boolean> {
  if (centre.isClosing()) return false
  try {
    const migrated = await Promise.all([
      isMigrated(centre.pool, CASES_MIGRATIONS),
      isMigrated(centre.keysPool, KEYS_MIGRATIONS)
    ])
    return migrated.every(Boolean)
  } catch (fault) {
    logFault({ err: fault }, 'a database does not answer')
    return false
  }
}
