import type { CaseFilter } from '#shared/ipc/contract.ts'
import { dayNumber, NO_DAY, WORD } from '#shared/store-format/case-facts.ts'
import type { FactColumns } from './fact-columns.ts'

/** A filter as what the columns of a case must be. */
export interface FactFilter {
  readonly mask: number
  readonly wanted: number
  /** 0: whoever. */
  readonly assignee: number
  readonly dueUntil: number
}

/** Null when no case of this store can pass. */
export function factFilter(columns: FactColumns, filter: CaseFilter, me: string): FactFilter | null {
  let [mask, wanted]: [number, number] = [WORD.present, WORD.present]
  const wishes = [
    { field: WORD.state, number: numberOf(columns.codes.state, filter.state) },
    { field: WORD.service, number: numberOf(columns.codes.service, filter.service) },
    { field: WORD.dong, number: numberOf(columns.codes.dong, filter.dongCode) }
  ]
  for (const { field, number } of wishes) {
    if (number === undefined) return null
    if (number === null) continue
    mask |= (2 ** field.bits - 1) << field.shift
    wanted |= number << field.shift
  }
  const assignee = filter.mineOnly ? columns.codes.assignee.get(me) : 0
  if (assignee === undefined) return null
  return { mask, wanted, assignee, dueUntil: filter.dueUntil === null ? NO_DAY : dayNumber(filter.dueUntil) }
}

/** null: not asked for; undefined: no case has it. */
const numberOf = (codes: ReadonlyMap<string, number>, code: string | null): number | null | undefined =>
  code === null ? null : codes.get(code)

export const isEverything = ({ mask, assignee, dueUntil }: FactFilter): boolean =>
  mask === WORD.present && assignee === 0 && dueUntil === NO_DAY

/** Whether the case passes. */
export const passes = (columns: FactColumns, { mask, wanted, assignee, dueUntil }: FactFilter, no: number): boolean =>
  ((columns.words[no] ?? 0) & mask) === wanted &&
  (assignee === 0 || columns.assignees[no] === assignee) &&
  (columns.dueOn[no] ?? 0) <= dueUntil

/** The cases that pass, rising, written to `into`; gives back how many. One pass over the words. */
export function filterInto(columns: FactColumns, filter: FactFilter, into: Uint32Array): number {
  const { words, assignees, dueOn, end } = columns
  const { mask, wanted, assignee, dueUntil } = filter
  let count = 0
  // A loop for each kind of filter: one word a case is read where one is enough.
  if (assignee !== 0) {
    for (let no = 1; no < end; no++) {
      if (assignees[no] === assignee && ((words[no] ?? 0) & mask) === wanted && (dueOn[no] ?? 0) <= dueUntil) {
        into[count++] = no
      }
    }
  } else if (dueUntil !== NO_DAY) {
    for (let no = 1; no < end; no++) {
      if ((dueOn[no] ?? 0) <= dueUntil && ((words[no] ?? 0) & mask) === wanted) into[count++] = no
    }
  } else {
    for (let no = 1; no < end; no++) if (((words[no] ?? 0) & mask) === wanted) into[count++] = no
  }
  return count
}
