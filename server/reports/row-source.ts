import type { ReportScope } from '#shared/domain/report/report.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'
import type { ReportFact } from '#shared/sync-protocol/report-lines.ts'

/** What a report is about: from an instant until before another. */
export interface RowsWanted {
  readonly districtCode: string
  readonly scope: ReportScope
  readonly from: IsoInstant
  readonly to: IsoInstant
}

export interface RowPage {
  readonly rows: readonly Row[]
  /** Of `total`, with this page. */
  readonly through: number
}

/** The rows of a report, read page by page as they are asked for. */
export interface RowSource {
  /** What is gone through: rows, or the cases that are opened for them. */
  readonly total: number
  readonly facts: ReadonlyArray<{ readonly name: ReportFact; readonly n: number }>
  readonly pages: AsyncGenerator<RowPage>
}
