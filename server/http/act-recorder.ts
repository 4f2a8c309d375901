import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AccessAct } from '#shared/domain/access-log/access-event.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { recordCentreAct } from '../access-log/centre-acts.ts'
import type { Centre } from '../centre.ts'
import { requireSession } from './session-guard.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does is a line of the access log, written before it is done. */
    act?: AccessAct
  }
}

const reasonSchema = z.union([
  z.object({ reason: z.string().max(400) }),
  z.object({ grounds: z.object({ reason: z.string().max(400) }) }).transform(({ grounds }) => grounds),
  z
    .object({ grant: z.object({ grounds: z.object({ reason: z.string().max(400) }) }) })
    .transform(({ grant }) => grant.grounds)
])
/** Ids, and names of kinds such as the place of a copy. */
const idsSchema = z.record(z.string(), z.union([uuidSchema, z.string().regex(/^[a-z_]{1,20}$/)]))

/** Behind the checks of a request, so that its line holds ids and a reason and nothing else of it. */
export const createActRecorder =
  (centre: Centre) =>
  async (request: FastifyRequest): Promise<void> => {
    const { act } = request.routeOptions.config
    if (act === undefined) return
    const { id: accountId, districtCode } = requireSession(request).account
    await recordCentreAct(centre, {
      ...{ accountId, districtCode, act, address: request.ip.slice(0, 64) },
      detail: idsSchema.safeParse(request.params).data ?? {},
      reason: reasonSchema.safeParse(request.body).data?.reason ?? null
    })
  }
