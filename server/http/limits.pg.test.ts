import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import { signReceipt } from '../restore/receipt.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pushRequest } from '../testing/test-commands.ts'
import { limitsOf, SERVER_LIMITS } from './limits.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({ signInsAMinute: 30 }, { monotonicMs: () => 0 })
})
afterAll(() => server.close())

interface Described {
  info: { 'x-limits': unknown }
  paths: Record<string, Record<string, { 'x-limits'?: unknown }>>
}

test('the limits in the OpenAPI document are those of the table, for every route', async () => {
  const document = (await server.call({ method: 'GET', url: '/openapi.json' })).json() as Described
  expect(document.info['x-limits']).toEqual(SERVER_LIMITS)
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const route = path.replaceAll(/\{(\w+)\}/g, ':$1')
      return { route: `${method.toUpperCase()} ${route}`, limits: operation['x-limits'], method, path: route }
    })
  )
  expect(described.length).toBeGreaterThan(10)
  for (const { route, limits, method, path } of described) {
    const inTable = limitsOf(method.toUpperCase(), path)
    const isSignIn = route === 'POST /v1/sign-in' // this office has set its own rate
    expect([route, limits]).toEqual([
      route,
      isSignIn ? { ...inTable, rate: { ...inTable.rate, aMinute: 30, burst: 30 } } : inTable
    ])
  }
})

test('a body above the limit of its route is refused', async () => {
  const payload = JSON.stringify({ login: 'x'.repeat(17 * 1_024) })
  const headers = { 'content-type': 'application/json' }
  const answer = await server.call({ method: 'POST', url: '/v1/sign-in', payload, headers })
  expect([answer.statusCode, answer.json()]).toEqual([413, { error: { type: 'RequestInvalid', where: ['body'] } }])
})

test('a PC that asks without end is told to wait and for how long, and no other PC is held up by it', async () => {
  const account = await server.addAccount()
  const [wild, calm] = [await server.signIn(account), await server.signIn(account)]
  const { burst } = limitsOf('GET', '/v1/changes').rate
  const statuses = new Map<number, number>()
  let refused: Awaited<ReturnType<TestDesk['call']>> | null = null
  for (let asked = 0; refused === null && asked <= burst; asked += 1) {
    const answer = await wild.call({ method: 'GET', url: '/v1/changes?cursor=0&limit=1' })
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
    if (answer.statusCode === 429) refused = answer
  }
  expect(statuses.get(200)).toBe(burst)
  expect(refused?.json()).toEqual({ error: { type: 'TooManyRequests', retryAfterSeconds: 1 } })
  expect(refused?.headers['retry-after']).toBe('1')
  expect((await calm.call({ method: 'GET', url: '/v1/changes?cursor=0&limit=1' })).statusCode).toBe(200)
  const push = await wild.call(pushRequest(wild, [createTestOutbox(wild).register()]))
  expect(push.statusCode).toBe(200)
}, 60_000)

test('PCs of an office that come back to a restored centre with their receipts alone do not share one rate', async () => {
  const { burst } = limitsOf('POST', '/v1/give-back').rate
  const place = { generation: 0, cursor: 1, deviceSeq: 1, districtCode: '11680' }
  const statuses = new Set<number>()
  for (let pc = 0; pc < burst + 5; pc += 1) {
    const receipt = signReceipt(server.centre, { ...place, deviceId: newUuid() })
    const headers = { 'content-type': 'application/x-ndjson', [RECEIPT_HEADER]: receipt }
    statuses.add((await server.call({ method: 'POST', url: '/v1/give-back', payload: '', headers })).statusCode)
  }
  expect([...statuses]).toEqual([400])
})
