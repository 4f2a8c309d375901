import type { Cipher } from '#shared/cipher/cipher.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { lockApplicationNumbers } from '../cases/application-no.ts'
import { reviseBlindTags } from '../cases/blind-index.ts'
import {
  type CaseRow,
  caseToRow,
  insertCaseRows,
  lockCaseRows,
  moveCaseRows,
  tryRowToCase,
  updateCaseRows
} from '../cases/case-rows.ts'
import type { Tx } from '../db/run-tx.ts'
import { buriedAmong } from '../destruction/tombstones.ts'
import { noteMissingChunks } from '../documents/missing-chunks.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { noteWithdrawals } from '../provision/note-withdrawals.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import { removeGoneLines, writeGoneLines } from '../sync/gone-lines.ts'
import { tellGone } from './tell-gone.ts'

export interface AdoptDeps {
  readonly cipher: Cipher
  readonly keyRing: KeyRing
}

/** Under which restore, and from which PC. */
export interface Adoption {
  readonly generation: number
  readonly deviceId: string
  readonly districtCode: string
  readonly now: string
  /** From where in the district's stream the PC will receive anew. */
  readonly alikeUpTo: number
  /** The earliest restore that the PC has not reported for before this one. */
  readonly missedSince: number
}

/**
 * Takes back the records that are newer than the centre's. The highest revision counts, and any where the centre's does
 * not open. One that comes after the gate opened, for a case that was changed since, is another line of its history: it is
 * set aside, sealed, and the commands in it are decided again on what stands. What is buried stays buried. Gives back how
 * many were taken.
 */
export async function adoptCases(
  tx: Tx,
  deps: AdoptDeps,
  adoption: Adoption,
  given: readonly CaseRecord[]
): Promise<number> {
  const own = newestOfEach(given.filter((record) => record.case.districtCode === adoption.districtCode))
  const rows = new Map((await lockCaseRows(tx, [...own.keys()])).map((row) => [row.id, row]))
  const buried = await buriedAmong(tx, [...own.keys()])
  const isLate = await lateness(tx, adoption, rows)
  const unburied = [...own.values()].filter((record) => !buried.has(record.case.id))
  const keys = await deps.keyRing.ensureCaseKeys(unburied.map((record) => record.case.id))
  const alive = unburied.filter((record) => keys.has(record.case.id)) // what is being destroyed gets none any more
  const known = new Map([...rows].map(([id, row]) => [id, openRow(deps, keys.get(id), row)] as const))
  await setAside(tx, deps, adoption, { records: alive.filter(isLate), keys })
  const taken = alive.filter((record) => {
    const held = known.get(record.case.id) ?? null
    return !isLate(record) && (held === null || record.rev > held.rev)
  })
  const { districtCode, now } = adoption
  await writeRecords(tx, deps, { districtCode, now, records: taken, rows, known, keys })
  await noteAdopted(tx, adoption, taken)
  const isTaken = new Set(taken)
  const left = [...own.values()].filter((record) => !isTaken.has(record)).map((record) => record.case.id)
  await tellGone(tx, { districtCode, after: adoption.alikeUpTo }, left)
  return taken.length
}

/**
 * Each row against the gate of its own district, the first of those that the PC missed: places of two streams say nothing
 * of each other. One that stands as a PC brought it, or as it was shown again, was not written to since this gate opened.
 */
async function lateness(
  tx: Tx,
  { generation, missedSince }: Adoption,
  rows: ReadonlyMap<string, CaseRow>
): Promise<(record: CaseRecord) => boolean> {
  const { rows: gates } = await tx.query<{ district_code: string; opened_seq: number | null }>(
    `SELECT district_code, min(opened_seq) AS opened_seq FROM restore_ends
     WHERE generation BETWEEN $1 AND $2 AND district_code = ANY($3::text[]) GROUP BY district_code`,
    [missedSince, generation, [...new Set([...rows.values()].map((row) => row.district_code))]]
  )
  const opened = new Map(gates.map((gate) => [gate.district_code, gate.opened_seq]))
  const { rows: brought } = await tx.query<{ case_id: string; rev: number }>(
    'SELECT case_id, rev FROM adopted_cases WHERE generation = $1 AND case_id = ANY($2::uuid[])',
    [generation, missedSince < generation ? [] : [...rows.keys()]]
  )
  const asBrought = new Set(brought.map((row) => `${row.case_id} ${row.rev}`))
  return ({ case: { id } }) => {
    const row = rows.get(id)
    if (row === undefined || asBrought.has(`${id} ${row.rev}`)) return false
    return row.seq > (opened.get(row.district_code) ?? Number.MAX_SAFE_INTEGER)
  }
}

const openRow = ({ cipher }: AdoptDeps, key: Uint8Array | undefined, row: CaseRow): CaseRecord | null =>
  key === undefined ? null : tryRowToCase({ cipher, key }, row)

function newestOfEach(records: readonly CaseRecord[]): Map<string, CaseRecord> {
  const newest = new Map<string, CaseRecord>()
  for (const record of records) {
    if ((newest.get(record.case.id)?.rev ?? 0) < record.rev) newest.set(record.case.id, record)
  }
  return newest
}

export interface RecordsToWrite {
  readonly districtCode: string
  readonly now: string
  readonly records: readonly CaseRecord[]
  /** The rows that are there, locked. */
  readonly rows: ReadonlyMap<string, CaseRow>
  /** Their content; null: it does not open. */
  readonly known: ReadonlyMap<string, CaseRecord | null>
  readonly keys: ReadonlyMap<string, Uint8Array>
}

