import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { Case } from './case.ts'
import { readField } from './case-fields.ts'
import {
  maskAccountNumber,
  maskAddress,
  maskBirthDate,
  maskCase,
  maskEmail,
  maskName,
  maskPhone,
  maskRrn,
  previewCase
} from './masking.ts'

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`))
const hangul = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))

const sample = (): Case => ({
  ...sampleIntake(),
  id: '01935a00-0000-7000-8000-000000000001',
  applicationNo: '2026-11-0001',
  districtCode: '11680',
  state: 'received',
  dueOn: '2026-12-21',
  assigneeId: null,
  history: [],
  conflicts: [],
  documents: [],
  edits: [],
  holds: []
})

test('names keep the first and the last letter, or the first of two', () => {
  expect(['김민수', '김수', '남궁민수', '김', '', 'NGUYEN THI LAN'].map(maskName)).toEqual([
    '김*수',
    '김*',
    '남**수',
    '*',
    '',
    'N************N'
  ])
})

test('no letter of the inside of a name comes through', () => {
  fc.assert(
    fc.property(fc.array(hangul, { minLength: 3, maxLength: 12 }), (letters) => {
      const masked = [...maskName(letters.join(''))]
      expect(masked).toEqual([letters[0], ...letters.slice(1, -1).map(() => '*'), letters.at(-1)])
    })
  )
})

test('of a registration number the last six digits never come through', () => {
  fc.assert(
    fc.property(digits(13, 13), (number) => {
      expect(maskRrn(number)).toBe(`${number.slice(0, 6)}-${number[6]}******`)
    })
  )
})

test('a registration number of a wrong length is hidden whole', () => {
  fc.assert(
    fc.property(digits(0, 20), (number) => {
      fc.pre(number.length !== 13)
      expect(maskRrn(number)).toBe('*'.repeat(number.length))
    })
  )
})

test('every digit count of a phone hides something, and a known shape hides its middle', () => {
  expect(['01012345678', '0212345678', '023456789', '15881234', '123456789', '1234'].map(maskPhone)).toEqual([
    '010-****-5678',
    '02-****-5678',
    '02-***-6789',
    '1588-****',
    '*****6789',
    '****'
  ])
  fc.assert(
    fc.property(digits(1, 16), (number) => {
      const shown = maskPhone(number).replace(/[^\d]/g, '')
      expect(number.length - shown.length).toBeGreaterThanOrEqual(Math.min(number.length, 3))
    })
  )
})

test('the last five digits of an account never come through', () => {
  fc.assert(
    fc.property(digits(1, 16), (number) => {
      expect(maskAccountNumber(number)).toBe(number.slice(0, -5) + '*'.repeat(Math.min(5, number.length)))
    })
  )
})

test('an e-mail address shows two letters at most, never all before the @, and not how many there are', () => {
  expect(['abcdef@example.kr', 'abc@example.kr', 'ab@example.kr', 'a@example.kr', 'nothing'].map(maskEmail)).toEqual([
    'ab***@example.kr',
    'ab***@example.kr',
    'a***@example.kr',
    '***@example.kr',
    '*******'
  ])
})

test('the hidden end of the part before the @ never comes through', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const local = email.slice(0, email.lastIndexOf('@'))
      const shown = maskEmail(email).slice(0, maskEmail(email).indexOf('***@'))
      expect(local.startsWith(shown)).toBe(true)
      expect(shown.length).toBeLessThan(local.length)
    })
  )
})

test('a birth date shows its year alone', () => {
  expect(maskBirthDate('1990-12-31')).toBe('1990-**-**')
})

test('an address is masked below its road, the name of the building included', () => {
  const { address } = sampleIntake().applicant
  expect(maskAddress(address)).toEqual({
    postcode: '062**',
    road: '서울특별시 강남구 테헤란로',
    building: '***',
    detail: '***',
    extra: '역삼동, ***'
  })
  expect(maskAddress({ ...address, building: '', detail: '', extra: '늘봄아파트' })).toMatchObject({
    building: '',
    detail: '',
    extra: '***'
  })
})

test('an opened case shows no number, account or door in the clear, and everything else as it is', () => {
  const subject = sample()
  const text = JSON.stringify(maskCase(subject))
  for (const secret of ['2345675', '4726183', '2134567', '1023451', '67890', '8765432', '125-3', '803호', '늘봄']) {
    expect(text).not.toContain(secret)
  }
  expect(maskCase(subject)).toEqual({
    ...subject,
    applicant: {
      ...subject.applicant,
      registrationNo: '910412-2******',
      address: maskAddress(subject.applicant.address),
      account: { bankCode: '088', number: '1102345*****', holder: '강소미' }
    },
    children: [{ ...subject.children[0], registrationNo: '240615-4******' }],
    helpers: [{ ...subject.helpers[0], registrationNo: '580309-2******', phone: '010-****-5432' }],
    household: [
      { ...subject.household[0], registrationNo: '891105-1******' },
      { ...subject.household[1], registrationNo: '240615-4******' }
    ]
  })
})

test('a preview shows no name, phone, login id or e-mail in the clear either', () => {
  const text = JSON.stringify(previewCase(sample()))
  for (const secret of ['강소미', '한지안', '한도윤', '문영자', '0102', '555', 'somi']) {
    expect(text).not.toContain(secret)
  }
  expect(readField(previewCase(sample()), 'applicant.phone')).toBe('010-****-6789')
})

test('a case without its optional parts is masked as well, and masking does not touch the case itself', () => {
  const subject = sample()
  const bare: Case = {
    ...subject,
    applicant: { ...subject.applicant, loginId: null, account: null, email: null, contactPhone: null },
    children: [{ name: '한빛', registrationNo: null, birthDate: '2026-11-01', sex: 'male' }]
  }
  const before = structuredClone(bare)
  expect(previewCase(bare).applicant).toMatchObject({ loginId: null, account: null, email: null, contactPhone: null })
  expect(previewCase(bare).children).toEqual([
    { name: '한*', registrationNo: null, birthDate: '2026-11-01', sex: 'male' }
  ])
  expect(bare).toEqual(before)
})

test('no invented case lets a whole number, phone or account through, opened or previewed', () => {
  const make = createCaseGenerator({ seed: 5, today: '2026-11-23', count: 2000 })
  fc.assert(
    fc.property(fc.nat(1999), (index) => {
      const subject = make(index).case
      const people = [...subject.children, ...subject.helpers, ...subject.household]
      const numbers = [subject.applicant, ...people].flatMap(({ registrationNo }) => registrationNo ?? [])
      const hidden = [
        ...numbers.map((number) => number.slice(6)),
        ...subject.helpers.map(({ phone }) => phone),
        ...(subject.applicant.account === null ? [] : [subject.applicant.account.number])
      ]
      const [opened, previewed] = [JSON.stringify(maskCase(subject)), JSON.stringify(previewCase(subject))]
      expect(hidden.filter((text) => opened.includes(text))).toEqual([])
      expect([...hidden, subject.applicant.phone].filter((text) => previewed.includes(text))).toEqual([])
    })
  )
})
