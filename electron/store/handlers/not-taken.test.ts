import { expect, test } from 'vitest'
import { REFUSAL_TYPES } from '#shared/commands/refusal.ts'
import { notTaken } from './not-taken.ts'

test('every rule that the centre names is told as itself', () => {
  const causes = REFUSAL_TYPES.map((type) => notTaken([`command/${type}`]).cause)
  expect(causes).toEqual(REFUSAL_TYPES)
})

test('a rule of a newer centre is not taken for another one', () => {
  expect(notTaken(['command/PaymentClosed'])).toEqual({ type: 'NotTaken', cause: 'unknown' })
  expect(notTaken([])).toEqual({ type: 'NotTaken', cause: 'unknown' })
})
