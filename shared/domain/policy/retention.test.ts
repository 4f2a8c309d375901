import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import raw from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { lastDayOfPeriod } from './civil-period.ts'
import { parsePolicy } from './parse-policy.ts'
import { POLICY_ITEM_IDS } from './policy-item-id.ts'
import { lastDayAfter, retentionUntil } from './retention.ts'

const policy = expectOk(parsePolicy(raw))
const coupon = policy.provisions.find(({ id }) => id === 'mealCoupon')

describe('retentionUntil', () => {
  it.each([
    ['2024-01-25', '2029-01-25'],
    ['2024-12-31', '2029-12-31'],
    ['2024-02-29', '2029-02-28'],
    ['2024-02-28', '2029-02-28'],
    ['2023-02-28', '2028-02-29'],
    ['2023-02-27', '2028-02-27']
  ])('keeps an application of %s until %s, five years counted by the calendar', (appliedOn, last) => {
    expect(retentionUntil(policy, 'application.applicant.rrn', appliedOn)).toEqual(ok(last))
  })

  it('knows a term for every item that an application may hold', () => {
    const ends = POLICY_ITEM_IDS.map((id) => retentionUntil(policy, id, '2026-11-23'))
    expect(ends).toEqual(POLICY_ITEM_IDS.map(() => ok('2031-11-23')))
  })

  it('says when a version does not name the item, instead of inventing a term', () => {
    const without = { ...policy, files: policy.files.filter(({ id }) => id !== 'member') }
    expect(retentionUntil(without, 'member.email', '2026-11-23')).toEqual(
      err({ type: 'ItemNotInPolicy', policyId: '2024-01-25', itemId: 'member.email' })
    )
  })
})

describe('lastDayAfter', () => {
  it.each([
    ['2026-05-23', '2026-11-23'],
    ['2026-08-30', '2027-02-28'],
    ['2026-08-31', '2027-02-28'],
    ['2027-08-31', '2028-02-29'],
    ['2027-02-28', '2027-08-31'],
    ['2028-02-29', '2028-08-31']
  ])('lets a coupon company that got the data on %s keep it until %s', (on, last) => {
    expect(coupon && lastDayAfter(coupon.retention, { type: 'provision', on })).toEqual(ok(last))
  })

  it('ends a term that lasts until an event on the day of the event', () => {
    const [membership] = policy.files
    expect(membership && lastDayAfter(membership.retention, { type: 'withdrawal', on: '2026-11-23' })).toEqual(
      ok('2026-11-23')
    )
  })

  it('does not let an event end a term that runs from another', () => {
    expect(coupon && lastDayAfter(coupon.retention, { type: 'application', on: '2026-11-23' })).toEqual(
      err({ type: 'TermNotFromEvent', event: 'application' })
    )
  })
})

describe('lastDayOfPeriod', () => {
  const days = fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2080-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const periods = fc.record({ years: fc.integer({ min: 0, max: 30 }), months: fc.integer({ min: 0, max: 11 }) })

  it('never ends a later event before an earlier one', () => {
    fc.assert(
      fc.property(days, days, periods, (one, other, period) => {
        const [early, late] = one <= other ? [one, other] : [other, one]
        expect(lastDayOfPeriod(early, period) <= lastDayOfPeriod(late, period)).toBe(true)
      })
    )
  })

  it('ends on the same day of the month, or with the month, in the month that many months on', () => {
    fc.assert(
      fc.property(days, periods, (on, { years, months }) => {
        const end = lastDayOfPeriod(on, { years, months })
        const monthsOn = monthNumber(end) - monthNumber(on)
        expect(monthsOn).toBe(years * 12 + months)
        expect(end.slice(8) === on.slice(8) || isMonthEnd(end)).toBe(true)
      })
    )
  })

  const monthNumber = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
  const isMonthEnd = (date: string) =>
    new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().endsWith('-01T00:00:00.000Z')
})
