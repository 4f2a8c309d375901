import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '#shared/domain/calendar/day.ts'
import { type Hold, holdEnd, holdSchema, isOpenHold } from './hold.ts'
import { recordTermEnd } from './record-term.ts'
import { deadlineOf, type Term, termWithoutConsent } from './term.ts'

const day = fc.integer({ min: 0, max: 9000 }).map((days) => addDays('2024-01-25', days))
const officer = '00000000-0000-4000-8000-000000000001'

const hold: fc.Arbitrary<Hold> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom('objection' as const, 'clawback' as const, 'other' as const),
  basis: fc.constant('행정소송법 제8조'),
  placedBy: fc.constant(officer),
  placedAt: fc.constant('2024-01-25T00:00:00.000Z'),
  reason: fc.constant('소송 진행'),
  endsOn: fc.option(day),
  release: fc.option(day.map((on) => ({ by: officer, at: `${on}T00:00:00.000Z`, reason: '끝' })))
})

const term: fc.Arbitrary<Term> = fc.record({
  cause: fc.constantFrom('term_over' as const, 'consent_withdrawn' as const, 'guardian_unconfirmed' as const),
  until: fc.option(day, { freq: 10 })
})

test('nothing is due while any hold stands, and five days at most pass when the last thing that kept it ended', () => {
  fc.assert(
    fc.property(term, fc.array(hold, { maxLength: 4 }), fc.array(fc.option(day), { maxLength: 2 }), (...args) => {
      const [given, holds, ends] = args
      const deadline = deadlineOf(given, holds, ends)
      const all = [given.until, ...ends, ...holds.map(holdEnd)]
      if (deadline === null) {
        expect(all).toContain(null)
        return
      }
      expect(all).not.toContain(null)
      expect(deadline.keptUntil).toBe([...all].sort().at(-1))
      const first = addDays(deadline.keptUntil, 1)
      expect(holds.filter((standing) => isOpenHold(standing, first))).toEqual([])
      const days = daysBetween(deadline.keptUntil, deadline.destroyBy)
      expect(days >= 1 && days <= 5).toBe(true)
    }),
    { numRuns: 2000 }
  )
})

test('placing one more hold never makes anything due earlier', () => {
  fc.assert(
    fc.property(term, fc.array(hold, { maxLength: 3 }), hold, (given, holds, more) => {
      const before = deadlineOf(given, holds, [])
      const after = deadlineOf(given, [...holds, more], [])
      if (before === null) expect(after).toBeNull()
      else if (after !== null) {
        expect(after.keptUntil >= before.keptUntil).toBe(true)
        expect(after.destroyBy >= before.destroyBy).toBe(true)
      }
    })
  )
})

test('the order of the holds changes nothing', () => {
  fc.assert(
    fc.property(term, fc.array(hold, { maxLength: 4 }), (given, holds) => {
      expect(deadlineOf(given, [...holds].reverse(), [])).toEqual(deadlineOf(given, holds, []))
    })
  )
})

test('a hold that is released late does not reach past its own end', () => {
  const [made] = fc.sample(hold, 1)
  const release = { by: officer, at: '2026-05-01T15:00:00.000Z', reason: '끝' }
  const endOf = (changes: Partial<Hold>) => made && holdEnd({ ...made, ...changes })
  expect(endOf({ endsOn: '2026-03-31', release })).toBe('2026-03-31')
  expect(endOf({ endsOn: '2026-12-31', release })).toBe('2026-05-02')
  expect(endOf({ endsOn: null, release })).toBe('2026-05-02')
  expect(endOf({ endsOn: null, release: null })).toBeNull()
})

test('a hold says why and on what it rests', () => {
  const [made] = fc.sample(hold, 1)
  expect(holdSchema.safeParse(made).success).toBe(true)
  expect(holdSchema.safeParse({ ...made, reason: ' ' }).success).toBe(false)
  expect(holdSchema.safeParse({ ...made, basis: '' }).success).toBe(false)
})

test.each([
  ['2024-01-01', 5, '2029-12-31'],
  ['2024-12-31', 5, '2029-12-31'],
  ['2025-01-01', 5, '2030-12-31'],
  ['2024-02-29', 1, '2025-12-31'],
  ['2024-06-03', 10, '2034-12-31']
])('a record completed on %s and kept for %i years is kept until %s', (completed, years, last) => {
  expect(recordTermEnd(completed, years)).toBe(last)
})

test('a withdrawal leaves five days, the day of it not counted', () => {
  expect(deadlineOf(termWithoutConsent('2024-12-29'), [], [])).toEqual({
    keptUntil: '2024-12-29',
    destroyBy: '2025-01-03'
  })
})
