import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CASE_ROLES, type Role, seesCases } from '#shared/domain/account/account.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import { pokeSchema } from '#shared/sync-protocol/poke.ts'
import { pullLineSchema, pullQuerySchema } from '#shared/sync-protocol/pull.ts'
import { PIECES_TYPE } from '#shared/sync-protocol/pull-pieces.ts'
import { type SignInResponse, signInRequestSchema, signInResponseSchema } from '#shared/sync-protocol/sign-in.ts'
import { recordCentreAct } from '../access-log/centre-acts.ts'
import { endSession } from '../accounts/sessions.ts'
import { signIn } from '../accounts/sign-in.ts'
import type { Centre } from '../centre.ts'
import { changeStream, openPull } from '../sync/change-stream.ts'
import { streamEnd } from '../sync/district-stream.ts'
import { packedStream } from '../sync/packed-stream.ts'
import { accessLogRoute } from './access-log-route.ts'
import { sendError } from './api-errors.ts'
import { chunkRoutes } from './chunk-routes.ts'
import { errorResponses } from './openapi.ts'
import { pushRoute } from './push-route.ts'
import { createSessionGuard, type Guard, requireDesk, requireSession } from './session-guard.ts'
import { signingKeyRoute } from './signing-key-route.ts'
import { compressedStream, plainStream } from './stream-encoding.ts'

const EVERYONE: readonly Role[] = [...CASE_ROLES, 'administrator']

/** What a desk calls: sign-in, push, pull, poke. */
export const deskRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const guard = createSessionGuard(centre)
    signInRoute(app, centre)

    app.post(
      '/v1/sign-out',
      {
        schema: {
          summary: 'End the session',
          security: [{ session: [] }],
          response: { 204: z.null(), ...errorResponses }
        },
        onRequest: guard(EVERYONE)
      },
      async (request, reply) => {
        await endSession(centre.pool, requireSession(request).tokenHash)
        return reply.code(204).send(null)
      }
    )

    await app.register(pushRoute(centre, guard(CASE_ROLES)))
    await app.register(accessLogRoute(centre, guard(CASE_ROLES)))
    await app.register(chunkRoutes(centre, guard(CASE_ROLES)))
    await app.register(signingKeyRoute(centre))
    pullRoute(app, centre, guard(CASE_ROLES))
    pokeRoute(app, centre, guard(CASE_ROLES))
  }

/** An administrator opens no store that could log it. */
const recordSignIn = (centre: Centre, ip: string, { account: { id, districtCode } }: SignInResponse): Promise<void> =>
  recordCentreAct(centre, {
    ...{ accountId: id, districtCode, act: 'sign_in', address: ip.slice(0, 64), detail: {}, reason: null }
  })

type App = Parameters<FastifyPluginAsyncZod>[0]

function signInRoute(app: App, centre: Centre): void {
  app.post(
    '/v1/sign-in',
    {
      schema: {
        summary: 'Sign in on a PC; its first sign-in enrols it',
        body: signInRequestSchema,
        response: { 200: signInResponseSchema, ...errorResponses }
      }
    },
    async (request, reply) => {
      const signedIn = await signIn(centre, request.body)
      if (signedIn.ok && !seesCases(signedIn.value.account.role)) await recordSignIn(centre, request.ip, signedIn.value)
      return signedIn.ok ? reply.send(signedIn.value) : sendError(reply, signedIn.error)
    }
  )
}

function pullRoute(app: App, centre: Centre, onRequest: Guard): void {
  app.get(
    '/v1/changes',
    {
      schema: {
        summary: "The changes of the PC's district after a cursor, as NDJSON",
        description:
          'Lines of type start, case, gone, unreadable, end; a stream without an end line was cut. A desk that names ' +
          `its tables gets a long pull as ${PIECES_TYPE}: the same, packed.`,
        security: [{ session: [] }],
        querystring: pullQuerySchema,
        response: {
          200: {
            description: 'Lines, each of this form',
            content: { 'application/x-ndjson': { schema: pullLineSchema } }
          },
          ...errorResponses
        }
      },
      onRequest
    },
    async (request, reply) => {
      const { account, deviceId } = requireDesk(request)
      const { pages, format, ...asked } = request.query
      const range = { districtCode: account.districtCode, deviceId, ...asked }
      const opening = await openPull(centre, range)
      const onFault = (fault: Error): void => request.log.error({ err: fault }, 'pull was cut')
      const isPacked = format === STORE_FORMAT && opening.total >= centre.packedFrom && opening.total < range.limit
      if (pages !== undefined && isPacked) {
        const pieces = packedStream(centre, range, { opening, encoding: pages })
        return sendStream(reply.type(PIECES_TYPE), plainStream(pieces, onFault))
      }
      const { encoding, stream } = compressedStream(changeStream(centre, range, opening), {
        acceptEncoding: request.headers['accept-encoding'],
        onFault
      })
      if (encoding !== 'identity') reply.header('content-encoding', encoding)
      return sendStream(reply.header('vary', 'accept-encoding').type('application/x-ndjson'), stream)
    }
  )
}

function pokeRoute(app: App, centre: Centre, onRequest: Guard): void {
  app.get(
    '/v1/poke',
    {
      schema: {
        summary: "Server-sent events: how far the district's stream goes",
        security: [{ session: [] }],
        response: {
          200: { description: 'Events, each of this form', content: { 'text/event-stream': { schema: pokeSchema } } },
          ...errorResponses
        }
      },
      onRequest
    },
    async (request, reply) => {
      const { account, tokenHash } = requireSession(request)
      const { districtCode } = account
      const cursor = await streamEnd(centre.pool, districtCode)
      const events = centre.pokeHub.connect({ districtCode, tokenHash, cursor })
      return sendStream(reply.header('x-accel-buffering', 'no').type('text/event-stream'), events)
    }
  )
}

/** Streams bypass the response schemas, which only know whole bodies. */
const sendStream = (reply: { send(payload?: unknown): unknown }, stream: NodeJS.ReadableStream): FastifyReply =>
  reply.send(stream) as FastifyReply
