import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { putCase } from '../db/case-rows.ts'
import { openTestDesk, type TestDesk, testPolicies } from '../testing/test-desk.ts'
import { tallyConsents } from './consent-tally.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const tally = (over: { pause?: () => Promise<void>; isOver?: () => boolean } = {}) =>
  tallyConsents(
    { policies: testPolicies, now: desk.deps.now, pause: async () => undefined, isOver: () => false, ...over },
    desk.db
  )

test('every case of the PC is counted once, page by page, with what waits to be sent', async () => {
  const make = createCaseGenerator({ seed: 8, districtCodes: ['11680'], today: '2026-11-20', count: 450 })
  desk.db.write((tx) => {
    for (let index = 0; index < 450; index += 1) putCase(tx, make(index), { waiting: false })
    return ok(null)
  })
  const caseId = desk.register()
  const args = {
    consentId: 'collect.email',
    method: 'phone',
    representative: null,
    evidence: '',
    reason: '전화'
  } as const
  expectOk(desk.run({ name: 'case.withdraw_consent', args }, { caseId }))
  let pauses = 0
  const counted = await tally({
    pause: async () => {
      pauses += 1
    }
  })
  expect([counted?.cases, counted?.closed, pauses]).toEqual([451, 1, 5])
  const asked = counted?.provisions.map(({ selected, leftOut }) =>
    Object.values(leftOut).reduce((sum, n) => sum + n, selected)
  )
  const ofService = (consentId: string) => {
    const count = counted?.counts.find((one) => one.consentId === consentId)
    return count && count.given + count.refused + count.withdrawn + count.unconfirmed + count.unanswered
  }
  expect(asked).toEqual(counted?.provisions.map(({ consentId }) => ofService(consentId)))
  expect(counted?.counts.find(({ consentId }) => consentId === 'collect.email')?.withdrawn).toBe(1)
})

test('a desk that is locked while it counts says nothing', async () => {
  desk.register()
  let looks = 0
  expect(await tally({ isOver: () => looks++ > 0 })).toBeNull()
})
