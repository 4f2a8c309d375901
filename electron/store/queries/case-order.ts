import { CASE_STATES } from '#shared/domain/case/case-state.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { compareApplicationNos, compareNames } from '#shared/domain/search/sort-keys.ts'
import type { SortColumn } from '#shared/ipc/contract.ts'
import { KeysSegment, type KeysTable, NO_DAY, SEGMENT_CASES, WORD } from '#shared/store-format/case-facts.ts'
import type { ReadableDb } from '../db/statements.ts'
import { changedSegments, type FactColumns, isPresent, numberIn } from './fact-columns.ts'

/**
 * The cases in the order of one column: every case number once, by key, equal texts by case number. Made when a column
 * is first sorted by, then kept and patched where cases changed.
 */
export interface CaseOrder {
  readonly nos: Uint32Array
  /** Whether the case has nothing to sort by: it comes last whichever way the list is sorted. */
  readonly isBlank: (no: number) => boolean
  readonly compare: (one: number, other: number) => number
  /** The sort key of a case; between equal ones `compare` may know more. */
  readonly keyOf: (no: number) => OrderKey
  /** Other cases in the same order. */
  readonly sort: (nos: Uint32Array<ArrayBuffer>) => Uint32Array
}

export type OrderKey = readonly [high: number, low: number]

/** How one column sorts. */
interface SortRule {
  readonly keyOf: (no: number) => OrderKey
  /** By key alone. */
  readonly compareKeys: (one: number, other: number) => number
  /** Keys in passes of 16 bits, the lowest first. */
  readonly passes: ReadonlyArray<(no: number) => number>
  readonly texts: SortTexts | null
}

/** Where the key does not hold the whole text. */
interface SortTexts {
  readonly goesOn: (no: number) => boolean
  readonly textOf: (no: number) => string
  readonly compare: (one: string, other: string) => number
}

/** Each as of its own version: what nobody asks for is not brought up to date. */
interface KeptOrders {
  readonly orders: Map<SortColumn, { readonly version: number; readonly order: CaseOrder }>
  readonly keys: Map<KeysTable, { readonly version: number; readonly keys: SortKeys }>
}

const kept = new WeakMap<ReadableDb, KeptOrders>()

function keptOrders(db: ReadableDb): KeptOrders {
  const known = kept.get(db) ?? { orders: new Map(), keys: new Map() }
  kept.set(db, known)
  return known
}

export function caseOrder(db: ReadableDb, columns: FactColumns, column: SortColumn): CaseOrder {
  const { orders } = keptOrders(db)
  const known = orders.get(column)
  if (known?.version === columns.version) return known.order
  const rule = sortRule(db, columns, column)
  const changed = known === undefined ? null : changedSegments(db, known.version)
  const isPatch = known !== undefined && changed !== null
  const order = isPatch ? patchOrder(known.order, { columns, rule, changed }) : makeOrder(columns, rule)
  orders.set(column, { version: columns.version, order })
  return order
}

function sortRule(db: ReadableDb, columns: FactColumns, column: SortColumn): SortRule {
  switch (column) {
    case 'appliedOn':
      return byDay(columns.appliedOn)
    case 'dueOn':
      return byDay(columns.dueOn)
    case 'state':
      return byCode(columns, WORD.state, ranksOf(columns.codes.state, CASE_STATES))
    case 'service':
      return byCode(columns, WORD.service, ranksOf(columns.codes.service, SERVICE_CODES))
    case 'dongCode':
      return byCode(columns, WORD.dong, ranksOf(columns.codes.dong, [...columns.codes.dong.keys()].sort()))
    case 'applicantName':
      return byText(db, keysOf(db, columns, 'case_name_keys'), { text: 'applicant_name', compare: compareNames })
    case 'applicationNo':
      return byText(db, keysOf(db, columns, 'case_number_keys'), {
        text: 'application_no',
        compare: compareApplicationNos
      })
  }
}

