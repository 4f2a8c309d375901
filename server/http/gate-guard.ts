import type { FastifyReply, FastifyRequest } from 'fastify'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import type { DeskSession } from '../accounts/sessions.ts'
import type { Centre } from '../centre.ts'
import { gathered } from '../db/gather.ts'
import { closeGates } from '../restore/close-gates.ts'
import { readStands, type Stand, type StandOf } from '../restore/gate.ts'
import { openCompleteGates } from '../restore/open-gate.ts'
import { type ReceiptClaim, readReceipt } from '../restore/receipt.ts'
import { sendError } from './api-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Also served while the centre takes back what a restore lost. */
    whileRestoring?: boolean
  }
}

/**
 * Before anything of a desk's message is read: is the gate open, and does the PC know more than the centre? An
 * administrator has no desk and passes.
 */
export function createGateGuard(centre: Centre) {
  const standOf = gathered((asked: readonly StandOf[]) => readStands(centre.pool, asked))
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { session } = request
    if (session === null || session.deviceId === null) return undefined
    if (request.routeOptions.config.whileRestoring === true) return undefined
    const desk = { ...session, deviceId: session.deviceId }
    const stand = await standOf({ districtCode: desk.account.districtCode, deviceId: desk.deviceId })
    if (stand.isClosed) return sendError(reply, { type: 'CentreRestoring' })
    const claim = claimOf(centre, request, desk)
    if (claim === null) return undefined
    if (claim.generation < stand.generation) return sendError(reply, { type: 'GiveBackFirst' })
    if (!isAhead(claim, stand)) return undefined
    await closeGates(centre, {
      cause: 'receipt',
      above: claim.generation,
      seen: new Map([[claim.districtCode, claim.cursor]]),
      commandsBehind: Math.max(0, claim.deviceSeq - stand.deviceSeq)
    })
    await openCompleteGates(centre)
    return sendError(reply, { type: 'CentreRestoring' })
  }
}

const isAhead = (claim: ReceiptClaim, { generation, streamEnd, deviceSeq }: Stand): boolean =>
  claim.generation > generation || claim.cursor > streamEnd || claim.deviceSeq > deviceSeq

function claimOf(centre: Centre, request: FastifyRequest, { deviceId, account }: DeskSession): ReceiptClaim | null {
  const receipt = request.headers[RECEIPT_HEADER]
  const claim = typeof receipt === 'string' ? readReceipt(centre, receipt) : null
  return claim?.deviceId === deviceId && claim.districtCode === account.districtCode ? claim : null
}