/** Writes records as they are, at new places of the stream. */
export async function writeRecords(tx: Tx, deps: AdoptDeps, write: RecordsToWrite): Promise<void> {
  const { districtCode, records, rows, keys } = write
  if (records.length === 0) return
  await noteWithdrawals(
    tx,
    records.map((record) => record.case)
  )
  const numbered = await withFreeNumbers(tx, districtCode, records, rows)
  const ids = records.map((record) => record.case.id)
  for (const [other, left] of elsewhere(rows, ids, districtCode)) {
    await writeGoneLines(tx, { districtCode: other, reason: 'scope', caseIds: left })
  }
  await removeGoneLines(tx, districtCode, ids)
  const firstSeq = await takeSeqs(tx, { districtCode, count: records.length })
  const made = numbered.map((record, index) => {
    const key = keys.get(record.case.id)
    if (key === undefined) throw new Error(`case ${record.case.id} has no key`)
    return caseToRow({ cipher: deps.cipher, key }, record, firstSeq + index)
  })
  const isThere = (row: CaseRow) => rows.get(row.id)?.district_code === districtCode
  await insertCaseRows(
    tx,
    made.filter((row) => !rows.has(row.id))
  )
  await moveCaseRows(
    tx,
    made.filter((row) => rows.has(row.id) && !isThere(row))
  )
  await updateCaseRows(tx, made.filter(isThere))
  const tagDeps = { cipher: deps.cipher, blindIndexKey: deps.keyRing.blindIndexKey }
  const revised = numbered.map((record) => ({
    before: write.known.get(record.case.id)?.case ?? null,
    after: record.case
  }))
  await noteMissingChunks(tx, records, write.now)
  await tx.query('DELETE FROM blind_indexes WHERE case_id = ANY($1::uuid[])', [
    revised.filter(({ before }) => before === null).map(({ after }) => after.id)
  ])
  await reviseBlindTags(tx, tagDeps, revised)
}

/** A number that was given to another case after the restore is not given twice: the case gets the next one. */
async function withFreeNumbers(
  tx: Tx,
  districtCode: string,
  records: readonly CaseRecord[],
  rows: ReadonlyMap<string, CaseRow>
): Promise<CaseRecord[]> {
  const fresh = records.filter((record) => rows.get(record.case.id)?.district_code !== districtCode)
  const days = fresh.map((record) => record.case.appliedOn)
  await lockApplicationNumbers(tx, districtCode, days) // the counters are there, and nobody else counts
  await tx.query(
    `UPDATE application_numbers n SET last_no = greatest(n.last_no, given.no)
     FROM (SELECT substr(application_no, 1, 7) AS month, max(substr(application_no, 9)::integer) AS no
           FROM unnest($2::text[]) AS numbers (application_no)
           WHERE application_no ~ '^[0-9]{4}-[0-9]{2}-[0-9]{4,8}$' GROUP BY 1) AS given
     WHERE n.district_code = $1 AND n.month = given.month`,
    [districtCode, fresh.map((record) => record.case.applicationNo)]
  )
  const { rows: used } = await tx.query<{ application_no: string }>(
    'SELECT application_no FROM cases WHERE district_code = $1 AND application_no = ANY($2::text[])',
    [districtCode, fresh.map((record) => record.case.applicationNo)]
  )
  const taken = new Set(used.map((row) => row.application_no))
  const clashing = new Set(fresh.filter((record) => taken.has(record.case.applicationNo)).map(({ case: { id } }) => id))
  if (clashing.size === 0) return [...records]
  const counters = await lockApplicationNumbers(tx, districtCode, days)
  const numbered = records.map((record) => {
    if (!clashing.has(record.case.id)) return record
    const applicationNo = counters.next(record.case.appliedOn)
    counters.take(record.case.appliedOn)
    return { ...record, case: { ...record.case, applicationNo } }
  })
  await counters.save(tx)
  return numbered
}

function elsewhere(
  rows: ReadonlyMap<string, CaseRow>,
  ids: readonly string[],
  districtCode: string
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const other = rows.get(id)?.district_code
    if (other === undefined || other === districtCode) continue
    groups.set(other, [...(groups.get(other) ?? []), id])
  }
  return groups
}

async function setAside(
  tx: Tx,
  { cipher }: AdoptDeps,
  { generation, deviceId, now }: Adoption,
  late: { readonly records: readonly CaseRecord[]; readonly keys: ReadonlyMap<string, Uint8Array> }
): Promise<void> {
  for (const record of late.records) {
    const { id } = record.case
    const key = late.keys.get(id)
    if (key === undefined) throw new Error(`case ${id} has no key`)
    const sealed = cipher.seal(key, new TextEncoder().encode(JSON.stringify(record)), `late-version:${id}:${deviceId}`)
    await tx.query(
      `INSERT INTO late_versions (case_id, generation, device_id, rev, at, sealed) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [id, generation, deviceId, record.rev, now, sealed]
    )
  }
}

const noteAdopted = (tx: Tx, adoption: Adoption, records: readonly CaseRecord[]): Promise<void> =>
  noteStanding(
    tx,
    adoption,
    records.map((record) => ({ id: record.case.id, rev: record.rev }))
  )

/** At these revisions the cases stand as a PC brought them, or had let go of them: nobody has written to them since. */
export async function noteStanding(
  tx: Tx,
  { generation, deviceId, now }: Adoption,
  cases: ReadonlyArray<{ readonly id: string; readonly rev: number }>
): Promise<void> {
  await tx.query(
    `INSERT INTO adopted_cases (case_id, generation, device_id, rev, at)
     SELECT case_id, $1, $2, rev, $3 FROM unnest($4::uuid[], $5::integer[]) AS given (case_id, rev) ON CONFLICT DO NOTHING`,
    [generation, deviceId, now, cases.map(({ id }) => id), cases.map(({ rev }) => rev)]
  )
}
