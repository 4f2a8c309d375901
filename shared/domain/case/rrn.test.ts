import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedCheckDigit, formatRrn, parseRrn } from './rrn.ts'

const digitsOf = (birth: Date, seventh: number, tail: number): string =>
  birth.toISOString().slice(2, 10).replaceAll('-', '') + seventh + String(tail).padStart(6, '0')

const day = (from: string, to: string) => fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true })

const CENTURIES = [
  { from: '1800-01-01', to: '1899-12-31', male: 9, female: 0, kind: 'resident' },
  { from: '1900-01-01', to: '1999-12-31', male: 1, female: 2, kind: 'resident' },
  { from: '2000-01-01', to: '2099-12-31', male: 3, female: 4, kind: 'resident' },
  { from: '1900-01-01', to: '1999-12-31', male: 5, female: 6, kind: 'foreigner' },
  { from: '2000-01-01', to: '2099-12-31', male: 7, female: 8, kind: 'foreigner' }
] as const

test.each(CENTURIES)('birth date, sex and kind are read out of a number with $male or $female ($kind)', (century) => {
  fc.assert(
    fc.property(day(century.from, century.to), fc.boolean(), fc.nat(999_999), (birth, male, tail) => {
      const digits = digitsOf(birth, male ? century.male : century.female, tail)
      expect(parseRrn(digits)).toMatchObject({
        ok: true,
        value: {
          digits,
          kind: century.kind,
          birthDate: birth.toISOString().slice(0, 10),
          sex: male ? 'male' : 'female'
        }
      })
    })
  )
})

test('a number reads the same with its hyphen and blanks as without', () => {
  fc.assert(
    fc.property(day('1930-01-01', '1999-12-31'), fc.nat(999_999), (birth, tail) => {
      const digits = digitsOf(birth, 1, tail)
      expect(parseRrn(` ${formatRrn(digits)} `)).toEqual(parseRrn(digits))
    })
  )
})

test('a text that is not 13 digits is refused for its length, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^\d{13}$/.test(text.replace(/[\s-]/g, ''))),
      (text) => {
        expect(parseRrn(text)).toEqual({ ok: false, error: 'rrnLength' })
      }
    )
  )
})

test.each(['9013011234567', '9002301234567', '2102293234567', '9000001234567', '0004314234567'])(
  '%s names no day and is refused',
  (digits) => {
    expect(parseRrn(digits)).toEqual({ ok: false, error: 'rrnDate' })
  }
)

test('29 February counts in leap years of the right century only: 2000 had one, 1900 had none', () => {
  expect(parseRrn('0002293234567').ok).toBe(true)
  expect(parseRrn('0002291234567').ok).toBe(false)
})

test('a check digit that misfits warns and never refuses, as numbers since October 2020 end at random', () => {
  fc.assert(
    fc.property(day('2020-10-05', '2026-11-23'), fc.nat(999_999), (birth, tail) => {
      expect(parseRrn(digitsOf(birth, 4, tail)).ok).toBe(true)
    })
  )
  expect(parseRrn('9001011234568')).toMatchObject({ ok: true, value: { checkDigit: 'fits' } })
  expect(parseRrn('9001011234567')).toMatchObject({ ok: true, value: { checkDigit: 'misfits' } })
})

test('exactly one last digit fits the twelve before it, by the rule of residents and by that of foreigners', () => {
  const twelve = fc.tuple(day('1930-01-01', '1999-12-31'), fc.constantFrom(1, 2, 5, 6), fc.nat(99_999))
  fc.assert(
    fc.property(twelve, ([birth, seventh, tail]) => {
      const head = digitsOf(birth, seventh, tail * 10).slice(0, 12)
      const fitting = [...'0123456789'].filter((last) => {
        const parsed = parseRrn(head + last)
        return parsed.ok && parsed.value.checkDigit === 'fits'
      })
      expect(fitting).toEqual([String(expectedCheckDigit(head, seventh > 4 ? 'foreigner' : 'resident'))])
    })
  )
})

test('a number is shown with its hyphen as far as it is typed', () => {
  expect(['', '900101', '9001011', '9001011234567'].map(formatRrn)).toEqual([
    '',
    '900101',
    '900101-1',
    '900101-1234567'
  ])
})
