import { expect, test } from 'vitest'
import type { Applicant } from '#shared/domain/case/case.ts'
import { formatPhone } from '#shared/domain/case/phone.ts'
import { applicantChanges, applicantForm } from './applicant-form.ts'

/** As the window has it: masked where the store masks. */
const applicant: Applicant = {
  loginId: null,
  name: '김민서',
  registrationNo: '850312-2******',
  phone: '01012345678',
  address: { postcode: '062**', road: '서울특별시 강남구 테헤란로', building: '***', detail: '***', extra: '역삼동' },
  income: { householdSize: 4, monthlyWon: 3_200_000 },
  account: { bankCode: '004', number: '123456*****', holder: '김민서' },
  email: null,
  contactPhone: null
}
const opened = applicantForm(applicant, formatPhone)

test('a form that was only looked at changes nothing', () => {
  expect(applicantChanges(opened, applicant)).toEqual({ changes: [], problems: {} })
})

test('only what was corrected is sent, in its stored form', () => {
  const form = { ...opened, phone: '010 9999 8888', email: ' a@b.kr ', householdSize: '', monthlyWon: '' }
  expect(applicantChanges(form, applicant)).toEqual({
    changes: [
      { field: 'applicant.phone', value: '01099998888' },
      { field: 'applicant.email', value: 'a@b.kr' },
      { field: 'applicant.income', value: null }
    ],
    problems: {}
  })
})

test('a masked value is sent only when it was typed anew', () => {
  const form = { ...opened, registrationNo: '900101-2345678', account: 'remove' as const }
  expect(applicantChanges(form, applicant).changes).toEqual([
    { field: 'applicant.registrationNo', value: '9001012345678' },
    { field: 'applicant.account', value: null }
  ])
})

test('each mistake is told where it was made', () => {
  const form = {
    ...opened,
    name: ' ',
    phone: '123',
    contactPhone: '9',
    email: 'nobody',
    monthlyWon: '',
    registrationNo: '991301-2345678',
    address: { postcode: '123', road: '', building: '', detail: '', extra: '' },
    account: { bankCode: '', number: '12', holder: '' }
  }
  expect(applicantChanges(form, applicant).problems).toEqual({
    name: 'nameMissing',
    phone: 'phone',
    contactPhone: 'phone',
    email: 'email',
    income: 'incomePair',
    registrationNo: 'rrnDate',
    postcode: 'postcode',
    road: 'roadMissing',
    bankCode: 'bankMissing',
    accountNumber: 'accountNumber',
    holder: 'holderMissing'
  })
})
