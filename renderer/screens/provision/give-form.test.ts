import { expect, test } from 'vitest'
import { isReady, requestOf } from './give-form.ts'

const TODAY = '2026-11-26'
const recipient = (endsWithAgreement: boolean) => ({
  ...{ recipientId: 'bgfRetail', provisionId: 'mealCoupon', consentId: 'provide.bgfRetail', legalBases: ['x'] },
  ...{
    services: 'all' as const,
    items: [],
    itemsText: '',
    basisText: '',
    name: 'BGF리테일',
    keeps: '6개월',
    endsWithAgreement
  }
})
const typed = {
  policyVersion: '2024-01-25',
  purpose: ' 11월 쿠폰 ',
  document: ' 가족-1 ',
  agreementEndsOn: '2027-01-31'
}

test('a request says only what its recipient is asked for, without blanks around', () => {
  expect(requestOf({ ...typed, recipient: recipient(false) }, TODAY)).toEqual({
    ...{ recipientId: 'bgfRetail', policyVersion: '2024-01-25', purpose: '11월 쿠폰', document: '가족-1' },
    agreementEndsOn: null
  })
  expect(requestOf({ ...typed, recipient: recipient(true) }, TODAY)?.agreementEndsOn).toBe('2027-01-31')
})

test('what is missing is said field by field, and nothing is asked of the centre', () => {
  const empty = { ...typed, purpose: '쿠폰', document: ' 1', agreementEndsOn: '2026-11-25', recipient: recipient(true) }
  expect(isReady(empty, TODAY)).toEqual({ purpose: false, document: false, agreement: false })
  expect(requestOf(empty, TODAY)).toBeNull()
  expect(requestOf({ ...typed, recipient: null }, TODAY)).toBeNull()
})
