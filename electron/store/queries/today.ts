import { CASE_STATES } from '#shared/domain/case/case-state.ts'
import type { TodayView } from '#shared/ipc/views.ts'
import { dayNumber, NO_DAY, WORD } from '#shared/store-format/case-facts.ts'
import type { ReadableDb } from '../db/statements.ts'
import { rowsByNos, rowToCaseRow } from '../db/stored-rows.ts'
import { factColumns, isPresent, numberIn } from './fact-columns.ts'

const SOON_DAYS = 7
const MOST_PRESSING = 20

/** What the day asks for: the twenty most pressing cases, overdue or due within a week, and how many there are of each. */
export function todaysCases(db: ReadableDb, today: string): Omit<TodayView, 'drafts'> {
  const columns = factColumns(db)
  const day = dayNumber(today)
  const counts = new Uint32Array(2 ** WORD.state.bits)
  const pressing: number[] = []
  let overdue = 0
  for (let no = 1; no < columns.end; no++) {
    const word = columns.words[no] ?? 0
    if (!isPresent(word)) continue
    const state = numberIn(word, WORD.state)
    counts[state] = (counts[state] ?? 0) + 1
    const due = columns.dueOn[no] ?? NO_DAY
    if (due < day) overdue += 1
    if (due <= day + SOON_DAYS) pressing.push(no)
  }
  pressing.sort((a, b) => (columns.dueOn[a] ?? 0) - (columns.dueOn[b] ?? 0) || a - b)
  return {
    overdue,
    dueSoon: pressing.length - overdue,
    pressing: rowsByNos(db, pressing.slice(0, MOST_PRESSING)).map((row) => rowToCaseRow(row)),
    byState: CASE_STATES.flatMap((state) => {
      const count = counts[columns.codes.state.get(state) ?? 0] ?? 0
      return count === 0 ? [] : [{ state, count }]
    }),
    total: columns.cases
  }
}