const byDay = (days: Uint16Array): SortRule => byNumber((no) => days[no] ?? 0)

const byCode = (
  columns: FactColumns,
  field: (typeof WORD)['state' | 'service' | 'dong'],
  ranks: Uint16Array
): SortRule => byNumber((no) => ranks[numberIn(columns.words[no] ?? 0, field)] ?? 0)

const byNumber = (numberOf: (no: number) => number): SortRule => ({
  keyOf: (no) => [numberOf(no), 0],
  compareKeys: (one, other) => numberOf(one) - numberOf(other),
  passes: [numberOf],
  texts: null
})

/** Rank by code number; a code that this program does not know comes last. */
function ranksOf(codes: ReadonlyMap<string, number>, order: readonly string[]): Uint16Array {
  const ranks = new Uint16Array(Math.max(0, ...codes.values()) + 1)
  for (const [code, number] of codes) ranks[number] = order.includes(code) ? order.indexOf(code) : order.length
  return ranks
}

interface SortKeys {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

function keysOf(db: ReadableDb, columns: FactColumns, table: KeysTable): SortKeys {
  const { keys } = keptOrders(db)
  const known = keys.get(table)
  if (known?.version === columns.version) return known.keys
  const hasRoom = known !== undefined && known.keys.high.length === columns.words.length
  const changed = hasRoom ? changedSegments(db, known.version) : null
  const current =
    hasRoom && changed !== null ? patchKeys(db, table, { keys: known.keys, changed }) : loadKeys(db, columns, table)
  keys.set(table, { version: columns.version, keys: current })
  return current
}

function loadKeys(db: ReadableDb, { words }: FactColumns, table: KeysTable): SortKeys {
  const keys = { high: new Uint32Array(words.length), low: new Uint32Array(words.length) }
  for (const row of db.iterate<{ segment: number; keys: Uint8Array }>(`SELECT segment, keys FROM ${table}`)) {
    setKeys(keys, row.segment, row.keys)
  }
  return keys
}

function patchKeys(
  db: ReadableDb,
  table: KeysTable,
  { keys, changed }: { keys: SortKeys; changed: readonly number[] }
): SortKeys {
  for (const segment of changed) {
    const packed = db.pluck<Uint8Array>(`SELECT keys FROM ${table} WHERE segment = ?`, segment)
    if (packed !== undefined) setKeys(keys, segment, packed)
  }
  return keys
}

function setKeys({ high, low }: SortKeys, segment: number, bytes: Uint8Array): void {
  const packed = new KeysSegment(bytes)
  high.set(packed.high, segment * SEGMENT_CASES)
  low.set(packed.low, segment * SEGMENT_CASES)
}

function byText(
  db: ReadableDb,
  { high, low }: SortKeys,
  { text, compare }: { text: 'applicant_name' | 'application_no'; compare: SortTexts['compare'] }
): SortRule {
  return {
    keyOf: (no) => [high[no] ?? 0, low[no] ?? 0],
    compareKeys: (one, other) => (high[one] ?? 0) - (high[other] ?? 0) || (low[one] ?? 0) - (low[other] ?? 0),
    passes: [
      (no) => (low[no] ?? 0) & 0xffff,
      (no) => (low[no] ?? 0) >>> 16,
      (no) => (high[no] ?? 0) & 0xffff,
      (no) => (high[no] ?? 0) >>> 16
    ],
    texts: {
      goesOn: (no) => ((low[no] ?? 0) & 1) === 1,
      textOf: (no) => db.pluck<string>(`SELECT ${text} FROM cases WHERE no = ?`, no) ?? '',
      compare
    }
  }
}

function makeOrder(columns: FactColumns, rule: SortRule): CaseOrder {
  const nos = new Uint32Array(columns.cases)
  let count = 0
  for (let no = 1; no < columns.end; no++) if (isPresent(columns.words[no] ?? 0)) nos[count++] = no
  return orderOf(sortNos(nos, rule), rule)
}

/** Rising case numbers in the order of the rule. */
function sortNos(nos: Uint32Array<ArrayBuffer>, rule: SortRule): Uint32Array {
  if (nos.length < WORTH_PASSES) return nos.slice().sort(comparison(rule))
  let sorted = nos
  for (const pass of rule.passes) sorted = sortedBy(sorted, pass)
  if (rule.texts !== null) sortTies(sorted, rule, rule.texts)
  return sorted
}

/** Fewer are sorted sooner by comparing. */
const WORTH_PASSES = 500

/** One stable counting pass. */
function sortedBy(nos: Uint32Array<ArrayBuffer>, key: (no: number) => number): Uint32Array<ArrayBuffer> {
  const keys = new Uint16Array(nos.length)
  const starts = new Uint32Array(65_537)
  for (let at = 0; at < nos.length; at++) {
    const value = key(nos[at] ?? 0)
    keys[at] = value
    starts[value + 1] = (starts[value + 1] ?? 0) + 1
  }
  for (let value = 0; value < 65_536; value++) starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0)
  const sorted = new Uint32Array(nos.length)
  for (let at = 0; at < nos.length; at++) {
    const value = keys[at] ?? 0
    const place = starts[value] ?? 0
    starts[value] = place + 1
    sorted[place] = nos[at] ?? 0
  }
  return sorted
}

