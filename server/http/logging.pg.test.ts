import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCentre, signInPayload, TEST_PASSWORD, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push, pushRequest } from '../testing/test-commands.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
})
afterAll(() => server.close())

const PERSON = { name: '노을빛나', registrationNo: '9104122345675', phone: '01012344321', email: 'noeul@example.kr' }

test('after a day of work, mistakes, attacks and faults the log holds ids and nothing of anybody', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  const outbox = createTestOutbox(desk)
  const register = outbox.register({ applicantOver: PERSON })
  await push(desk, [register, { ...outbox.register({ applicantOver: PERSON }), args: { ...PERSON } }])
  await pull(desk)
  await server.call({ method: 'POST', url: '/v1/sign-in', payload: signInPayload({ login: PERSON.name }) })
  await server.call({ method: 'POST', url: '/v1/sign-in', payload: `{"login":"${PERSON.name}` })
  await desk.call({ method: 'GET', url: `/v1/search/${encodeURIComponent(PERSON.name)}?phone=${PERSON.phone}` })
  await desk.call({ method: 'GET', url: `/v1/changes?cursor=${PERSON.registrationNo}x` })
  await desk.call(pushRequest(desk, [PERSON]))
  await server.centre.pool.query('ALTER TABLE commands ADD CONSTRAINT broken CHECK (case_id IS NULL) NOT VALID')
  const failing = outbox.register({ applicantOver: PERSON })
  const fault = await desk.call(pushRequest(desk, [{ ...failing, deviceSeq: 3 }]))
  await server.centre.pool.query('ALTER TABLE commands DROP CONSTRAINT broken')

  const log = server.log()
  const faultBody = fault.json() as { error: { type: string; requestId: string } }
  expect([fault.statusCode, faultBody.error.type]).toEqual([500, 'ServerFault'])
  const faultLines = log.split('\n').filter((line) => line.includes(faultBody.error.requestId))
  expect(faultLines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['request failed', 'answered'])
  expect(faultLines[0]).toContain('"code":"23514"') // what broke can be found

  expect(log).toContain(account.id)
  expect(log).toContain(desk.deviceId)
  const secrets = [
    ...Object.values(PERSON),
    encodeURIComponent(PERSON.name),
    TEST_PASSWORD,
    desk.token,
    desk.deviceShare
  ]
  const { address, account: bank } = register.args.applicant
  expect([...secrets, address.road, address.detail, bank?.number ?? ''].filter((text) => log.includes(text))).toEqual(
    []
  )
})

test('every line is JSON with a time and a level', () => {
  const lines = server.log().trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ time: expect.any(Number), level: expect.any(Number) })
  }
})
