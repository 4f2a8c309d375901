import { applicationNoKey, nameKey } from '#shared/domain/search/sort-keys.ts'
import type { ListedCase } from './case-columns.ts'
import type { SqlReader, SqlWriter } from './sql.ts'

/**
 * What the list filters and sorts by, packed column by column for 128 cases at a time. A million cases are ten megabytes
 * that load in a moment, and any filter is one pass over one word a case.
 */

export const SEGMENT_CASES = 128
export const segmentOf = (no: number): number => Math.floor(no / SEGMENT_CASES)
const slotOf = (no: number): number => no % SEGMENT_CASES

/** The word of a case: a bit that it is there, then the numbers of its state, service and dong. 0: no such case. */
export const WORD = {
  present: 1,
  state: { shift: 1, bits: 6 },
  service: { shift: 7, bits: 6 },
  dong: { shift: 13, bits: 18 }
} as const

export const NO_DAY = 0xffff
const DAY_MS = 86_400_000

/** Days since 1970; days before it count as its first, days after 2149 as the last. */
export const dayNumber = (date: string): number =>
  Math.max(0, Math.min(NO_DAY - 1, Date.parse(`${date}T00:00:00Z`) / DAY_MS))

export type CodeKind = 'state' | 'service' | 'dong' | 'assignee'

export interface CaseFacts {
  readonly word: number
  /** 0: nobody. */
  readonly assignee: number
  readonly appliedOn: number
  readonly dueOn: number
}

/** One segment: four columns, one after the other. */
export class FactsSegment {
  readonly bytes: Uint8Array
  readonly words: Uint32Array
  readonly assignees: Uint16Array
  readonly appliedOn: Uint16Array
  readonly dueOn: Uint16Array

  constructor(stored?: Uint8Array) {
    this.bytes = new Uint8Array(SEGMENT_CASES * 10)
    if (stored !== undefined) this.bytes.set(stored)
    const { buffer } = this.bytes
    this.words = new Uint32Array(buffer, 0, SEGMENT_CASES)
    this.assignees = new Uint16Array(buffer, SEGMENT_CASES * 4, SEGMENT_CASES)
    this.appliedOn = new Uint16Array(buffer, SEGMENT_CASES * 6, SEGMENT_CASES)
    this.dueOn = new Uint16Array(buffer, SEGMENT_CASES * 8, SEGMENT_CASES)
  }

  put(no: number, facts: CaseFacts): void {
    const slot = slotOf(no)
    this.words[slot] = facts.word
    this.assignees[slot] = facts.assignee
    this.appliedOn[slot] = facts.appliedOn
    this.dueOn[slot] = facts.dueOn
  }
}

const GONE: CaseFacts = { word: 0, assignee: 0, appliedOn: 0, dueOn: 0 }

export function caseFacts(subject: ListedCase, numberOf: (kind: CodeKind, code: string) => number): CaseFacts {
  const state = numberOf('state', subject.state)
  const service = numberOf('service', subject.service)
  const dong = numberOf('dong', subject.dongCode)
  return {
    word: WORD.present | (state << WORD.state.shift) | (service << WORD.service.shift) | (dong << WORD.dong.shift),
    assignee: subject.assigneeId === null ? 0 : numberOf('assignee', subject.assigneeId),
    appliedOn: dayNumber(subject.appliedOn),
    dueOn: subject.dueOn === null ? NO_DAY : dayNumber(subject.dueOn)
  }
}

const MOST_CODES: Readonly<Record<CodeKind, number>> = {
  state: 2 ** WORD.state.bits - 1,
  service: 2 ** WORD.service.bits - 1,
  dong: 2 ** WORD.dong.bits - 1,
  assignee: 2 ** 16 - 1
}

/** The number that stands for the code in this store, from 1; a new code gets the next one. */
export function codeNumber(tx: SqlWriter, kind: CodeKind, code: string): number {
  const known = tx.pluck<number>('SELECT number FROM case_codes WHERE kind = ? AND code = ?', kind, code)
  if (known !== undefined) return known
  const number = (tx.pluck<number>('SELECT max(number) FROM case_codes WHERE kind = ?', kind) ?? 0) + 1
  if (number > MOST_CODES[kind]) throw new Error(`too many codes of kind ${kind}`)
  tx.run('INSERT INTO case_codes (kind, code, number) VALUES (?, ?, ?)', kind, code, number)
  return number
}

