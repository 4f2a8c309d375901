import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CASE_ROLES } from '#shared/domain/account/account.ts'
import { deviceOrdersSchema } from '#shared/sync-protocol/device-orders.ts'
import { leaseRequestSchema, leaseResponseSchema } from '#shared/sync-protocol/lease.ts'
import { leaseHeldSchema } from '#shared/sync-protocol/lease-held.ts'
import { wipedReportSchema } from '#shared/sync-protocol/wiped-report.ts'
import { reportWiped } from '../accounts/devices.ts'
import { leftAccounts } from '../accounts/grants.ts'
import { lendShare } from '../accounts/leases.ts'
import { rescueTermsOf } from '../accounts/rescue-terms.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { createDeviceGuard, requireDevice } from './device-guard.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireDesk } from './session-guard.ts'

const done = { 204: z.null(), ...errorResponses }

/** What keeps a PC usable, and what the centre wants of it. */
export const leaseRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(renewal(centre))
    await app.register(orders(centre))
  }

const renewal =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const session = { onRequest: createSessionGuard(centre)(CASE_ROLES) }
    // A gate that stays shut for a week must not let the leases of all PCs run out: they hold what the centre waits for.
    const config = { whileRestoring: true }
    app.post(
      '/v1/lease',
      {
        ...session,
        config,
        schema: {
          summary: "Renew the lease of the session's PC",
          security: [{ session: [] }],
          body: leaseRequestSchema,
          response: { 200: leaseResponseSchema, ...errorResponses }
        }
      },
      async (request, reply) => {
        const { account, deviceId } = requireDesk(request)
        const pc = { deviceId, districtCode: account.districtCode, holds: request.body.holds }
        const lease = await lendShare(centre, pc)
        return lease === null
          ? sendError(reply, { type: 'DeviceRevoked' })
          : reply.send({ lease, serverTime: centre.now() })
      }
    )
    app.post(
      '/v1/lease/held',
      {
        ...session,
        config,
        schema: {
          summary: "The PC's keyring stands under this lease: the share of the one before is destroyed",
          security: [{ session: [] }],
          body: leaseHeldSchema,
          response: done
        }
      },
      async (request, reply) => {
        const { deviceId } = requireDesk(request)
        const held = { deviceId, leaseId: request.body.leaseId }
        // A lease that the centre does not know must not cost the PC the one that it has.
        if ((await centre.keyRing.leaseShares.read(held)) === null) return sendError(reply, { type: 'NotFound' })
        await centre.keyRing.leaseShares.destroyOthers(held)
        return reply.code(204).send(null)
      }
    )
  }

const orders =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const device = { onRequest: createDeviceGuard(centre) }
    app.get(
      '/v1/device/orders',
      {
        ...device,
        schema: {
          summary: 'What the centre wants of a PC on which nobody is signed in',
          security: [{ device: [] }],
          response: { 200: deviceOrdersSchema, ...errorResponses }
        }
      },
      async (request) => {
        const { id, isRevoked, isWipeOrdered } = requireDevice(request)
        const order = isWipeOrdered ? ('wipe' as const) : isRevoked ? ('revoked' as const) : ('none' as const)
        return {
          order,
          left: await leftAccounts(centre, id),
          rescue: rescueTermsOf(centre, id),
          serverTime: centre.now()
        }
      }
    )
    app.post(
      '/v1/device/wiped',
      {
        ...device,
        schema: {
          summary: 'Nothing lies on the PC any more',
          security: [{ device: [] }],
          body: wipedReportSchema,
          response: done
        }
      },
      async (request, reply) => {
        const { id, isWipeOrdered } = requireDevice(request)
        if (!isWipeOrdered) return sendError(reply, { type: 'NotFound' })
        await reportWiped(centre.pool, { deviceId: id, handedOver: request.body.handedOver, now: centre.now() })
        return reply.code(204).send(null)
      }
    )
  }
