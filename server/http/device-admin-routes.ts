import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AccessAct } from '#shared/domain/access-log/access-event.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { devicesResponseSchema } from '#shared/sync-protocol/administrator-devices.ts'
import {
  issueCodeRequestSchema,
  issueCodeResponseSchema,
  openCodesResponseSchema
} from '#shared/sync-protocol/administrator-enrolment-codes.ts'
import { leaseTermsMessageSchema } from '#shared/sync-protocol/administrator-lease.ts'
import { type DeviceOrder, listDevices, orderWipe, revokeDevice } from '../accounts/devices.ts'
import { issueCode, listOpenCodes, withdrawCode } from '../accounts/enrolment-codes.ts'
import { leaseTerms, setLeaseTerms } from '../accounts/leases.ts'
import type { Centre } from '../centre.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { requireSession } from './session-guard.ts'

type App = Parameters<FastifyPluginAsyncZod>[0]

const security = [{ session: [] }]
const done = { 204: z.null(), ...errorResponses }

/** The PCs of the administrator's district, the codes with which more come in, and how long they may be away. */
export function deviceAdminRoutes(app: App, centre: Centre): void {
  app.get(
    '/v1/admin/devices',
    {
      schema: {
        summary: 'The PCs of the district',
        security,
        response: { 200: devicesResponseSchema, ...errorResponses }
      }
    },
    async (request) => ({ devices: await listDevices(centre.pool, requireSession(request).account.districtCode) })
  )
  orderRoute(app, centre, {
    path: 'revoke',
    act: 'revoke_pc',
    summary: 'Shut a PC out; what lies on it stays, unreadable',
    run: revokeDevice
  })
  orderRoute(app, centre, { path: 'wipe', act: 'wipe_pc', summary: 'Have a PC delete what lies on it', run: orderWipe })
  codeRoutes(app, centre)
  termRoutes(app, centre)
}

interface OrderRoute {
  readonly path: 'revoke' | 'wipe'
  readonly act: AccessAct
  readonly summary: string
  readonly run: (centre: Centre, order: DeviceOrder) => Promise<boolean>
}

function orderRoute(app: App, centre: Centre, { path, act, summary, run }: OrderRoute): void {
  app.post(
    `/v1/admin/devices/:deviceId/${path}`,
    { config: { act }, schema: { summary, security, params: z.object({ deviceId: uuidSchema }), response: done } },
    async (request, reply) => {
      const { id: by, districtCode } = requireSession(request).account
      const { deviceId } = request.params
      if (!(await run(centre, { deviceId, districtCode, by, now: centre.now() }))) {
        return sendError(reply, { type: 'NotFound' })
      }
      await centre.endDeadPokes()
      return reply.code(204).send(null)
    }
  )
}

function codeRoutes(app: App, centre: Centre): void {
  app.get(
    '/v1/admin/enrolment-codes',
    {
      schema: {
        summary: 'Codes that have been given out and not yet used',
        security,
        response: { 200: openCodesResponseSchema, ...errorResponses }
      }
    },
    async (request) => {
      const { districtCode } = requireSession(request).account
      return { codes: await listOpenCodes(centre.pool, { districtCode, now: centre.now() }) }
    }
  )
  app.post(
    '/v1/admin/enrolment-codes',
    {
      config: { act: 'issue_code' },
      schema: {
        summary: 'Give out a one-time code for a new PC; it is shown this once',
        security,
        body: issueCodeRequestSchema,
        response: { 201: issueCodeResponseSchema, ...errorResponses }
      }
    },
    async (request, reply) => {
      const { id, displayName, districtCode } = requireSession(request).account
      const issued = await issueCode(centre, { districtCode, note: request.body.note, issuedBy: id })
      return reply.code(201).send({ ...issued, issuedBy: displayName })
    }
  )
  app.delete(
    '/v1/admin/enrolment-codes/:codeId',
    {
      config: { act: 'withdraw_code' },
      schema: { summary: 'Withdraw a code', security, params: z.object({ codeId: uuidSchema }), response: done }
    },
    async (request, reply) => {
      const { districtCode } = requireSession(request).account
      const target = { codeId: request.params.codeId, districtCode, now: centre.now() }
      return (await withdrawCode(centre.pool, target))
        ? reply.code(204).send(null)
        : sendError(reply, { type: 'NotFound' })
    }
  )
}

function termRoutes(app: App, centre: Centre): void {
  app.get(
    '/v1/admin/lease',
    {
      schema: {
        summary: 'How long a PC may work without meeting the centre, and how long its data then stays',
        security,
        response: { 200: leaseTermsMessageSchema, ...errorResponses }
      }
    },
    async (request) => leaseTerms(centre.pool, requireSession(request).account.districtCode)
  )
  app.put(
    '/v1/admin/lease',
    {
      config: { act: 'set_lease' },
      schema: {
        summary: 'Choose both; PCs learn of it with their next renewal',
        security,
        body: leaseTermsMessageSchema,
        response: { 200: leaseTermsMessageSchema, ...errorResponses }
      }
    },
    async (request) => {
      const { id, districtCode } = requireSession(request).account
      await setLeaseTerms(centre.pool, { ...request.body, districtCode, setBy: id, now: centre.now() })
      return leaseTerms(centre.pool, districtCode)
    }
  )
}