/** Sort keys of a segment: the high halves, then the low halves. */
export class KeysSegment {
  readonly bytes: Uint8Array
  readonly high: Uint32Array
  readonly low: Uint32Array

  constructor(stored?: Uint8Array) {
    this.bytes = new Uint8Array(SEGMENT_CASES * 8)
    if (stored !== undefined) this.bytes.set(stored)
    this.high = new Uint32Array(this.bytes.buffer, 0, SEGMENT_CASES)
    this.low = new Uint32Array(this.bytes.buffer, SEGMENT_CASES * 4, SEGMENT_CASES)
  }

  put(no: number, { high, low }: { high: number; low: number }): void {
    this.high[slotOf(no)] = high
    this.low[slotOf(no)] = low
  }
}

export const sortKeysOf = (subject: Pick<ListedCase, 'applicantName' | 'applicationNo'>) => ({
  name: nameKey(subject.applicantName),
  number: applicationNoKey(subject.applicationNo)
})

/** Writes the facts of one case as of this version of the store. */
export function writeFacts(tx: SqlWriter, no: number, { facts, version }: { facts: CaseFacts; version: number }): void {
  const segment = segmentOf(no)
  const packed = new FactsSegment(factsOf(tx, segment))
  packed.put(no, facts)
  storeFacts(tx, segment, { bytes: packed.bytes, version })
}

const factsOf = (db: SqlReader, segment: number): Uint8Array | undefined =>
  db.pluck<Uint8Array>('SELECT facts FROM case_facts WHERE segment = ?', segment)

export function storeFacts(
  tx: Pick<SqlWriter, 'run'>,
  segment: number,
  { bytes, version }: { bytes: Uint8Array; version: number }
): void {
  tx.run(
    `INSERT INTO case_facts (segment, version, facts) VALUES (?, ?, ?)
     ON CONFLICT (segment) DO UPDATE SET version = excluded.version, facts = excluded.facts`,
    segment,
    version,
    bytes
  )
}

const KEYS_TABLES = ['case_name_keys', 'case_number_keys'] as const
export type KeysTable = (typeof KEYS_TABLES)[number]

const NO_KEY = { high: 0, low: 0 }

const keysOf = (db: SqlReader, table: KeysTable, segment: number): Uint8Array | undefined =>
  db.pluck<Uint8Array>(`SELECT keys FROM ${table} WHERE segment = ?`, segment)

export function writeKeys(
  tx: SqlWriter,
  table: KeysTable,
  { no, key }: { no: number; key: { high: number; low: number } }
): void {
  const segment = segmentOf(no)
  const packed = new KeysSegment(keysOf(tx, table, segment))
  packed.put(no, key)
  storeKeys(tx, table, { segment, bytes: packed.bytes })
}

export function storeKeys(
  tx: Pick<SqlWriter, 'run'>,
  table: KeysTable,
  { segment, bytes }: { segment: number; bytes: Uint8Array }
): void {
  tx.run(
    `INSERT INTO ${table} (segment, keys) VALUES (?, ?) ON CONFLICT (segment) DO UPDATE SET keys = excluded.keys`,
    segment,
    bytes
  )
}

/** Takes the cases out of the list: what is packed together is unpacked once. */
export function clearListed(tx: SqlWriter, nos: readonly number[], version: number): void {
  for (const segment of new Set(nos.map(segmentOf))) {
    const of = nos.filter((no) => segmentOf(no) === segment)
    const facts = new FactsSegment(factsOf(tx, segment))
    for (const no of of) facts.put(no, GONE)
    storeFacts(tx, segment, { bytes: facts.bytes, version })
    for (const table of KEYS_TABLES) {
      const keys = new KeysSegment(keysOf(tx, table, segment))
      for (const no of of) keys.put(no, NO_KEY)
      storeKeys(tx, table, { segment, bytes: keys.bytes })
    }
  }
}

/** Rises with every change of a case. */
export const storeVersion = (db: SqlReader): number =>
  db.pluck<number>('SELECT version FROM case_totals WHERE one = 1') ?? 0
