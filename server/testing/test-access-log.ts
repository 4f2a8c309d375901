import type { InjectOptions } from 'fastify'
import { type ChainHead, type ChainLine, EMPTY_CHAIN, nextLine } from '#shared/domain/access-log/access-chain.ts'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { TestDesk } from './test-centre.ts'

/** Access logs as a desk writes and sends them. */

export const TEST_LOG_AT = '2026-11-23T01:00:00.000Z'
export const TEST_LOG_CASE = '01930000-0000-7000-8000-000000000001'

export const testEvent = (desk: TestDesk, act: string): AccessEvent => ({
  ...{ at: TEST_LOG_AT, accountId: desk.account.id, deviceId: desk.deviceId, address: '10.1.2.3' },
  ...{ act: act as AccessEvent['act'], caseIds: [TEST_LOG_CASE], detail: {}, reason: null }
})

export function testChain(desk: TestDesk, acts: readonly string[], from: ChainHead = EMPTY_CHAIN): ChainLine[] {
  const lines: ChainLine[] = []
  for (const act of acts) lines.push(nextLine(nodeCipher, lines.at(-1) ?? from, testEvent(desk, act)))
  return lines
}

export interface SentLog {
  /** The whole log that the lines are of. */
  readonly of: readonly ChainLine[]
  /** What the desk believes to be at the centre. */
  readonly points?: readonly ChainLine[]
}

export function logBody(desk: TestDesk, lines: readonly ChainLine[], { of, points = [] }: SentLog): string {
  const start = {
    ...{ type: 'start', deviceId: desk.deviceId, chain: hex(of[0]?.hash), newest: of.length },
    points: points.map(({ no, hash }) => ({ no, hash: hex(hash) }))
  }
  const sent = lines.map(({ no, body, previousHash, hash }) => ({
    ...{ type: 'line', no, body, previousHash: hex(previousHash), hash: hex(hash) }
  }))
  return [start, ...sent].map((line) => `${JSON.stringify(line)}\n`).join('')
}

export const logRequest = (payload: string | Buffer, headers: Record<string, string> = {}): InjectOptions => ({
  method: 'POST',
  url: '/v1/access-log',
  payload,
  headers: { 'content-type': 'application/x-ndjson', ...headers }
})

export const sendLog = async (desk: TestDesk, lines: readonly ChainLine[], sent: SentLog): Promise<unknown> =>
  (await desk.call(logRequest(logBody(desk, lines, sent)))).json()

export const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
