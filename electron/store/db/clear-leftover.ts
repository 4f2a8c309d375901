import { MOST_LOCAL_BYTES, readTreePage, rowsOfLeaf } from '#shared/store-format/unused-bytes.ts'
import type { WriteTx } from './write-tx.ts'

/** Overwrites what is left in the gaps of pages, by SQLite itself and within its transactions: a crash undoes it. */

export interface PageAt {
  readonly no: number
  readonly page: Uint8Array
}

/** Large tables, page by page: their row number and a column that can grow for a moment. */
const BY_PAGE: Readonly<Record<string, readonly [rowNumber: string, column: string]>> = {
  cases: ['no', 'searchable'],
  case_bodies: ['no', 'body'],
  case_facts: ['segment', 'facts'],
  case_name_keys: ['segment', 'keys'],
  case_number_keys: ['segment', 'keys'],
  search_blocks: ['key', 'postings'],
  search_recent: ['no', 'added'],
  outbox: ['device_seq', 'body'],
  sent: ['device_seq', 'command']
}
/** Small ones, as a whole. */
const AS_A_WHOLE: ReadonlySet<string> = new Set(['confirmed_cases', 'drafts', 'attachments', 'parked_items', 'meta'])

/** What stands in the others can be said of nobody: ids, numbers, the words of officials, what is sealed to others. */
export const WITHOUT_CONTENT: ReadonlySet<string> = new Set([
  'access_log',
  'access_subjects',
  'acknowledged',
  'case_codes',
  'case_totals',
  'destruction_batches',
  'destruction_items',
  'document_chunks',
  'erasure_receipts',
  'gone_cases',
  'provision_lines',
  'provision_runs',
  'received_cases',
  'search_behind',
  'search_gone',
  'search_meta',
  'sent_sealed',
  'staff'
])

/** null: nothing to be cleared. */
export function handlingOf(table: string): 'pages' | 'table' | null {
  if (Object.hasOwn(BY_PAGE, table)) return 'pages'
  return AS_A_WHOLE.has(table) ? 'table' : null
}

/** SQLite's room for the two lengths of a row that grows. */
const LENGTHS = 2

/**
 * A row of the page grows until the page is full, which pushes its cells together and overwrites the gap, and takes its
 * old value back; what it gives up is overwritten. A row can take a page nearly by itself; where it cannot, the next
 * one takes the rest.
 */
export function clearPage(tx: WriteTx, table: string, { no, page }: PageAt): void {
  const [rowNumber, column] = BY_PAGE[table] ?? []
  const tree = readTreePage(no, page)
  if (rowNumber === undefined || column === undefined || tree === null || !tree.isLeaf) return
  let room = tree.unused
  const grown: Array<{ readonly row: bigint; readonly value: string | Uint8Array }> = []
  for (const { row, bytes } of rowsOfLeaf(no, page).sort((a, b) => a.bytes - b.bytes)) {
    const more = Math.min(room, MOST_LOCAL_BYTES - bytes) - LENGTHS
    if (more <= 0) break
    const value = tx.pluck<string | Uint8Array>(`SELECT ${column} FROM ${table} WHERE ${rowNumber} = ?`, row)
    if (value === undefined) continue
    tx.run(`UPDATE ${table} SET ${column} = ? WHERE ${rowNumber} = ?`, longer(value, more), row)
    grown.push({ row, value })
    room -= more + LENGTHS
  }
  for (const { row, value } of grown) tx.run(`UPDATE ${table} SET ${column} = ? WHERE ${rowNumber} = ?`, value, row)
}

/**
 * An inner page of the search lists parts what is below at the number of a row, which tells a term, also when that row is
 * gone. Rows beside it, as many on each side, grow to a page each, which deals the pages out anew at rows that are there.
 * Two do for leaves; inner pages part anew when so many leaves have come that they are full.
 */
export function moveDivider(tx: WriteTx, key: bigint, rowsBeside: number): void {
  const beside = [
    'SELECT CAST(key AS TEXT) AS row, postings FROM search_blocks WHERE key <= ? ORDER BY key DESC LIMIT ?',
    'SELECT CAST(key AS TEXT) AS row, postings FROM search_blocks WHERE key > ? ORDER BY key LIMIT ?'
  ].flatMap((sql) => tx.all<{ row: string; postings: Uint8Array }>(sql, key, rowsBeside))
  for (const { row, postings } of beside) {
    const whole = longer(postings, Math.max(0, WHOLE_PAGE_BYTES - postings.length))
    tx.run('UPDATE search_blocks SET postings = ? WHERE key = ?', whole, BigInt(row))
  }
  for (const { row, postings } of beside) {
    tx.run('DELETE FROM search_blocks WHERE key = ?', BigInt(row)) // unlike a shorter value it merges what is empty now
    tx.run('INSERT INTO search_blocks (key, postings) VALUES (?, ?)', BigInt(row), postings)
  }
}
const WHOLE_PAGE_BYTES = MOST_LOCAL_BYTES - 24

function longer(value: string | Uint8Array, more: number): string | Uint8Array {
  if (typeof value === 'string') return value + '\0'.repeat(more)
  const bytes = new Uint8Array(value.length + more)
  bytes.set(value)
  return bytes
}

/** Written anew into pages that were overwritten: whatever is in their gaps then is of rows that live. */
export function clearTable(tx: WriteTx, table: string): void {
  const columns = tx.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name)
  const rows = tx.all<Record<string, string | number | Uint8Array | null>>(`SELECT ${columns.join()} FROM ${table}`)
  tx.run(`DELETE FROM ${table} WHERE true`)
  for (const row of rows) {
    tx.run(
      `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
      ...columns.map((column) => row[column] ?? null)
    )
  }
}
