import { expect, test } from 'vitest'
import { formatPhoneTyping } from './phone-format.ts'

test.each([
  ['0', '0'],
  ['010', '010'],
  ['0101', '010-1'],
  ['0101234', '010-1234'],
  ['01012345', '010-1234-5'],
  ['01012345678', '010-1234-5678'],
  ['0212', '02-12'],
  ['025551234', '02-555-1234'],
  ['0255512345', '02-5551-2345'],
  ['15881', '1588-1'],
  ['15881234', '1588-1234'],
  ['05051234', '0505-1234'],
  ['010123456789', '010-1234-56789']
])('%s is written %s while it is typed', (digits, written) => {
  expect(formatPhoneTyping(digits)).toBe(written)
})
