import type { IsoDate } from '#shared/foundation/primitives.ts'
import type { RetentionOverview } from './retention-overview.ts'

export type MonthCount = RetentionOverview['months'][number]

/** The next so many months from the month of a day on, those without any case included. */
export function comingMonths(months: readonly MonthCount[], today: IsoDate, amount: number): MonthCount[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: amount }, (_, index) => {
    const at = month - 1 + index
    const name = `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    return { month: name, cases: months.find((one) => one.month === name)?.cases ?? 0 }
  })
}
