import type { Cipher } from '#shared/cipher/cipher.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { lockApplicationNumbers } from '../cases/application-no.ts'
import { type BlindTag, blindTagsOf, insertBlindTags } from '../cases/blind-index.ts'
import { type CaseRow, caseToRow, insertCaseRows } from '../cases/case-rows.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { takeSeqs } from '../sync/district-stream.ts'

export interface SeedDeps {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
}

/** Cases that share a transaction. */
const BATCH = 1_000

/**
 * Puts many new cases into the centre, as if each had just been registered: sealed under a key of its own, numbered by
 * the centre, placed in its district's stream. Returns how many. For demo data and benches.
 */
export async function seedCentre(deps: SeedDeps, records: Iterable<CaseRecord>): Promise<number> {
  let count = 0
  let writing: Promise<void> = Promise.resolve()
  for (const batch of batchesOf(records)) {
    const prepared = await prepareBatch(deps, batch) // sealed while PostgreSQL writes the batch before
    await writing
    writing = writeBatch(deps, prepared)
    writing.catch(() => undefined) // thrown where it is awaited, in the next round or after the last
    count += batch.length
  }
  await writing
  return count
}

function* batchesOf(records: Iterable<CaseRecord>): Generator<CaseRecord[]> {
  let batch: CaseRecord[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

interface PreparedBatch {
  /** Not yet numbered and placed. */
  readonly rows: readonly CaseRow[]
  readonly tags: readonly BlindTag[]
}

async function prepareBatch({ keyRing, cipher }: SeedDeps, records: readonly CaseRecord[]): Promise<PreparedBatch> {
  const keys = await keyRing.ensureCaseKeys(records.map((record) => record.case.id))
  const rows = records.map((record) => {
    const key = keys.get(record.case.id)
    if (key === undefined) throw new Error('a new case has no key')
    return caseToRow({ cipher, key }, record, 0)
  })
  const tagDeps = { cipher, blindIndexKey: keyRing.blindIndexKey }
  return { rows, tags: records.flatMap((record) => blindTagsOf(tagDeps, record.case)) }
}

async function writeBatch({ pool }: SeedDeps, { rows, tags }: PreparedBatch): Promise<void> {
  await runTx(pool, async (tx) => {
    const placed: CaseRow[] = []
    for (const districtCode of [...new Set(rows.map((row) => row.district_code))].sort()) {
      const ofDistrict = rows.filter((row) => row.district_code === districtCode)
      placed.push(...(await placeRows(tx, districtCode, ofDistrict)))
    }
    await insertCaseRows(tx, placed)
    await insertBlindTags(tx, tags)
  })
}

/** Gives each row its application number and its place in the district's stream. */
async function placeRows(tx: Tx, districtCode: string, rows: readonly CaseRow[]): Promise<CaseRow[]> {
  const numbers = await lockApplicationNumbers(
    tx,
    districtCode,
    rows.map((row) => row.applied_on)
  )
  const firstSeq = await takeSeqs(tx, { districtCode, count: rows.length })
  const placed = rows.map((row, index) => {
    const application_no = numbers.next(row.applied_on)
    numbers.take(row.applied_on)
    return { ...row, application_no, seq: firstSeq + index }
  })
  await numbers.save(tx)
  return placed
}
