import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CASE_ROLES } from '#shared/domain/account/account.ts'
import { openGateRequestSchema, restoreGateResponseSchema } from '#shared/sync-protocol/administrator-restore.ts'
import { giveBackLineSchema, giveBackResponseSchema } from '#shared/sync-protocol/give-back.ts'
import { giveBackOfferSchema, giveBackWantedSchema } from '#shared/sync-protocol/give-back-offer.ts'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import { restoreStandSchema } from '#shared/sync-protocol/restore-stand.ts'
import { sessionByToken } from '../accounts/sessions.ts'
import { isShutOut } from '../accounts/shut-out-register.ts'
import type { Centre } from '../centre.ts'
import { readStand } from '../restore/gate.ts'
import { receiveGiveBack } from '../restore/give-back.ts'
import { type Giver, knownUpTo } from '../restore/give-back-leave.ts'
import { openGate } from '../restore/open-gate.ts'
import { restoreProgress } from '../restore/progress.ts'
import { readReceipt } from '../restore/receipt.ts'
import { answerOffer } from '../restore/wanted-cases.ts'
import { sendError } from './api-errors.ts'
import { bodyLines } from './body-lines.ts'
import { limitsOf } from './limits.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard of the routes by which a PC gives back. */
    giver: Giver | null
  }
}

const NDJSON = 'application/x-ndjson'
const GIVE_BACK = limitsOf('POST', '/v1/give-back')
const LIMITS = { lineBytes: GIVE_BACK.lineBytes ?? GIVE_BACK.bodyBytes, bodyBytes: GIVE_BACK.bodyBytes }
const config = { whileRestoring: true }
const security = [{ session: [] }]

/** What a PC says to a centre that was set back; and the administrator's page of it. */
export const restoreRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.decorateRequest('giver', null)
    await app.register(deskSide(centre))
    await app.register(administratorSide(centre))
  }

const deskSide =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createGiverGuard(centre))
    app.get(
      '/v1/restore',
      {
        config,
        schema: {
          summary: 'How the centre stands after a restore; a session, or a receipt alone, is enough',
          security,
          response: { 200: restoreStandSchema, ...errorResponses }
        }
      },
      async (request) => {
        const giver = requireGiver(request)
        const stand = await readStand(centre.pool, giver)
        const deviceSeq = await knownUpTo(centre.pool, giver, stand)
        const { isClosed, generation, alikeUpTo } = stand
        return { centreId: centre.centreId, isClosed, generation, streamEnd: alikeUpTo, deviceSeq }
      }
    )
    app.post(
      '/v1/give-back/offer',
      {
        config,
        schema: {
          summary: 'Which of these cases the centre lacks at this revision',
          security,
          body: giveBackOfferSchema,
          response: { 200: giveBackWantedSchema, ...errorResponses }
        }
      },
      async (request) => {
        return { wanted: await answerOffer(centre, requireGiver(request), request.body.cases) }
      }
    )
    await app.register(giveBackRoute(centre))
  }

const giveBackRoute =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload))
    app.post(
      '/v1/give-back',
      {
        config,
        schema: {
          summary: 'What the centre lost and a PC still has: answers to its commands, cases, tombstones',
          security,
          consumes: [NDJSON],
          body: giveBackLineSchema,
          response: { 200: giveBackResponseSchema, ...errorResponses }
        },
        validatorCompiler: () => (value) => ({ value }) // each line is checked as it comes
      },
      async (request, reply) => {
        const body: unknown = request.body
        if (!(body instanceof Readable)) return sendError(reply, { type: 'RequestInvalid', where: ['body'] })
        reply.raw.once('close', () => body.destroy())
        const received = await receiveGiveBack(centre, requireGiver(request), bodyLines(body, LIMITS))
        return received.ok ? reply.send(received.value) : sendError(reply, received.error)
      }
    )
  }

/**
 * A session that was opened after the backup is lost with it. Then the receipt alone says which PC speaks: the centre
 * signed it, and gives it to nobody else.
 */
function createGiverGuard(centre: Centre) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const receipt = request.headers[RECEIPT_HEADER]
    const claim = typeof receipt === 'string' ? readReceipt(centre, receipt) : null
    const session = await sessionByToken(centre.pool, { token, now: centre.now() })
    if (session.ok && session.value.deviceId !== null) {
      const { account, deviceId } = session.value
      const seesCases = CASE_ROLES.some((role) => role === account.role)
      if (!seesCases) return sendError(reply, { type: 'RoleNotAllowed' })
      const isItsOwn = claim?.deviceId === deviceId && claim.districtCode === account.districtCode
      const [claimedGeneration, claimedSeq] = isItsOwn ? [claim.generation, claim.deviceSeq] : [null, 0]
      request.giver = { deviceId, districtCode: account.districtCode, claimedGeneration, claimedSeq }
      return undefined
    }
    if (!session.ok && session.error.type !== 'SessionInvalid') return sendError(reply, session.error)
    if (claim === null || (await isShutOut(centre, claim.deviceId))) {
      return sendError(reply, { type: 'SessionInvalid' })
    }
    const { deviceId, districtCode, generation: claimedGeneration, deviceSeq: claimedSeq } = claim
    request.giver = { deviceId, districtCode, claimedGeneration, claimedSeq }
    return undefined
  }
}

function requireGiver(request: FastifyRequest): Giver {
  if (request.giver === null) throw new Error('the route has no guard')
  return request.giver
}

const administratorSide =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['administrator']))
    app.get(
      '/v1/admin/restore',
      {
        config,
        schema: {
          summary: "How the district's gate stands after a restore",
          security,
          response: { 200: restoreGateResponseSchema, ...errorResponses }
        }
      },
      async (request) => restoreProgress(centre.pool, requireSession(request).account.districtCode)
    )
    app.post(
      '/v1/admin/restore/open',
      {
        config: { ...config, act: 'open_gate' },
        schema: {
          summary: "Open the district's gate before all PCs have reported",
          security,
          body: openGateRequestSchema,
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => {
        const { id, districtCode } = requireSession(request).account
        const isOpened = await openGate(centre, { districtCode, by: id, reason: request.body.reason })
        return isOpened ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
      }
    )
  }
