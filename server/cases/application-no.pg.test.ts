import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push } from '../testing/test-commands.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
})
afterAll(() => server.close())

test('desks that register at the same time get numbers without a gap or a double, by month of application', async () => {
  const desks = await Promise.all(
    Array.from({ length: 6 }, async () => server.signIn(await server.addAccount({ districtCode: '11440' })))
  )
  await Promise.all(
    desks.map(async (desk) => {
      const outbox = createTestOutbox(desk)
      for (let round = 0; round < 4; round += 1) {
        await push(desk, [
          outbox.register({ dongCode: '1144056500' }),
          outbox.register({ dongCode: '1144056500', appliedOn: '2027-01-01' }), // refused: in the future
          outbox.register({ dongCode: '1144056500', appliedOn: '2026-10-30' })
        ])
      }
    })
  )
  const numbers = [...(await pulledCases(desks[0] as (typeof desks)[0])).values()]
    .map((one) => one.applicationNo)
    .sort()
  const ofMonth = (month: string) =>
    Array.from({ length: 24 }, (_, no) => `${month}-${String(no + 1).padStart(4, '0')}`)
  expect(numbers).toEqual([...ofMonth('2026-10'), ...ofMonth('2026-11')])
})

test('each district counts for itself', async () => {
  const desk = await server.signIn(await server.addAccount({ districtCode: '11680' }))
  const register = createTestOutbox(desk).register()
  await push(desk, [register])
  expect((await pulledCases(desk)).get(register.caseId)?.applicationNo).toBe('2026-11-0001')
})
