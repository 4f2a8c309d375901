import { v7 as newUuid } from 'uuid'
import { expect } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { plainCase } from './test-cases.ts'

/** Cases that a recipient may be given: granted, running, and agreed to. */

const BY = '01935a00-0000-7000-8000-00000000000a'
const AT = '2026-11-02T01:00:00.000Z'
export const COUPON = 'provide.bgfRetail'
export const CARE = 'provide.privateChildcareProvider'

export function testAnswer(given: boolean, over: Partial<ConsentRecord> = {}): ConsentRecord {
  const { consentId = COUPON } = over
  const shown = requestShown(HELD_POLICIES, { policyVersion: '2024-01-25', consentId }) ?? expect.fail()
  return {
    ...{ consentId, given, policyVersion: '2024-01-25', noticeHash: shown.noticeHash, method: 'web', answeredAt: AT },
    ...{ representative: null, handler: BY, evidence: '', reason: '', closes: [] },
    ...over
  }
}

const step = (state: Case['state']): Case['history'][number] => ({ state, at: AT, by: BY, reason: '' })

export const grantedCase = (no: number, consents: readonly ConsentRecord[], over: Partial<Case> = {}): Case => ({
  ...plainCase(no),
  ...{ id: newUuid(), service: 'meal_coupon', state: 'paid', appliedOn: '2026-10-01', consents: [...consents] },
  history: [step('received'), step('eligible'), step('notified'), step('paid')],
  ...over
})
