import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendLog, testChain } from '../testing/test-access-log.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'

let server: TestCentre
let now: string
let worker: TestDesk
let supervisor: TestDesk
beforeEach(async () => {
  now = '2026-11-23T01:00:00.000Z'
  server = await openTestCentre({ now: () => now, sessionHours: 366 * 24 })
  worker = await server.signIn(await server.addAccount())
  supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
  const log = testChain(worker, ['sign_in', 'view', 'view'])
  await sendLog(worker, log, { of: log })
})
afterEach(() => server.close())

const URL = '/v1/admin/access-log/reviews'
const list = async (desk = supervisor) => (await desk.call({ method: 'GET', url: URL })).json()
const sign = (month: string, desk = supervisor, remark = '심야 조회 2건 확인, 이상 없음') =>
  desk.call({ method: 'POST', url: URL, payload: { month, remark } })

test('a month is owed once it is over, is signed once with a remark, and stays as it was signed', async () => {
  expect(await list()).toEqual({ months: [] })
  expect((await sign('2026-11')).json()).toEqual({ error: { type: 'NotFound' } })
  now = '2026-12-31T14:59:59.000Z'
  expect(await list()).toEqual({ months: [{ month: '2026-11', lines: 3, marked: 0, signed: null }] })
  expect((await sign('2026-11')).statusCode).toBe(204)
  expect((await sign('2026-11')).statusCode).toBe(404)
  const late = testChain(worker, ['view'])
  await sendLog(worker, late, { of: late })
  const signed = { at: now, by: supervisor.account.id, remark: '심야 조회 2건 확인, 이상 없음' }
  expect(await list()).toEqual({ months: [{ month: '2026-11', lines: 3, marked: 0, signed }] })
  now = '2027-01-01T00:00:00.000Z'
  expect((await list()).months.map(({ month }: { month: string }) => month)).toEqual(['2026-12', '2026-11'])
})

test('the supervisor signs; the privacy officer sees it, a caseworker does not, nor does another district', async () => {
  now = '2026-12-02T00:00:00.000Z'
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  expect((await sign('2026-11', officer)).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  expect((await sign('2026-11', worker)).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  expect(await list(worker)).toEqual({ error: { type: 'RoleNotAllowed' } })
  const elsewhere = await server.signIn(await server.addAccount({ role: 'supervisor', districtCode: '11710' }))
  expect(await list(elsewhere)).toEqual({ months: [] })
  expect((await sign('2026-11', elsewhere)).statusCode).toBe(404)
  expect((await sign('2026-11', supervisor, '짧음')).statusCode).toBe(400)
  expect((await list(officer)).months).toHaveLength(1)
})