/** Sorts each run of equal keys that do not hold the whole text by the texts, each read once. */
function sortTies(nos: Uint32Array, rule: SortRule, { goesOn, textOf, compare }: SortTexts): void {
  for (let from = 0; from < nos.length; ) {
    const first = nos[from] ?? 0
    let to = from + 1
    while (to < nos.length && rule.compareKeys(first, nos[to] ?? 0) === 0) to += 1
    if (to - from > 1 && goesOn(first)) {
      const run = Array.from(nos.subarray(from, to), (no) => ({ no, text: textOf(no) }))
      run.sort((one, other) => compare(one.text, other.text) || one.no - other.no)
      nos.set(
        run.map(({ no }) => no),
        from
      )
    }
    from = to
  }
}

const comparison =
  ({ compareKeys, texts }: SortRule) =>
  (one: number, other: number): number => {
    const byKey = compareKeys(one, other)
    if (byKey !== 0) return byKey
    const byText = texts?.goesOn(one) === true ? texts.compare(texts.textOf(one), texts.textOf(other)) : 0
    return byText || one - other
  }

const orderOf = (nos: Uint32Array, rule: SortRule): CaseOrder => ({
  nos,
  isBlank: (no) => rule.texts === null && rule.keyOf(no)[0] === NO_DAY,
  compare: comparison(rule),
  keyOf: rule.keyOf,
  sort: (some) => sortNos(some, rule)
})

/** The order without the cases of the changed segments, and these merged in where they belong now. */
function patchOrder(
  order: CaseOrder,
  { columns, rule, changed }: { columns: FactColumns; rule: SortRule; changed: readonly number[] }
): CaseOrder {
  const moved: number[] = []
  const isMoved = new Uint8Array(Math.ceil(columns.words.length / SEGMENT_CASES))
  for (const segment of changed) {
    isMoved[segment] = 1
    for (let no = segment * SEGMENT_CASES; no < (segment + 1) * SEGMENT_CASES; no++) {
      if (isPresent(columns.words[no] ?? 0)) moved.push(no)
    }
  }
  const sorted = sortNos(Uint32Array.from(moved), rule)
  const compare = comparison(rule)
  const nos = new Uint32Array(columns.cases)
  let count = 0
  let next = 0
  for (const no of order.nos) {
    if (isMoved[Math.floor(no / SEGMENT_CASES)] === 1) continue
    while (next < sorted.length && compare(sorted[next] ?? 0, no) < 0) nos[count++] = sorted[next++] ?? 0
    nos[count++] = no
  }
  while (next < sorted.length) nos[count++] = sorted[next++] ?? 0
  return orderOf(nos, rule)
}
