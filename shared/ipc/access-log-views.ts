import type { LogEntry } from '#shared/domain/access-log/log-entry.ts'

export type { LineMark } from '#shared/domain/access-log/judge-line.ts'
export type { MonthReview } from '#shared/domain/access-log/log-review.ts'
export type { LogStand } from '#shared/domain/access-log/log-stand.ts'

/** A line of the district's access log as it is shown: ids, and what this PC knows of them besides. */
export interface LogLine extends LogEntry {
  /** null: somebody whom this PC does not know. */
  readonly who: string | null
  /** The first of its cases, for looking them up; null: not on this PC, or no more. */
  readonly cases: ReadonlyArray<{ readonly caseId: string; readonly applicationNo: string | null }>
}
