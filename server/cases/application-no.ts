import { type Tx, together } from '../db/run-tx.ts'

/** The running numbers of one district: `YYYY-MM-NNNN` by month of application. A number is used only when a case is. */
export interface ApplicationNumbers {
  /** The number that the next case of this day would get. */
  next(appliedOn: string): string
  /** The case took it. */
  take(appliedOn: string): void
  /** Writes what was taken. */
  save(tx: Tx): Promise<void>
}

export const formatApplicationNo = (month: string, no: number): string => `${month}-${String(no).padStart(4, '0')}`

/**
 * Locks the district's counters of these days' months until the transaction ends: two app servers never give the same
 * number, and a roll-back leaves no gap.
 */
export async function lockApplicationNumbers(
  tx: Tx,
  districtCode: string,
  days: readonly string[]
): Promise<ApplicationNumbers> {
  const months = [...new Set(days.map(monthOf))].sort()
  const lastNos = await readCounters(tx, districtCode, months)
  const taken = new Set<string>()
  const lastNo = (month: string): number => {
    const last = lastNos.get(month)
    if (last === undefined) throw new Error('the counter of this month was not locked')
    return last
  }
  return {
    next: (appliedOn) => formatApplicationNo(monthOf(appliedOn), lastNo(monthOf(appliedOn)) + 1),
    take: (appliedOn) => {
      lastNos.set(monthOf(appliedOn), lastNo(monthOf(appliedOn)) + 1)
      taken.add(monthOf(appliedOn))
    },
    save: async (saveTx) => {
      const text = 'UPDATE application_numbers SET last_no = $3 WHERE district_code = $1 AND month = $2'
      await together([...taken].map((month) => saveTx.query(text, [districtCode, month, lastNo(month)])))
    }
  }
}

async function readCounters(tx: Tx, districtCode: string, months: readonly string[]): Promise<Map<string, number>> {
  if (months.length === 0) return new Map()
  const making = tx.query(
    `INSERT INTO application_numbers (district_code, month, last_no)
     SELECT $1, month, 0 FROM unnest($2::text[]) AS given (month) ORDER BY month ON CONFLICT DO NOTHING`,
    [districtCode, months]
  )
  const reading = tx.query<{ month: string; last_no: number }>(
    `SELECT month, last_no FROM application_numbers WHERE district_code = $1 AND month = ANY($2::text[])
     ORDER BY month FOR UPDATE`,
    [districtCode, months]
  )
  const [, { rows }] = await together([making, reading])
  return new Map(rows.map((row) => [row.month, row.last_no]))
}

const monthOf = (day: string): string => day.slice(0, 7)
