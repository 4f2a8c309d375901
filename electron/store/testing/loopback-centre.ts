import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 as newUuid } from 'uuid'
import type { Account } from '#shared/domain/account/account.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { Lease } from '#shared/sync-protocol/lease.ts'
import { type SignInRequest, type SignInResponse, signInRequestSchema } from '#shared/sync-protocol/sign-in.ts'
import { signingKeySchema } from '#shared/sync-protocol/signing-key.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

/**
 * Speaks the sign-in of the centre over a real socket, takes signing keys, and nothing else: what the desk does with each answer is tested
 * here, what the centre answers is tested at the centre.
 */
export interface LoopbackCentre {
  readonly url: string
  readonly centreId: string
  /** Every sign-in that arrived, passwords left out. */
  readonly asked: Array<{ login: string; deviceId: string }>
  /** Every signing key that arrived. */
  readonly signingKeys: Array<{ authorization: string; publicKey: string }>
  addAccount(account: Account, password: string): void
  setPassword(login: string, password: string): void
  /** Lends a lease with each sign-in from now on. */
  lend(terms: { hours: number; graceHours: number }): void
  /** Answers every sign-in with this instead. */
  answerWith(answer: { status: number; body: string } | null): void
  stop(): Promise<void>
}

export async function startLoopbackCentre(options: { centreId: string; now: () => string }): Promise<LoopbackCentre> {
  const accounts = new Map<string, { account: Account; password: string; wrong: number }>()
  const districtOfDevice = new Map<string, string>()
  const shares = new Map<string, Uint8Array>()
  const asked: LoopbackCentre['asked'] = []
  const signingKeys: LoopbackCentre['signingKeys'] = []
  let terms: { hours: number; graceHours: number } | null = null
  let fixed: { status: number; body: string } | null = null

  const answer = (request: SignInRequest): SignInResponse | ApiError => {
    asked.push({ login: request.login, deviceId: request.device.id })
    const known = accounts.get(request.login)
    if (known === undefined) return { type: 'WrongCredentials', attemptsLeft: 4 }
    if (known.password !== request.password) return wrongPassword(known)
    known.wrong = 0
    const { districtCode } = known.account
    if ((districtOfDevice.get(request.device.id) ?? districtCode) !== districtCode) return { type: 'RoleNotAllowed' }
    districtOfDevice.set(request.device.id, districtCode)
    const share = shares.get(request.device.id) ?? nodeCipher.randomBytes(32)
    shares.set(request.device.id, share)
    return {
      account: known.account,
      token: `token-of-${known.account.id}`,
      tokenExpiresAt: '2026-12-23T00:00:00.000Z',
      deviceShare: Buffer.from(share).toString('base64'),
      lease: terms === null ? null : leaseFrom(options.now(), terms),
      heldLeaseShare: null,
      rescue: { publicKey: Buffer.alloc(32, 9).toString('base64'), ticket: Buffer.alloc(32, 8).toString('base64') },
      lastDeviceSeq: 0,
      centreId: options.centreId,
      serverTime: options.now()
    }
  }

  const server = createServer(async (request, response) => {
    const send = (status: number, text?: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    if (request.url === '/v1/signing-keys') {
      signingKeys.push(await readSigningKey(request))
      return send(204)
    }
    if (request.method !== 'POST' || request.url !== '/v1/sign-in') return send(404, '{"error":{"type":"NotFound"}}')
    const result = answer(signInRequestSchema.parse(JSON.parse(await textOf(request))))
    const isError = 'type' in result
    return send(
      fixed?.status ?? (isError ? 401 : 200),
      fixed?.body ?? JSON.stringify(isError ? { error: result } : result)
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: urlOf(server),
    centreId: options.centreId,
    asked,
    signingKeys,
    addAccount: (account, password) => accounts.set(account.login, { account, password, wrong: 0 }),
    setPassword: (login, password) => {
      const known = accounts.get(login)
      if (known !== undefined) known.password = password
    },
    lend: (given) => {
      terms = given
    },
    answerWith: (given) => {
      fixed = given
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

function wrongPassword(known: { wrong: number }): ApiError {
  known.wrong += 1
  return known.wrong >= 5 ? { type: 'AccountLocked' } : { type: 'WrongCredentials', attemptsLeft: 5 - known.wrong }
}

async function readSigningKey(request: IncomingMessage): Promise<LoopbackCentre['signingKeys'][number]> {
  const { publicKey } = signingKeySchema.parse(JSON.parse(await textOf(request)))
  return { authorization: request.headers.authorization ?? '', publicKey }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

function leaseFrom(issuedAt: string, { hours, graceHours }: { hours: number; graceHours: number }): Lease {
  const after = (count: number): string => new Date(Date.parse(issuedAt) + count * 3_600_000).toISOString()
  return {
    id: newUuid(),
    share: Buffer.from(nodeCipher.randomBytes(32)).toString('base64'),
    issuedAt,
    endsAt: after(hours),
    graceEndsAt: after(hours + graceHours),
    renewAfter: after(hours / 4)
  }
}
