import { type CodeKind, FactsSegment, SEGMENT_CASES, storeVersion, WORD } from '#shared/store-format/case-facts.ts'
import type { ReadableDb } from '../db/statements.ts'

/**
 * What the list filters and sorts by, of every case, in memory: ten bytes a case, read from their packed segments when
 * first asked for and then only where something changed. Indexed by case number.
 */
export interface FactColumns {
  /** Rises when anything changed. */
  readonly version: number
  /** One more than the newest case number. */
  readonly end: number
  /** Cases that there are. */
  readonly cases: number
  readonly words: Uint32Array
  readonly assignees: Uint16Array
  readonly appliedOn: Uint16Array
  readonly dueOn: Uint16Array
  /** What the numbers in the words stand for. */
  readonly codes: Readonly<Record<CodeKind, ReadonlyMap<string, number>>>
}

const kept = new WeakMap<ReadableDb, FactColumns>()

/** The columns as the store is now. Not to be asked for inside a write transaction, which may still be rolled back. */
export function factColumns(db: ReadableDb): FactColumns {
  const known = kept.get(db)
  const version = storeVersion(db)
  if (known?.version === version) return known
  const loaded = load(db, known, version)
  kept.set(db, loaded)
  return loaded
}

function load(db: ReadableDb, known: FactColumns | undefined, version: number): FactColumns {
  const totals = db.get<{ cases: number; last_no: number }>('SELECT cases, last_no FROM case_totals WHERE one = 1')
  const end = (totals?.last_no ?? 0) + 1
  const columns = roomFor(end, known)
  const segments = db.iterate<{ segment: number; facts: Uint8Array }>(
    'SELECT segment, facts FROM case_facts WHERE version > ?',
    known?.version ?? -1
  )
  for (const { segment, facts } of segments) {
    const packed = new FactsSegment(facts)
    const at = segment * SEGMENT_CASES
    columns.words.set(packed.words, at)
    columns.assignees.set(packed.assignees, at)
    columns.appliedOn.set(packed.appliedOn, at)
    columns.dueOn.set(packed.dueOn, at)
  }
  return { ...columns, version, end, cases: totals?.cases ?? 0, codes: readCodes(db) }
}

/** More changed segments than these, and what was made from the columns is made anew. */
const MOST_CHANGED = 64

/** The segments that changed after a version; null when they are too many to patch. */
export function changedSegments(db: ReadableDb, version: number): number[] | null {
  const rows = db.all<{ segment: number }>(
    'SELECT segment FROM case_facts WHERE version > ? LIMIT ?',
    version,
    MOST_CHANGED + 1
  )
  return rows.length > MOST_CHANGED ? null : rows.map(({ segment }) => segment).sort((one, other) => one - other)
}

type Arrays = Pick<FactColumns, 'words' | 'assignees' | 'appliedOn' | 'dueOn'>

/** The known arrays when they are long enough, else longer ones, with room to grow. */
function roomFor(end: number, known: FactColumns | undefined): Arrays {
  if (known !== undefined && known.words.length >= end + SEGMENT_CASES) return known
  const length = Math.ceil((end * 1.05 + 2 * SEGMENT_CASES) / SEGMENT_CASES) * SEGMENT_CASES
  const arrays: Arrays = {
    words: new Uint32Array(length),
    assignees: new Uint16Array(length),
    appliedOn: new Uint16Array(length),
    dueOn: new Uint16Array(length)
  }
  if (known !== undefined) {
    arrays.words.set(known.words)
    arrays.assignees.set(known.assignees)
    arrays.appliedOn.set(known.appliedOn)
    arrays.dueOn.set(known.dueOn)
  }
  return arrays
}

function readCodes(db: ReadableDb): FactColumns['codes'] {
  const codes = {
    state: new Map<string, number>(),
    service: new Map<string, number>(),
    dong: new Map<string, number>(),
    assignee: new Map<string, number>()
  }
  const rows = db.all<{ kind: CodeKind; code: string; number: number }>('SELECT kind, code, number FROM case_codes')
  for (const { kind, code, number } of rows) codes[kind].set(code, number)
  return codes
}

/** The number of a word's state, service or dong. */
export const numberIn = (word: number, field: { readonly shift: number; readonly bits: number }): number =>
  (word >>> field.shift) & (2 ** field.bits - 1)

export const isPresent = (word: number): boolean => (word & WORD.present) !== 0
