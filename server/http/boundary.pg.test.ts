import { connect } from 'node:net'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import { REPORT_HEADER } from '#shared/sync-protocol/outbox-report.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import {
  openTestCentre,
  signInPayload,
  type TestCentre,
  type TestDesk,
  testCredential
} from '../testing/test-centre.ts'
import { answerLines, createTestOutbox, pushBody, pushRequest } from '../testing/test-commands.ts'

let server: TestCentre
let desk: TestDesk
let url: string

beforeAll(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
  url = await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

const errorOf = async (options: InjectOptions, call = server.call) => {
  const response = await call(options)
  return [response.statusCode, apiErrorSchema.parse(response.json()).error]
}
const ndjson = { 'content-type': 'application/x-ndjson' }
const push = (payload: Buffer | string, headers: Record<string, string> = {}) =>
  errorOf({ method: 'POST', url: '/v1/push', payload, headers: { ...ndjson, ...headers } }, desk.call)

test.each<[string, InjectOptions, number, object]>([
  ['a path that does not exist', { method: 'GET', url: '/v1/cases/1' }, 404, { type: 'NotFound' }],
  ['a method that is not offered', { method: 'DELETE', url: '/v1/push' }, 404, { type: 'NotFound' }],
  [
    'a URL that cannot be decoded',
    { method: 'GET', url: '/v1/%E0%A4%A' },
    400,
    { type: 'RequestInvalid', where: ['url'] }
  ],
  ['no token', { method: 'GET', url: '/v1/changes?cursor=0' }, 401, { type: 'SessionInvalid' }],
  [
    'an invented token',
    { method: 'GET', url: '/v1/changes?cursor=0', headers: { authorization: `Bearer ${'A'.repeat(43)}` } },
    401,
    { type: 'SessionInvalid' }
  ],
  [
    'a token that is SQL',
    { method: 'GET', url: '/v1/changes?cursor=0', headers: { authorization: "Bearer ' OR 1=1 --" } },
    401,
    { type: 'SessionInvalid' }
  ],
  [
    'no protocol',
    { method: 'GET', url: '/v1/changes', headers: { [PROTOCOL_HEADER]: '' } },
    426,
    { type: 'ProtocolMismatch', server: PROTOCOL_VERSION, desk: 0 }
  ],
  [
    'a newer protocol, whatever the message',
    { method: 'POST', url: '/v1/sign-in', payload: {}, headers: { [PROTOCOL_HEADER]: '9' } },
    426,
    { type: 'ProtocolMismatch', server: PROTOCOL_VERSION, desk: 9 }
  ]
])('%s is answered with a typed error', async (_name, options, status, error) => {
  expect(await errorOf(options)).toEqual([status, error])
})

test('a HEAD in place of a GET, which would do all its work past its rate, is not offered', async () => {
  const statuses = ['/v1/changes?cursor=0', '/v1/poke', '/v1/load', '/v1/handed-over'].map(
    async (path) => (await desk.call({ method: 'HEAD', url: path })).statusCode
  )
  expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404])
})

test('a count that no column holds harms no request', async () => {
  const headers = { [REPORT_HEADER]: `${Number.MAX_SAFE_INTEGER} 0 -` }
  expect((await desk.call({ method: 'GET', url: '/v1/load', headers })).statusCode).toBe(200)
  const credential = testCredential(desk.deviceId)
  const wiped = { method: 'POST', url: '/v1/device/wiped', payload: { handedOver: Number.MAX_SAFE_INTEGER } } as const
  const authorization = deviceAuthorization({ id: desk.deviceId, credential })
  expect(await errorOf({ ...wiped, headers: { authorization } })).toEqual([
    400,
    { type: 'RequestInvalid', where: ['body/handedOver'] }
  ])
})

test('a message that does not fit is refused by the places, never with the values', async () => {
  const payload = { ...signInPayload({ login: 'x'.repeat(80) }), password: '', device: { id: '홍길동', name: 'PC' } }
  const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload })
  expect(response.json()).toEqual({
    error: {
      type: 'RequestInvalid',
      where: [
        'body/login',
        'body/password',
        'body/device/id',
        'body/device/appVersion',
        'body/device/credential',
        'body/device/leaseId'
      ]
    }
  })
  expect(response.body).not.toMatch(/홍길동|xxxx/)
  expect(await errorOf({ method: 'GET', url: '/v1/changes?cursor=-1&limit=x' }, desk.call)).toEqual([
    400,
    { type: 'RequestInvalid', where: ['querystring/cursor', 'querystring/limit'] }
  ])
})

