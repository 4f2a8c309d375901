import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween, isDay, koreanDayOf, weekdayOf } from './day.ts'
import { civilDeadline, kindOfDay } from './deadline.ts'
import { holidaysOn, isCalendarKnown } from './holidays.ts'

const day = fc
  .date({ min: new Date('2018-01-01'), max: new Date('2027-10-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('ten days from 23 November 2026 end on 3 December by the Civil Act: the first day does not count', () => {
  expect(civilDeadline('2026-11-23', 10)).toEqual({ day: '2026-12-03', calendarKnown: true })
})

test.each([
  ['2026-11-20', 30, '2026-12-21'], // 20 December is a Sunday
  ['2026-11-25', 30, '2026-12-28'], // Christmas on a Friday, then the weekend
  ['2026-08-26', 30, '2026-09-28'], // 추석 from Thursday to Saturday, then Sunday
  ['2027-01-07', 30, '2027-02-10'] // 설날 with its substitute day
])('a period from %s of %i days ends on %s, past weekends and holidays', (from, days, end) => {
  expect(civilDeadline(from, days).day).toBe(end)
})

test('a last day never falls on a day off, never comes early and moves no further than it must', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 60 }), (from, days) => {
      const end = civilDeadline(from, days).day
      expect(kindOfDay(end).working).toBe(true)
      const skipped = daysBetween(addDays(from, days), end)
      for (let back = 1; back <= skipped; back += 1) expect(kindOfDay(addDays(end, -back)).working).toBe(false)
      expect(skipped).toBeGreaterThanOrEqual(0)
    })
  )
})

test('a year whose holidays are not announced yet knows weekends only and says so', () => {
  expect(isCalendarKnown('2028-01-01')).toBe(false)
  expect(kindOfDay('2028-01-03')).toEqual({ working: true, calendarKnown: false })
  expect(kindOfDay('2028-01-01')).toEqual({ working: false, calendarKnown: false })
  expect(civilDeadline('2027-12-10', 30)).toEqual({ day: '2028-01-10', calendarKnown: false })
})

test('holidays are named', () => {
  expect([holidaysOn('2026-10-09'), holidaysOn('2026-10-12')]).toEqual([['한글날'], []])
})

test('the day in Korea turns at three in the afternoon UTC', () => {
  expect(koreanDayOf('2026-11-23T14:59:59.999Z')).toBe('2026-11-23')
  expect(koreanDayOf('2026-11-23T15:00:00.000Z')).toBe('2026-11-24')
})

test('days are added and counted across months, years and leap days', () => {
  expect([addDays('2024-02-28', 1), addDays('2026-12-31', 1), addDays('2026-03-01', -1)]).toEqual([
    '2024-02-29',
    '2027-01-01',
    '2026-02-28'
  ])
  fc.assert(
    fc.property(day, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days)
    })
  )
})

test('weekdays count from Sunday, before 1970 too', () => {
  expect(['2026-11-22', '2026-11-23', '1969-12-31', '1900-01-01'].map(weekdayOf)).toEqual([0, 1, 3, 1])
})

test('what is not a day that exists is told from one that does', () => {
  expect(['2024-02-29', '2023-02-29', '2023-13-01', '2023-1-1', '', '2023-00-10'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false
  ])
})
