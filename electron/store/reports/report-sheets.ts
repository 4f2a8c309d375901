import { type Cell, REPORT_COLUMNS, type ReportColumn } from '#shared/domain/report/report-columns.ts'
import type { ReportLine } from '#shared/sync-protocol/report-lines.ts'
import { coverCounts, coverFacts } from './report-cover.ts'
import { createRowReader, type Progress, type ReadRows, type ReportHead, type WrittenRows } from './report-rows.ts'
import { COVER, columnTitle, SHEETS } from './report-words.ts'
import { MOST_SHEET_ROWS, type SheetColumn, type Workbook } from './workbook.ts'

/** Writes the rows as they come, as many sheets as they need, and the cover before them. */
export async function writeReportSheets(
  { workbook, head, onProgress }: { workbook: Workbook; head: ReportHead; onProgress: (progress: Progress) => void },
  lines: AsyncIterable<ReportLine>
): Promise<WrittenRows> {
  const reader = createRowReader(head.order, lines, onProgress)
  const columns = REPORT_COLUMNS[head.order.kind]
  const names: string[] = []
  await reader.begin()
  do {
    names.push(names.length === 0 ? SHEETS.rows : `${SHEETS.rows} ${names.length + 1}`)
    await workbook.add({
      name: names.at(-1) ?? SHEETS.rows,
      columns: columns.map(sheetColumn),
      hasTitles: true,
      rows: reader.take(MOST_SHEET_ROWS)
    })
  } while (!reader.isOver())
  const read = reader.result()
  await workbook.add({ name: SHEETS.cover, columns: COVER_COLUMNS, hasTitles: false, rows: coverRows(head, read) })
  await workbook.end([SHEETS.cover, ...names])
  return { rows: read.rows, digest: read.digest }
}

const sheetColumn = (column: ReportColumn): SheetColumn => ({
  title: columnTitle(column),
  type: column.type === 'instant' || column.type === 'day' || column.type === 'number' ? column.type : 'text',
  width: column.width
})

const COVER_COLUMNS: readonly SheetColumn[] = [
  { title: '', type: 'text', width: 28 },
  { title: '', type: 'text', width: 90 }
]

function coverRows(head: ReportHead, read: ReadRows): Array<readonly Cell[]> {
  const counts = coverCounts(read)
  return [...coverFacts(head, read), [], ...(counts.length === 0 ? [] : [[COVER.counted, null]]), ...counts]
}
