import type { ReportFormat, ReportKind } from '#shared/domain/report/report.ts'

export type { ReportEntry, ReportKind, ReportScope } from '#shared/domain/report/report.ts'

/** Why a report that had begun did not come to its end. */
export type ReportTrouble =
  | 'disk_full' // nothing of the file is left
  | 'place' // the folder or the medium does not take it
  | 'line_cut' // the centre did not send all of it
  | 'too_many' // rows than a file takes
  | 'not_printed' // the page for paper could not be made
  | 'not_signed' // her key could not be opened at the end
  | 'not_registered' // the centre did not take the end of it into its register
  | 'locked'

/** The report that this PC is writing, or wrote last since it was unlocked. */
export interface ReportJob {
  readonly reportId: string
  readonly no: number
  readonly kind: ReportKind
  readonly format: ReportFormat
  /** Of `total` cases or rows that are gone through. */
  readonly done: number
  readonly total: number
  readonly rows: number
  readonly bytes: number
  readonly state:
    | { readonly type: 'running' }
    | { readonly type: 'cancelled' }
    | { readonly type: 'finished'; readonly fileDigest: string }
    | { readonly type: 'failed'; readonly trouble: ReportTrouble }
}
