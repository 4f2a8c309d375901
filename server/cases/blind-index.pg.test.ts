import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push, type TestOutbox } from '../testing/test-commands.ts'
import { caseIdsByNumber } from './blind-index.ts'

let server: TestCentre
let desk: TestDesk
let outbox: TestOutbox
beforeAll(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
  outbox = createTestOutbox(desk)
})
afterAll(() => server.close())

const find = (kind: 'registration_no' | 'phone', number: string) => {
  const { pool, cipher, keyRing } = server.centre
  return caseIdsByNumber(pool, { cipher, blindIndexKey: keyRing.blindIndexKey }, { kind, number })
}

test('a person who stands in two cases is found by her number in both, however it is written', async () => {
  const asApplicant = outbox.register({ applicantOver: { phone: '01055556666' } })
  const [helper] = asApplicant.args.helpers
  if (helper === undefined) throw new Error('the sample has a helper')
  const asHelper = outbox.register({ helpers: [{ ...helper, phone: '01055556666' }] })
  await push(desk, [asApplicant, asHelper])
  expect(await find('phone', '010-5555-6666')).toEqual([asApplicant.caseId, asHelper.caseId].sort())
  expect(await find('registration_no', helper.registrationNo)).toEqual(
    expect.arrayContaining([asApplicant.caseId, asHelper.caseId])
  )
})

test('a number that was corrected no longer leads to the case', async () => {
  const register = outbox.register({ applicantOver: { phone: '01077778888' } })
  await push(desk, [register, outbox.correct(register.caseId, [{ field: 'applicant.phone', value: '01099990000' }])])
  expect(await find('phone', '01077778888')).toEqual([])
  expect(await find('phone', '01099990000')).toEqual([register.caseId])
})

test('the same digits as a phone and as a registration number are different tags', async () => {
  expect(await find('registration_no', '01099990000')).toEqual([])
})
