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
  let batch: CaseRecord[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length < BATCH) continue
    count += await insertBatch(deps, batch)
    batch = []
  }
  if (batch.length > 0) count += await insertBatch(deps, batch)
  return count
}

async function insertBatch(deps: SeedDeps, records: readonly CaseRecord[]): Promise<number> {
  const keys = await deps.keyRing.ensureCaseKeys(records.map((record) => record.case.id))
  const districts = [...new Set(records.map((record) => record.case.districtCode))].sort()
  await runTx(deps.pool, async (tx) => {
    const rows: CaseRow[] = []
    const tags: BlindTag[] = []
    for (const districtCode of districts) {
      const group = records.filter((record) => record.case.districtCode === districtCode)
      const numbered = await numberCases(tx, districtCode, group)
      const firstSeq = await takeSeqs(tx, { districtCode, count: numbered.length })
      numbered.forEach((record, index) => {
        const key = keys.get(record.case.id)
        if (key === undefined) throw new Error('a new case has no key')
        rows.push(caseToRow({ cipher: deps.cipher, key }, record, firstSeq + index))
        tags.push(...blindTagsOf({ cipher: deps.cipher, blindIndexKey: deps.keyRing.blindIndexKey }, record.case))
      })
    }
    await insertCaseRows(tx, rows)
    await insertBlindTags(tx, tags)
  })
  return records.length
}

async function numberCases(tx: Tx, districtCode: string, records: readonly CaseRecord[]): Promise<CaseRecord[]> {
  const days = records.map((record) => record.case.appliedOn)
  const numbers = await lockApplicationNumbers(tx, districtCode, days)
  const numbered = records.map((record) => {
    const applicationNo = numbers.next(record.case.appliedOn)
    numbers.take(record.case.appliedOn)
    return { ...record, case: { ...record.case, applicationNo } }
  })
  await numbers.save(tx)
  return numbered
}
