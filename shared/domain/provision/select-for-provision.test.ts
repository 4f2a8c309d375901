import { describe, expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { createProvisionTally } from './provision-tally.ts'
import { recipientsOf, selectForProvision } from './select-for-provision.ts'

const POLICY = HELD_POLICIES[0] ?? expect.fail()
const [CARE, BGF] = recipientsOf(POLICY)
if (CARE === undefined || BGF === undefined) throw new Error('the seed names three recipients')

const BY = '01935a00-0000-7000-8000-00000000000a'
const AT = '2026-11-16T01:00:00.000Z'
const { case: made } = createCaseGenerator({ seed: 6, districtCodes: ['11680'], today: '2026-11-20', count: 10 })(4)
const step = (state: Case['state']): Case['history'][number] => ({ state, at: AT, by: BY, reason: '' })
const answer = (given: boolean, over: Partial<ConsentRecord> = {}): ConsentRecord => ({
  ...{ consentId: BGF.consentId, given, policyVersion: '2024-01-25', method: 'web', answeredAt: AT, handler: BY },
  noticeHash:
    requestShown(HELD_POLICIES, { policyVersion: '2024-01-25', consentId: BGF.consentId })?.noticeHash ?? null,
  ...{ representative: null, evidence: '', reason: '', closes: [] },
  ...over
})
const granted = (...consents: ConsentRecord[]): Case => ({
  ...{ ...made, service: 'meal_coupon', state: 'paid', consents },
  history: [step('received'), step('eligible'), step('notified'), step('paid')]
})
const DEPS = { policies: HELD_POLICIES, today: '2026-11-20' }
const select = (subject: Case) => selectForProvision(DEPS, BGF, subject)
const leftOut = (why: string) => ({ type: 'LeftOut', why })

describe('a recipient is given', () => {
  test('exactly the items of its notice, of who agreed and whose service runs', () => {
    expect(select(granted(answer(true)))).toEqual({
      ...{ type: 'Selected', items: ['application.applicant.name', 'application.applicant.phone'] },
      consent: answer(true)
    })
  })

  test('no item that the version in force does not name for it any more', () => {
    const fewer = { ...BGF, items: BGF.items.slice(0, 1) }
    expect(selectForProvision(DEPS, fewer, granted(answer(true)))).toEqual({
      ...{ type: 'Selected', items: ['application.applicant.name'] },
      consent: answer(true)
    })
  })

  test('no item that the person was not told of', () => {
    const more = { ...BGF, items: [...BGF.items, 'application.applicant.address' as const] }
    expect(selectForProvision(DEPS, more, granted(answer(true)))).toEqual(select(granted(answer(true))))
  })
})

test('who is left out is left out for a reason', () => {
  expect(select(granted())).toEqual(leftOut('unanswered'))
  expect(select(granted(answer(false)))).toEqual(leftOut('refused'))
  expect(select(granted(answer(true), answer(false)))).toEqual(leftOut('withdrawn'))
  const representative = { as: 'legal_representative', check: 'web_sms', confirmedAt: null } as const
  expect(select(granted(answer(true, { representative })))).toEqual(leftOut('unconfirmed'))
  expect(select(granted(answer(true, { noticeHash: 'f'.repeat(64) })))).toEqual(leftOut('noticeUnproven'))
  expect(select(granted(answer(true, { policyVersion: '2031-01-01' })))).toEqual(leftOut('noticeUnproven'))
})

test('who was not granted the service, or does not get it any more, is nobody to give away', () => {
  const agreed = granted(answer(true))
  const refusedService = [step('received'), step('ineligible'), step('notified')]
  expect(select({ ...agreed, state: 'notified', history: refusedService })).toEqual(leftOut('notGranted'))
  expect(select({ ...agreed, state: 'closed' })).toEqual(leftOut('notGranted'))
  expect(select({ ...agreed, state: 'received', history: [step('received')] })).toEqual(leftOut('notGranted'))
})

test('a case that is held or in dispute gives nothing until that is over', () => {
  const hold: Case['holds'][number] = {
    ...{ id: BY, kind: 'objection' as const, basis: '행정심판법 27조', placedBy: BY, placedAt: AT, reason: '이의신청' },
    ...{ endsOn: '2026-11-20', release: null }
  }
  const agreed = granted(answer(true))
  expect(select({ ...agreed, holds: [hold] })).toEqual(leftOut('onHold'))
  expect(select({ ...agreed, holds: [{ ...hold, endsOn: '2026-11-19' }] })).toEqual(select(agreed))
  expect(select({ ...agreed, holds: [{ ...hold, release: { by: BY, at: AT, reason: '종결' } }] })).toEqual(
    select(agreed)
  )
  const conflict: Case['conflicts'][number] = {
    ...{ id: `${BY}.phone`, field: 'applicant.phone' as const, openedAt: AT, rev: 2 },
    theirs: { value: '01011112222', by: BY, at: AT, reason: '' },
    mine: { value: '01033334444', by: BY, at: AT, reason: '', commandId: BY }
  }
  expect(select({ ...agreed, conflicts: [conflict] })).toEqual(leftOut('disputed'))
})

test('a case of another service has nothing to do with the recipient', () => {
  expect(select({ ...granted(answer(true)), service: 'taxi' })).toBeNull()
})

test('each recipient is counted by itself, with who is left out by reason', () => {
  const tally = createProvisionTally(DEPS, POLICY)
  for (const subject of [granted(answer(true)), granted(answer(false)), granted()]) tally.add(subject)
  const none = {
    notGranted: 0,
    unanswered: 0,
    refused: 0,
    withdrawn: 0,
    unconfirmed: 0,
    noticeUnproven: 0,
    onHold: 0,
    disputed: 0
  }
  expect(tally.result().map(({ recipientId, selected, leftOut: out }) => [recipientId, selected, out])).toEqual([
    [CARE.recipientId, 0, none],
    ['bgfRetail', 1, { ...none, refused: 1, unanswered: 1 }],
    ['oasisMarket', 0, { ...none, unanswered: 3 }]
  ])
})
