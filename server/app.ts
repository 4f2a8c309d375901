import fastify, { type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Centre } from './centre.ts'
import { accessLogAdminRoutes } from './http/access-log-admin-routes.ts'
import { createActRecorder } from './http/act-recorder.ts'
import { adminRoutes } from './http/admin-routes.ts'
import { applyLimits } from './http/apply-limits.ts'
import { acceptCompressedBodies } from './http/compressed-bodies.ts'
import { deskRoutes } from './http/desk-routes.ts'
import { destructionRoutes } from './http/destruction-routes.ts'
import { answerClientError, answerFrameworkError, handleErrors } from './http/error-handling.ts'
import { createGateGuard } from './http/gate-guard.ts'
import { grantRegisterRoutes } from './http/grant-routes.ts'
import { handedOverRoutes } from './http/handed-over-routes.ts'
import { leaseRoutes } from './http/lease-routes.ts'
import { SERVER_LIMITS, type ServerLimits, USUAL_LIMITS } from './http/limits.ts'
import { loadRoutes } from './http/load-routes.ts'
import { answerLine, type LogOptions, logOptions } from './http/logging.ts'
import { describeRoutes } from './http/openapi.ts'
import { provisionRoutes } from './http/provision-routes.ts'
import { quarantineRoutes } from './http/quarantine-routes.ts'
import { reportRoutes } from './http/report-routes.ts'
import { rescueRoutes } from './http/rescue-routes.ts'
import { rescuedChunkRoutes } from './http/rescued-chunk-routes.ts'
import { restoreRoutes } from './http/restore-routes.ts'
import { retentionRoutes } from './http/retention-routes.ts'
import { checkProtocol } from './http/session-guard.ts'
import { snapshotRoutes } from './http/snapshot-routes.ts'
import { systemRoutes } from './http/system-routes.ts'

export interface AppOptions {
  readonly log: LogOptions
  /** PEM texts; without them the centre speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A proxy in front ends TLS and names the caller's address. */
  readonly behindProxy?: boolean
  /** Others than the usual ones, for tests that cannot wait. */
  readonly limits?: Partial<ServerLimits>
  /** Milliseconds of a clock that never goes back, by which rates are counted; one that stands still fills no bucket. */
  readonly monotonicMs?: () => number
}

/** Only what the nearest proxy says of the caller's address counts; what the caller says itself does not. */
const nearestProxy = (_address: string, hop: number): boolean => hop === 0

/** The centre's HTTP server. Closing it lets open requests finish and ends the event streams. */
export async function createApp(centre: Centre, options: AppOptions): Promise<FastifyInstance> {
  const limits = { ...SERVER_LIMITS, ...options.limits }
  const app = fastify({
    logger: logOptions(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => centre.newId(),
    trustProxy: options.behindProxy === true ? nearestProxy : false,
    bodyLimit: USUAL_LIMITS.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    routerOptions: { maxParamLength: 64 },
    exposeHeadRoutes: false, // a HEAD would run the whole of a GET, past its rate
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    return503OnClosing: false,
    ...serverOptions(options, limits)
  }) as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('session', null)
  app.decorateReply('refusedWith', null)
  handleErrors(app, centre)
  acceptCompressedBodies(app, limits)
  addHeaders(app, options.tls !== undefined)
  logAnswers(app)
  applyLimits(app, {
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    signInsAMinute: centre.signInsAMinute
  })
  await describeRoutes(app)
  await app.register(systemRoutes(centre))
  await app.register(async (v1) => {
    v1.addHook('onRequest', checkProtocol)
    v1.addHook('preParsing', createGateGuard(centre))
    v1.addHook('preHandler', createActRecorder(centre))
    v1.decorateRequest('device', null)
    await v1.register(deskRoutes(centre))
    await v1.register(leaseRoutes(centre))
    await v1.register(loadRoutes(centre))
    await v1.register(rescueRoutes(centre))
    await v1.register(rescuedChunkRoutes(centre))
    await v1.register(snapshotRoutes(centre))
    await v1.register(adminRoutes(centre))
    await v1.register(grantRegisterRoutes(centre))
    await v1.register(quarantineRoutes(centre))
    await v1.register(accessLogAdminRoutes(centre))
    await v1.register(reportRoutes(centre))
    await v1.register(restoreRoutes(centre))
    await v1.register(retentionRoutes(centre))
    await v1.register(destructionRoutes(centre))
    await v1.register(provisionRoutes(centre))
    await v1.register(handedOverRoutes(centre))
  })
  app.addHook('preClose', async () => {
    await centre.drain()
    closeLinesAsTheyFallIdle(app)
  })
  await app.ready()
  return app
}

/** Node looks for requests that take too long only so often. */
const CHECKS_A_LIMIT = 4

function serverOptions({ tls }: AppOptions, { headMs }: ServerLimits) {
  const timeouts = { headersTimeout: headMs, connectionsCheckingInterval: Math.ceil(headMs / CHECKS_A_LIMIT) }
  return tls === undefined
    ? { http: timeouts }
    : { https: { ...timeouts, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' as const } }
}

const IDLE_SWEEP_MS = 100

/** A poke stream that has just ended leaves its line open for the keep-alive time: longer than anybody waits for a stop. */
function closeLinesAsTheyFallIdle({ server }: FastifyInstance): void {
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  server.once('close', () => clearInterval(sweep))
}

function addHeaders(app: FastifyInstance, isTls: boolean): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...(isTls && { 'strict-transport-security': 'max-age=31536000' })
    })
  })
}

/** One line an answer: who asked for what and how it ended. */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(answerLine(request, reply), 'answered')
  })
}
