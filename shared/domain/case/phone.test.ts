import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhone, isMobilePhone, isPhone, normalisePhone, phoneParts } from './phone.ts'

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))

const number = fc.oneof(
  fc.tuple(fc.constant('010'), digits(4), digits(4)),
  fc.tuple(fc.constantFrom('02', '031', '064', '080'), fc.oneof(digits(3), digits(4)), digits(4)),
  fc.tuple(fc.constant('070'), digits(4), digits(4)),
  fc.tuple(fc.constantFrom('0502', '0507'), fc.oneof(digits(3), digits(4)), digits(4)),
  fc.tuple(fc.constantFrom('1544', '1588', '1670', '1833'), digits(4))
)

test('a number of any Korean shape is accepted and shown with its hyphens in the right places', () => {
  fc.assert(
    fc.property(number, (parts) => {
      expect(isPhone(parts.join(''))).toBe(true)
      expect(formatPhone(parts.join(''))).toBe(parts.join('-'))
    })
  )
})

test('what is shown, typed in again, is the same number', () => {
  fc.assert(
    fc.property(number, (parts) => {
      expect(normalisePhone(formatPhone(parts.join('')))).toBe(parts.join(''))
    })
  )
})

test.each([
  ['+82 10-1234-5678', '01012345678'],
  ['+82(0)10 1234 5678', '01012345678'],
  ['０１０．１２３４．５６７８', '01012345678'],
  ['(02) 345-6789', '023456789'],
  ['010–1234–5678', '01012345678'],
  ['010-1234-567a', '0101234567a']
])('%s is stored as %s', (typed, stored) => {
  expect(normalisePhone(typed)).toBe(stored)
})

test.each([
  '',
  '0101234567',
  '010123456789',
  '0212345',
  '03912345678',
  '12345678',
  '19881234',
  '0101234567a',
  '0091234'
])('"%s" is no Korean number', (typed) => {
  expect([isPhone(typed), phoneParts(typed), formatPhone(typed)]).toEqual([false, null, typed])
})

test('mobile numbers are told from the others', () => {
  expect(['01012345678', '0191234567', '0212345678', '07012345678', '15881234'].map(isMobilePhone)).toEqual([
    true,
    true,
    false,
    false,
    false
  ])
})
