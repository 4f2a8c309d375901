import type { CaseRecord } from '#shared/domain/case/case.ts'
import { packSearchable, type Searchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { packRecord } from './case-body.ts'
import { caseToRow, INSERT_BODY, INSERT_CASE } from './case-columns.ts'
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
  readonly searchable: Searchable
}

/** Puts many new cases into a store, the oldest first: rows and list columns. What the search needs is for its index. */
export interface CaseLoader {
  /** null: the store has this case already, and nothing was done. */
  add(record: CaseRecord): LoadedCase | null
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
  return {
    add: (record) => {
      const searchable = searchableOf(record.case)
      const packed = packSearchable(searchable)
      const row = caseToRow(no + 1, record.case, { waiting: false, searchable: packed })
      if (tx.run(INSERT_NEW_CASE, ...row).changes === 0) return null
      no += 1
      added += 1
      tx.run(INSERT_BODY, no, packRecord(record, packed))
      facts.add(no, record)
      return { no, searchable }
    },
    finish: () => {
      facts.flush()
      tx.run('UPDATE case_totals SET cases = cases + ?, last_no = ?, version = ? WHERE one = 1', added, no, version)
    }
  }
}

/** Gathers whole segments; the first may have cases in it already. */
function createFactsSink(tx: SqlWriter, version: number) {
  const numbers = new Map<string, number>()
  const numberOf = (kind: CodeKind, code: string): number => {
    const known = numbers.get(kind + code)
    if (known !== undefined) return known
    const number = codeNumber(tx, kind, code)
    numbers.set(kind + code, number)
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
    add: (no: number, record: CaseRecord) => {
      if (current !== null && current.segment !== segmentOf(no)) flush()
      current ??= open(segmentOf(no))
      current.facts.put(no, caseFacts(record.case, numberOf))
      const keys = sortKeysOf(record.case)
      current.names.put(no, keys.name)
      current.numbers.put(no, keys.number)
    },
    flush
  }
}
