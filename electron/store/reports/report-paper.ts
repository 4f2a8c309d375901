import { type Cell, PAPER_COLUMNS, REPORT_COLUMNS, type ReportColumn } from '#shared/domain/report/report-columns.ts'
import type { Paper, PaperPart } from '#shared/papers/paper.ts'
import type { ReportLine } from '#shared/sync-protocol/report-lines.ts'
import { coverCounts, coverFacts, dayText, grouped, instantText } from './report-cover.ts'
import { createRowReader, type Progress, type ReadRows, type ReportHead } from './report-rows.ts'
import { COVER, columnTitle, kindText, PAPER } from './report-words.ts'

/** Rows that stand on paper; a workbook has all of them. */
export const MOST_PAPER_ROWS = 300

/** Reads all rows, so that counts and checksum are of all of them, and puts the first ones on paper. */
export async function readReportPaper(
  { head, onProgress }: { readonly head: ReportHead; readonly onProgress: (progress: Progress) => void },
  lines: AsyncIterable<ReportLine>
): Promise<{ readonly paper: Paper; readonly read: ReadRows }> {
  const reader = createRowReader(head.order, lines, onProgress)
  const first: Array<readonly Cell[]> = []
  await reader.begin()
  for await (const row of reader.take(Number.POSITIVE_INFINITY)) if (first.length < MOST_PAPER_ROWS) first.push(row)
  const read = reader.result()
  return { paper: paperOf(head, read, first), read }
}

function paperOf(head: ReportHead, read: ReadRows, first: ReadonlyArray<readonly Cell[]>): Paper {
  const cover: PaperPart = {
    kind: 'sheet',
    title: null,
    rows: coverFacts(head, read).map(([label, text]) => [{ label, text }])
  }
  const parts = [cover, ...countsPart(read), ...rowsPart(head, read, first)]
  const note = { printedBy: head.authorName, printNo: head.number, printedAt: instantText(head.orderedAt) }
  return { title: kindText(head.order.kind), edition: null, isWide: true, approvals: [], parts, note }
}

function countsPart(read: ReadRows): PaperPart[] {
  const counts = coverCounts(read)
  if (counts.length === 0) return []
  const columns = [
    { label: PAPER.sort, width: 70, align: 'left' as const },
    { label: COVER.rows, width: 30, align: 'right' as const }
  ]
  return [{ kind: 'table', title: COVER.counted, columns, rows: counts.map((row) => [...row]), note: null }]
}

function rowsPart({ order }: ReportHead, read: ReadRows, first: ReadonlyArray<readonly Cell[]>): PaperPart[] {
  if (first.length === 0) return []
  const all = REPORT_COLUMNS[order.kind]
  const shown = PAPER_COLUMNS[order.kind].flatMap((name) => {
    const at = all.findIndex((column) => column.name === name)
    const column = all[at]
    return column === undefined ? [] : [{ at, column }]
  })
  const whole = shown.reduce((sum, { column }) => sum + column.width, 0)
  const columns = shown.map(({ column }) => ({
    label: columnTitle(column),
    width: Math.max(1, Math.floor((column.width / whole) * 100)),
    align: column.type === 'number' ? ('right' as const) : ('left' as const)
  }))
  const rows = first.map((row) => shown.map(({ at, column }) => textOf(column, row[at] ?? null)))
  const isCut = read.rows > first.length
  const note = isCut
    ? PAPER.cut.replace('{{all}}', grouped(read.rows)).replace('{{shown}}', grouped(first.length))
    : PAPER.columnsCut
  return [{ kind: 'table', title: PAPER.rows, columns, rows, note }]
}

/** A cell of a paper is short: what is longer stands whole in the workbook. */
const MOST_CELL_CHARS = 300

function textOf({ type }: ReportColumn, cell: Cell): string {
  if (cell === null) return ''
  if (type === 'instant') return instantText(String(cell))
  if (type === 'day') return dayText(String(cell))
  return typeof cell === 'number' ? grouped(cell) : cell.slice(0, MOST_CELL_CHARS)
}
