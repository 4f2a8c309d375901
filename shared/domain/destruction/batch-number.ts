import { koreanDayOf } from '../calendar/day.ts'
import type { BatchHead } from './destruction-batch.ts'

/**
 * 파기 번호 of each completed batch of one district, by its id: `11680-2026-0007`, the running number of the year in which it was
 * completed. The centre completes them one after the other, so that a number never changes and every PC finds the same.
 */
export function batchNumbers(heads: readonly Pick<BatchHead, 'id' | 'districtCode' | 'steps'>[]): Map<string, string> {
  const completed = heads
    .flatMap(({ id, districtCode, steps }) => {
      const at = steps.find(({ act }) => act === 'complete')?.at
      return at === undefined ? [] : [{ id, districtCode, at }]
    })
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
  const inYear = new Map<string, number>()
  return new Map(
    completed.map(({ id, districtCode, at }) => {
      const year = koreanDayOf(at).slice(0, 4)
      const no = (inYear.get(year) ?? 0) + 1
      inYear.set(year, no)
      return [id, `${districtCode}-${year}-${String(no).padStart(4, '0')}`]
    })
  )
}
