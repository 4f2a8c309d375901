import type { CaseRecord } from '#shared/domain/case/case.ts'
import { packSearchable, type Searchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { packRecord } from './case-body.ts'
import { caseToRow, INSERT_BODY, INSERT_CASE, type ListedCase, listedCase } from './case-columns.ts'
import {
  type CodeKind,
  caseFacts,
  codeNumber,
  FactsSegment,
  KeysSegment,
  segmentOf,
  sortKeysOf,
  storeFacts,
  storeKeys,
  storeVersion
} from './case-facts.ts'
import type { SqlWriter } from './sql.ts'

export interface LoadedCase {
  readonly no: number
  readonly listed: ListedCase
  readonly searchable: Searchable
}

/** Puts many new cases into a store, the oldest first: rows and list columns. What the search needs is for its index. */
export interface CaseLoader {
  /** null: the store has this case already, and nothing was done. */
  add(record: CaseRecord): LoadedCase | null
  /** The same of one that is packed already. */
  addPacked(listed: ListedCase, body: Uint8Array): Pick<LoadedCase, 'no' | 'listed'> | null
  /** Writes what is gathered; last of all in the transaction. */
  finish(): void
}

const INSERT_NEW_CASE = `${INSERT_CASE} ON CONFLICT (id) DO NOTHING`

/** One for each transaction. */
export function createCaseLoader(tx: SqlWriter): CaseLoader {
  const version = storeVersion(tx) + 1
  const facts = createFactsSink(tx, version)
  let no = tx.pluck<number>('SELECT last_no FROM case_totals WHERE one = 1') ?? 0
  let added = 0
  /** false: it is known. */
  const addRow = (listed: ListedCase): boolean => {
    if (tx.run(INSERT_NEW_CASE, ...caseToRow(no + 1, listed, { waiting: false })).changes === 0) return false
    no += 1
    added += 1
    facts.add(no, listed)
    return true
  }
  return {
    add: (record) => {
      const searchable = searchableOf(record.case)
      const listed = listedCase(record.case, packSearchable(searchable))
      if (!addRow(listed)) return null
      tx.run(INSERT_BODY, no, packRecord(record, listed.searchable))
      return { no, listed, searchable }
    },
    addPacked: (listed, body) => {
      if (!addRow(listed)) return null
      tx.run(INSERT_BODY, no, body)
      return { no, listed }
    },
    finish: () => {
      facts.flush()
      tx.run('UPDATE case_totals SET cases = cases + ?, last_no = ?, version = ? WHERE one = 1', added, no, version)
    }
  }
}

/** Gathers whole segments; the first may have cases in it already. */
function createFactsSink(tx: SqlWriter, version: number) {
  const numbers: Record<CodeKind, Map<string, number>> = {
    state: new Map(),
    service: new Map(),
    dong: new Map(),
    assignee: new Map()
  }
  const numberOf = (kind: CodeKind, code: string): number => {
    const known = numbers[kind].get(code)
    if (known !== undefined) return known
    const number = codeNumber(tx, kind, code)
    numbers[kind].set(code, number)
    return number
  }
  const open = (segment: number) => ({
    segment,
    facts: new FactsSegment(tx.pluck<Uint8Array>('SELECT facts FROM case_facts WHERE segment = ?', segment)),
    names: new KeysSegment(tx.pluck<Uint8Array>('SELECT keys FROM case_name_keys WHERE segment = ?', segment)),
    numbers: new KeysSegment(tx.pluck<Uint8Array>('SELECT keys FROM case_number_keys WHERE segment = ?', segment))
  })
  let current: ReturnType<typeof open> | null = null
  const flush = (): void => {
    if (current === null) return
    const { segment } = current
    storeFacts(tx, segment, { bytes: current.facts.bytes, version })
    storeKeys(tx, 'case_name_keys', { segment, bytes: current.names.bytes })
    storeKeys(tx, 'case_number_keys', { segment, bytes: current.numbers.bytes })
    current = null
  }
  return {
    add: (no: number, listed: ListedCase) => {
      if (current !== null && current.segment !== segmentOf(no)) flush()
      current ??= open(segmentOf(no))
      current.facts.put(no, caseFacts(listed, numberOf))
      const keys = sortKeysOf(listed)
      current.names.put(no, keys.name)
      current.numbers.put(no, keys.number)
    },
    flush
  }
}
