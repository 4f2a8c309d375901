import type { IsoDate } from '#shared/foundation/primitives.ts'
import { DAY_IN_MS, dayNumberOf, dayText } from './day-texts.ts'
import type { DemoRandom } from './random.ts'

/** Where the cases of a run lie: which day and district each index has, and which number there. All by arithmetic. */
export interface CaseSlots {
  slotOf(index: number): CaseSlot
}

export interface CaseSlot {
  readonly day: number
  /** Milliseconds after midnight UTC; rises with the index within a day. */
  readonly ms: number
  readonly districtCode: string
  /** The running number of the case in its district and month, from 1. */
  readonly rank: number
}

/** Cases of a district in about 250, roughly as births are spread over Seoul. */
const DISTRICT_WEIGHTS: Readonly<Record<string, number>> = {
  '11110': 4,
  '11140': 4,
  '11170': 7,
  '11200': 10,
  '11215': 8,
  '11230': 10,
  '11260': 9,
  '11290': 11,
  '11305': 6,
  '11320': 7,
  '11350': 12,
  '11380': 12,
  '11410': 8,
  '11440': 11,
  '11470': 10,
  '11500': 16,
  '11530': 11,
  '11545': 6,
  '11560': 13,
  '11590': 10,
  '11620': 11,
  '11650': 11,
  '11680': 13,
  '11710': 18,
  '11740': 13
}

const OFFICE_HOURS_MS = 9 * 3_600_000
/** On the last day only the first hour has passed, so that nothing lies ahead of the clock for long. */
const FIRST_HOUR_MS = 3_600_000

export function createCaseSlots(
  random: DemoRandom,
  range: { districtCodes: readonly string[]; from: IsoDate; to: IsoDate; count: number }
): CaseSlots {
  const pattern = shuffled(
    random,
    range.districtCodes.flatMap((code) => Array.from({ length: DISTRICT_WEIGHTS[code] ?? 1 }, () => code))
  )
  const seen = countsBefore(pattern)
  const first = dayNumberOf(range.from)
  const days = dayNumberOf(range.to) - first + 1
  const dayOfIndex = (index: number): number => Math.min(days - 1, Math.floor((index * days) / range.count))
  const firstIndexOfDay = (offset: number): number => Math.ceil((Math.max(0, offset) * range.count) / days)
  /** How many of the first `end` cases are of the district. */
  const countOf = (code: string, end: number): number => {
    const counts = seen.get(code) ?? []
    const rounds = Math.floor(end / pattern.length)
    return rounds * (counts[pattern.length] ?? 0) + (counts[end % pattern.length] ?? 0)
  }
  return {
    slotOf(index) {
      const offset = dayOfIndex(index)
      const day = first + offset
      const districtCode = pattern[index % pattern.length] ?? ''
      const dayStart = firstIndexOfDay(offset)
      const ofDay = firstIndexOfDay(offset + 1) - dayStart
      const hours = offset === days - 1 ? FIRST_HOUR_MS : OFFICE_HOURS_MS
      const monthStart = firstIndexOfDay(offset - (Number(dayText(day).slice(8)) - 1))
      return {
        day,
        ms: Math.min(hours - 1, Math.floor(((index - dayStart + 0.5) / Math.max(1, ofDay)) * hours)),
        districtCode,
        rank: countOf(districtCode, index + 1) - countOf(districtCode, monthStart)
      }
    }
  }
}

export const instantOf = ({ day, ms }: Pick<CaseSlot, 'day' | 'ms'>): number => day * DAY_IN_MS + ms

function shuffled<T>(random: DemoRandom, list: readonly T[]): T[] {
  const mixed = [...list]
  for (let end = mixed.length - 1; end > 0; end -= 1) {
    const at = random.below(end + 1)
    const [last, other] = [mixed[end], mixed[at]]
    if (last === undefined || other === undefined) throw new Error('both places are within the list')
    mixed[end] = other
    mixed[at] = last
  }
  return mixed
}

/** For each value, how often it stands before each place of the list, and in the whole of it. */
function countsBefore(list: readonly string[]): Map<string, number[]> {
  const values = [...new Set(list)]
  return new Map(
    values.map((value) => {
      let count = 0
      const counts = list.map((entry) => {
        const before = count
        if (entry === value) count += 1
        return before
      })
      return [value, [...counts, count]]
    })
  )
}
