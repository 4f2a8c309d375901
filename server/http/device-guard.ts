import type { FastifyReply, FastifyRequest } from 'fastify'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { type ProvedDevice, provedDevice } from '../accounts/device-proof.ts'
import type { Pool } from '../db/pool.ts'
import { sendError } from './api-errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `createDeviceGuard`; null on every other route. */
    device: ProvedDevice | null
  }
}

/** Lets through only a PC that proves itself, also one that was shut out, and sets `request.device`. */
export const createDeviceGuard =
  ({ pool }: { pool: Pool }) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const [, deviceId = '', credential = ''] =
      /^Device ([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '') ?? []
    const device = uuidSchema.safeParse(deviceId).success ? await provedDevice(pool, { deviceId, credential }) : null
    if (device === null) return sendError(reply, { type: 'SessionInvalid' })
    request.device = device
    return undefined
  }

export function requireDevice(request: FastifyRequest): ProvedDevice {
  if (request.device === null) throw new Error('the route has no device guard')
  return request.device
}