test('bodies that are broken, foreign, too large or not what they say are refused', async () => {
  const body = { type: 'RequestInvalid', where: ['body'] }
  const start = pushBody(desk.deviceId, [])
  expect(await push('<xml/>', { 'content-type': 'text/xml' })).toEqual([415, body])
  expect(await push('{}', { 'content-type': 'application/json' })).toEqual([415, body])
  expect(await push(start + 'a'.repeat(300 * 1_024))).toEqual([413, body])
  expect(await push('not gzip at all', { 'content-encoding': 'gzip' })).toEqual([400, body])
  expect(await push(gzipSync(start).subarray(0, 30), { 'content-encoding': 'gzip' })).toEqual([400, body])
  expect(await push('not zstd at all', { 'content-encoding': 'zstd' })).toEqual([400, body])
  expect(await push('{}', { 'content-encoding': 'br' })).toEqual([415, body])
})

test('a push is refused at the line that does not fit, by its number alone', async () => {
  const start = pushBody(desk.deviceId, [])
  const invalid = (where: string) => [400, { type: 'RequestInvalid', where: [where] }]
  expect(await push('')).toEqual(invalid('body'))
  expect(await push('\n\n')).toEqual(invalid('body'))
  expect(await push('{"type":"start","deviceId":')).toEqual(invalid('body/line/1'))
  expect(await push(start.replace('start', 'command'))).toEqual(invalid('body/line/1'))
  expect(await push(start + start)).toEqual(invalid('body/line/2/type'))
  expect(await push(`${start}홍길동`)).toEqual(invalid('body/line/2'))
  expect(await push(pushBody(desk.deviceId, [{ id: '홍길동', deviceSeq: 1 }]))).toEqual(invalid('body/line/2'))
})

test('a small body that unpacks to a huge one is stopped on the way', async () => {
  const lines = gzipSync(Buffer.alloc(200 * 1_024 * 1_024, '\n'))
  const oneLine = gzipSync(Buffer.alloc(200 * 1_024 * 1_024, 32))
  expect(lines.length).toBeLessThan(300_000)
  const tooLarge = [413, { type: 'RequestInvalid', where: ['body'] }]
  expect(await push(lines, { 'content-encoding': 'gzip' })).toEqual(tooLarge)
  expect(await push(oneLine, { 'content-encoding': 'gzip' })).toEqual(tooLarge)
})

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync]
])('a push packed with %s is applied', async (encoding, pack) => {
  const sender = await server.signIn(desk.account)
  const payload = pack(pushBody(sender.deviceId, [createTestOutbox(sender).register()]))
  const headers = { ...ndjson, 'content-encoding': encoding }
  const response = await sender.call({ method: 'POST', url: '/v1/push', payload, headers })
  expect(answerLines(response.body)).toMatchObject([{ outcomes: [{ type: 'Applied' }] }, { type: 'end' }])
})

test('a push for another PC than the one that signed in is refused whole', async () => {
  const other = await server.signIn(desk.account)
  expect(await push(pushBody(other.deviceId, [createTestOutbox(other).register()]))).toEqual([
    400,
    { type: 'RequestInvalid', where: ['body/line/1/deviceId'] }
  ])
})

test('bytes that are not HTTP get a typed error too', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('홍길동 / nonsense\r\n\r\n'))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual({ error: { type: 'RequestInvalid', where: ['http'] } })
})

test('every answer forbids caching, sniffing and embedding', async () => {
  for (const path of ['/healthz', '/nowhere', '/v1/changes?cursor=0']) {
    const response = await server.call({ method: 'GET', url: path })
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff'
    })
  }
})

test('a download that fails on the way is cut, so that the desk sees no end line', async () => {
  const other = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  const register = createTestOutbox(other).register({ dongCode: '1144056500' })
  await other.call(pushRequest(other, [register]))
  await server.centre.pool.query('ALTER TABLE cases RENAME COLUMN sealed TO lost')
  const response = await fetch(`${url}/v1/changes?cursor=0`, {
    headers: { authorization: `Bearer ${other.token}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }
  })
  await expect(response.text()).rejects.toThrow()
  await server.centre.pool.query('ALTER TABLE cases RENAME COLUMN lost TO sealed')
})

test('sign-ins from one address are limited, with the seconds to wait', async () => {
  const strict = await openTestCentre({ signInsAMinute: 3 })
  const answers = []
  for (let no = 0; no < 4; no += 1) {
    answers.push(await strict.call({ method: 'POST', url: '/v1/sign-in', payload: signInPayload({ login: 'nobody' }) }))
  }
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401, 429])
  expect(answers[3]?.json()).toEqual({ error: { type: 'TooManyRequests', retryAfterSeconds: expect.any(Number) } })
  expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0)
  await strict.close()
})
