import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, pulledCases, push } from '../testing/test-commands.ts'

let test1: TestCentre
let desk: TestDesk

beforeAll(async () => {
  test1 = await openTestCentre()
  desk = await test1.signIn(await test1.addAccount())
})
afterAll(() => test1.close())

test('an application taken in at a desk is numbered by the centre and comes to another desk of the district', async () => {
  const outbox = createTestOutbox(desk)
  const register = outbox.register()
  const [outcome] = await push(desk, [register])
  expect(outcome).toEqual({ type: 'Applied', commandId: register.id, rev: 1, seq: 1 })
  const colleague = await test1.signIn(await test1.addAccount())
  const lines = await pull(colleague)
  expect(lines[0]).toEqual({ type: 'start', centreId: desk.centreId, total: 1 })
  expect((await pulledCases(colleague)).get(register.caseId)).toMatchObject({
    ...register.args,
    applicationNo: '2026-11-0001',
    districtCode: '11680'
  })
})
