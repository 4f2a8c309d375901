import { expect, test } from 'vitest'
import { accountStanding } from './account-standing.ts'

test('an account that is shut out is not offered to be unlocked', () => {
  const at = '2026-11-25T05:00:00.000Z'
  expect(accountStanding({ lockedAt: null, disabledAt: null })).toBe('active')
  expect(accountStanding({ lockedAt: at, disabledAt: null })).toBe('locked')
  expect(accountStanding({ lockedAt: at, disabledAt: at })).toBe('disabled')
})
