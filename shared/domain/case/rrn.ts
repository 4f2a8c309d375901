import { isDay } from '#shared/domain/calendar/day.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'

export interface Rrn {
  /** 13 digits. */
  readonly digits: string
  /** 주민등록번호, or 외국인등록번호. */
  readonly kind: 'resident' | 'foreigner'
  readonly birthDate: IsoDate
  readonly sex: 'female' | 'male'
  /**
   * Whether the old check digit fits. Numbers given since October 2020 end in six random digits, so a misfit is a
   * reason to look twice and never one to refuse.
   */
  readonly checkDigit: 'fits' | 'misfits'
}

export const RRN_FAULTS = ['rrnLength', 'rrnDate'] as const
export type RrnFault = (typeof RRN_FAULTS)[number]

/** Century of the seventh digit: 1·2, 5·6 = 1900s, 3·4, 7·8 = 2000s, 9·0 = 1800s; 5 to 8 are foreigners. */
const CENTURY = ['18', '19', '19', '20', '20', '19', '19', '20', '20', '18'] as const
const CHECK_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5] as const
const LENGTH = 13

const isForeignDigit = (digit: number): boolean => digit >= 5 && digit <= 8

/**
 * Reads a 주민등록번호 or 외국인등록번호 as typed: hyphen and blanks are passed over. Says what the number itself tells; whether it
 * was ever given to anybody it cannot know.
 */
export function parseRrn(typed: string): Result<Rrn, RrnFault> {
  const digits = typed.replace(/[\s-]/g, '')
  if (!/^\d{13}$/.test(digits)) return err('rrnLength')
  const seventh = Number(digits[6])
  const birthDate = `${CENTURY[seventh]}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`
  if (!isDay(birthDate)) return err('rrnDate')
  const kind = isForeignDigit(seventh) ? 'foreigner' : 'resident'
  const checkDigit = Number(digits[LENGTH - 1]) === expectedCheckDigit(digits, kind) ? 'fits' : 'misfits'
  return ok({ digits, kind, birthDate, sex: seventh % 2 === 1 ? 'male' : 'female', checkDigit })
}

/** The check digit that numbers given before October 2020 carry. `digits` holds at least the first twelve. */
export function expectedCheckDigit(digits: string, kind: Rrn['kind']): number {
  const sum = CHECK_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return ((kind === 'foreigner' ? 13 : 11) - (sum % 11)) % 10
}

/** `900101-1234567`. Fewer digits, as while typing, are shown as far as they go. */
export const formatRrn = (digits: string): string =>
  digits.length > 6 ? `${digits.slice(0, 6)}-${digits.slice(6)}` : digits
