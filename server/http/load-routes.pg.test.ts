import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { seedCentre } from '../seed/seed-centre.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
  const make = createCaseGenerator({ seed: 1, districtCodes: ['11680'], today: '2026-11-20', count: 40 })
  await seedCentre(
    server.centre,
    Array.from({ length: 40 }, (_, index) => make(index))
  )
})
afterAll(() => server.close())

const get = async (desk: { call: TestCentre['call'] }, url: string) => (await desk.call({ method: 'GET', url })).json()

test('an administrator sees the load of any account of her district without being that account', async () => {
  const admin = await server.addAccount({ role: 'administrator' })
  const worker = await server.addAccount()
  const elsewhere = await server.addAccount({ districtCode: '11440' })
  const desk = await server.signIn(admin)
  const { loads } = (await get(desk, '/v1/admin/load')) as { loads: Array<{ accountId: string; cases: number }> }
  expect(loads.map(({ accountId, cases }) => [accountId, cases])).toEqual(
    expect.arrayContaining([
      [admin.id, 0],
      [worker.id, 40]
    ])
  )
  expect(loads.some(({ accountId }) => accountId === elsewhere.id)).toBe(false)
  expect(await get(desk, `/v1/admin/load?accountId=${worker.id}`)).toEqual({
    loads: [expect.objectContaining({ accountId: worker.id, login: worker.login, cases: 40 })]
  })
  expect(await get(desk, `/v1/admin/load?accountId=${elsewhere.id}`)).toEqual({ loads: [] })
})

test('a caseworker learns what is to come, and nothing of others', async () => {
  const desk = await server.signIn(await server.addAccount())
  const own = (await get(desk, '/v1/load')) as { cases: number; lineBytes: number; diskBytes: number; atLine: object[] }
  expect(own).toMatchObject({ cases: 40, atLine: expect.arrayContaining([{ megabitsPerSecond: 10, seconds: 1 }]) })
  expect(own.diskBytes).toBeGreaterThan(own.lineBytes)
  expect(await get(desk, '/v1/admin/load')).toEqual({ error: { type: 'RoleNotAllowed' } })
  const empty = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  expect(await get(empty, '/v1/load')).toMatchObject({ cases: 0, lineBytes: 0, diskBytes: 0 })
})
