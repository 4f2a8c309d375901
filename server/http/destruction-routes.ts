import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ROLES } from '#shared/domain/account/account.ts'
import { copyPlaceSchema } from '#shared/domain/destruction/copy-line.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import {
  batchCopiesQuerySchema,
  batchCopiesResponseSchema,
  writeOffCopySchema
} from '#shared/sync-protocol/batch-copies.ts'
import { erasureReceiptSchema } from '#shared/sync-protocol/erasure-receipt.ts'
import type { Centre } from '../centre.ts'
import { proveByReceipt, writeOffCopy } from '../destruction/copy-ledger.ts'
import { listCopies } from '../destruction/list-copies.ts'
import { sendError } from './api-errors.ts'
import { createDeviceGuard, requireDevice } from './device-guard.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

const security = [{ session: [] }]
const done = { 204: z.null(), ...errorResponses }

/** 사본 대장: how far the execution of the district's batches is, and where copies may still lie. */
export const destructionRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const guard = createSessionGuard(centre)
    app.get(
      '/v1/destruction/copies',
      {
        onRequest: guard(ROLES),
        schema: {
          summary: 'How far batches of the district are executed, and every place where copies may still lie',
          security,
          querystring: batchCopiesQuerySchema,
          response: { 200: batchCopiesResponseSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { districtCode } = requireSession(request).account
        return { batches: await listCopies(centre.pool, { districtCode, batchId: request.query.batchId }) }
      }
    )
    app.post(
      '/v1/device/erased',
      {
        onRequest: createDeviceGuard(centre),
        schema: {
          summary: 'Nothing of a batch is on this PC any more',
          security: [{ device: [] }],
          body: erasureReceiptSchema,
          response: done
        }
      },
      async (request, reply) => {
        const isTaken = await proveByReceipt(centre, requireDevice(request).id, request.body)
        return isTaken ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
    app.post(
      '/v1/admin/destruction/:batchId/copies/:place/:ref/write-off',
      {
        config: { act: 'write_off_copy' },
        onRequest: guard(['administrator']),
        schema: {
          summary: 'Write off a copy that nobody can prove destroyed any more: a lost PC, a lost backup',
          security,
          params: z.object({ batchId: uuidSchema, place: copyPlaceSchema, ref: uuidSchema }),
          body: writeOffCopySchema,
          response: done
        }
      },
      async (request, reply) => {
        const { id, districtCode } = requireSession(request).account
        const { reason } = request.body
        const isDone = await writeOffCopy(centre, { ...request.params, districtCode, by: id, reason })
        return isDone ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }
