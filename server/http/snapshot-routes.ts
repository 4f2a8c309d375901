import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CASE_ROLES } from '#shared/domain/account/account.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { MOST_SNAPSHOT_CHUNKS, snapshotRequestSchema, snapshotResponseSchema } from '#shared/sync-protocol/snapshot.ts'
import type { Centre } from '../centre.ts'
import { requestSnapshot, snapshotPart } from '../snapshot/snapshots.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireDesk } from './session-guard.ts'

const security = [{ session: [] }]
const partParams = z.object({
  snapshotId: uuidSchema,
  no: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_SNAPSHOT_CHUNKS - 1)
})

/** A district made ready, for a PC that has nothing yet. */
export const snapshotRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const onRequest = createSessionGuard(centre)(CASE_ROLES)
    app.post(
      '/v1/snapshot',
      {
        schema: {
          summary: "A copy of the PC's district for its first download, when one is ready",
          security,
          body: snapshotRequestSchema,
          response: { 200: snapshotResponseSchema, ...errorResponses }
        },
        onRequest
      },
      async (request) =>
        requestSnapshot(centre, requireDesk(request), {
          ...request.body,
          limits: centre.snapshotLimits,
          background: (work) => {
            work.catch((fault: unknown) => request.log.error({ err: fault }, 'no snapshot was made'))
          }
        })
    )
    app.get(
      '/v1/snapshot/:snapshotId/chunks/:no',
      {
        schema: {
          summary: 'One sealed part of a copy that the PC was given the key of',
          security,
          params: partParams,
          response: { ...errorResponses }
        },
        onRequest
      },
      async (request, reply) => {
        const part = await snapshotPart(centre, requireDesk(request), request.params)
        if (part === null) return sendError(reply, { type: 'NotFound' })
        return (reply as FastifyReply).type('application/octet-stream').send(Buffer.from(part))
      }
    )
  }
