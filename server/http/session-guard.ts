import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Role } from '#shared/domain/account/account.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { REPORT_HEADER } from '#shared/sync-protocol/outbox-report.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { createContactNotes } from '../accounts/contact-notes.ts'
import { type DeskSession, type Session, sessionsByTokens } from '../accounts/sessions.ts'
import { gathered } from '../db/gather.ts'
import type { Pool } from '../db/pool.ts'
import { sendError } from './api-errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `createSessionGuard`; null on routes that need none. */
    session: Session | null
  }
}

export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Refuses a desk that speaks another protocol before anything of its message is read. */
export const checkProtocol: Guard = async (request, reply) => {
  const desk = Number(request.headers[PROTOCOL_HEADER])
  if (desk === PROTOCOL_VERSION) return
  return sendError(reply, {
    type: 'ProtocolMismatch',
    server: PROTOCOL_VERSION,
    desk: Number.isSafeInteger(desk) ? desk : 0
  })
}

/** Lets through only a standing session of one of the roles, and sets `request.session`. */
export function createSessionGuard({ pool, now }: TimeDep & { pool: Pool }) {
  const notes = createContactNotes({ pool, now })
  const sessionOf = gathered((tokens: readonly string[]) => sessionsByTokens(pool, { tokens, now: now() }))
  return (roles: readonly Role[]): Guard =>
    async (request, reply) => {
      const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(request.headers.authorization ?? '')?.[1]
      if (token === undefined) return sendError(reply, { type: 'SessionInvalid' })
      const session = await sessionOf(token)
      if (!session.ok) return sendError(reply, session.error)
      if (!roles.includes(session.value.account.role)) return sendError(reply, { type: 'RoleNotAllowed' })
      request.session = session.value
      await notes.note(session.value.deviceId, request.headers[REPORT_HEADER])
    }
}

/** Of a route that any role may call. */
export function requireSession(request: FastifyRequest): Session {
  if (request.session === null) throw new Error('the route has no session guard')
  return request.session
}

/** Of a route for those who work on a PC with a store. */
export function requireDesk(request: FastifyRequest): DeskSession {
  const { deviceId, ...session } = requireSession(request)
  if (deviceId === null) throw new Error('the route lets an administrator through')
  return { ...session, deviceId }
}
