import type { ReportOrder } from '#shared/domain/report/report.ts'
import {
  type Cell,
  COUNTED_COLUMN,
  MOST_ROWS,
  nextRowsDigest,
  REPORT_COLUMNS,
  type ReportColumn,
  type Row
} from '#shared/domain/report/report-columns.ts'
import type { ReportFact, ReportLine } from '#shared/sync-protocol/report-lines.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { cellOf, type Names, wordsOf } from './report-words.ts'

/** What is known of a report before its first row. */
export interface ReportHead {
  readonly order: ReportOrder
  /** As it stands on the cover and in the signature. */
  readonly number: string
  readonly districtCode: string
  readonly authorName: string
  readonly orderedAt: string
}

export interface Progress {
  readonly rows: number
  readonly done: number
  readonly total: number
}

/** Why the rows of a report are not all here, or not as they were sent. */
export class RowsCutError extends Error {
  override readonly name = 'RowsCutError'
}
/** More than a file takes. */
export class TooManyRowsError extends Error {
  override readonly name = 'TooManyRowsError'
}

export interface WrittenRows {
  readonly rows: number
  /** In hex. */
  readonly digest: string
}

export interface ReadRows extends WrittenRows {
  readonly names: Names
  readonly facts: ReadonlyArray<{ readonly name: ReportFact; readonly n: number }>
  /** By the words of the counted column. */
  readonly counts: ReadonlyMap<string, number>
}

/** Reads the rows of a report in words as they are asked for, counts them, and looks whether they are what was sent. */
export function createRowReader(
  order: ReportOrder,
  lines: AsyncIterable<ReportLine>,
  onProgress: (p: Progress) => void
) {
  const iterator = lines[Symbol.asyncIterator]()
  const columns = REPORT_COLUMNS[order.kind]
  const countedAt = columns.findIndex(({ name }) => name === COUNTED_COLUMN[order.kind])
  const counted = columns[countedAt]
  const counts = new Map<string, number>()
  let start: Extract<ReportLine, { type: 'start' }> | null = null
  let end: Extract<ReportLine, { type: 'end' }> | null = null
  let digest: Uint8Array = new Uint8Array(32)
  let [waiting, rows]: [readonly Row[], number] = [[], 0]

  const next = async (): Promise<ReportLine> => {
    const line = await iterator.next()
    if (line.done === true) throw new RowsCutError()
    return line.value
  }
  /** Brings rows, if there are any more. */
  const fill = async (): Promise<void> => {
    while (waiting.length === 0 && end === null) {
      const line = await next()
      if (line.type === 'start') throw new RowsCutError()
      if (line.type === 'end') {
        end = line
        const isWhole = line.rows === rows && line.digest === Buffer.from(digest).toString('hex')
        if (!isWhole) throw new RowsCutError()
        continue
      }
      if (line.rows.some((row) => row.length !== columns.length)) throw new RowsCutError()
      digest = nextRowsDigest(nodeCipher, digest, line.rows)
      rows += line.rows.length
      if (rows > MOST_ROWS) throw new TooManyRowsError()
      waiting = line.rows
      onProgress({ rows, done: line.done, total: start?.total ?? 0 })
    }
  }
  async function* take(most: number): AsyncGenerator<readonly Cell[]> {
    for (let taken = 0; taken < most; ) {
      if (waiting.length === 0) await fill()
      if (waiting.length === 0) return
      const piece = waiting.slice(0, most - taken)
      waiting = waiting.slice(piece.length)
      taken += piece.length
      for (const row of piece) yield told(row)
    }
    await fill() // whether another sheet is needed
  }
  const told = (row: Row): readonly Cell[] => {
    const cells = row.map((cell, at) => cellOf(columns[at] as ReportColumn, cell, start as Names))
    const code = row[countedAt]
    if (counted !== undefined && typeof code === 'string') {
      const word = wordsOf(counted, code)
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    return cells
  }
  return {
    begin: async (): Promise<void> => {
      const line = await next()
      if (line.type !== 'start') throw new RowsCutError()
      start = line
      if (line.total > MOST_ROWS) throw new TooManyRowsError()
    },
    take,
    isOver: (): boolean => end !== null && waiting.length === 0,
    result: (): ReadRows => {
      if (start === null || end === null) throw new RowsCutError()
      return { rows, digest: end.digest, names: start, facts: start.facts, counts }
    }
  }
}
