import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { sendError } from './api-errors.ts'
import { limitsOf, type RouteLimits } from './limits.ts'
import { createRateLimiter } from './rate-limiter.ts'

export interface LimitDeps {
  readonly monotonicMs: () => number
  /** Sign-ins from one address, where an office has set another rate than the table's. */
  readonly signInsAMinute: number | null
}

/**
 * Gives every route that is registered after it its limits out of the table, and says them in its description. A rate
 * counts by device, so it is looked at once the guard knows whose request it is, and before the body is read.
 */
export function applyLimits(app: FastifyInstance, deps: LimitDeps): void {
  const limiter = createRateLimiter(deps)
  app.addHook('onRoute', (route) => {
    const method = String(route.method)
    const limits = limitsAt(route, deps)
    const keepRate = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const waitMs = limiter.take(`${method} ${route.url} ${callerOf(request, limits)}`, limits.rate)
      if (waitMs === 0) return undefined
      return sendError(reply, { type: 'TooManyRequests', retryAfterSeconds: Math.ceil(waitMs / 1_000) })
    }
    route.bodyLimit = Math.max(1, limits.bodyBytes)
    route.schema = Object.assign({}, route.schema, { 'x-limits': limits })
    route.onRequest = [...listOf(route.onRequest), keepRate]
  })
}

/** A route that is registered with a size of its own keeps it and says so; its place is in the table (limits.pg.test.ts). */
function limitsAt(route: RouteOptions, { signInsAMinute }: LimitDeps): RouteLimits {
  const inTable = limitsOf(String(route.method), route.url)
  const limits = route.bodyLimit === undefined ? inTable : { ...inTable, bodyBytes: route.bodyLimit }
  if (limits.rate.per === 'device' || signInsAMinute === null) return limits
  return { ...limits, rate: { ...limits.rate, aMinute: signInsAMinute, burst: signInsAMinute } }
}

/** Behind no guard, nobody's device is known. */
const callerOf = (request: FastifyRequest, { rate }: RouteLimits): string =>
  (rate.per === 'device' ? (request.session?.deviceId ?? request.device?.id ?? request.giver?.deviceId) : undefined) ??
  request.ip

type Hooks = RouteOptions['onRequest']
const listOf = (hooks: Hooks) => (hooks === undefined ? [] : Array.isArray(hooks) ? hooks : [hooks])
