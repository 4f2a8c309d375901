import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Case } from '#shared/domain/case/case.ts'
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
export async function seedCentre(deps: SeedDeps, cases: Iterable<Case>): Promise<number> {
  let count = 0
  let batch: Case[] = []
  for (const subject of cases) {
    batch.push(subject)
    if (batch.length < BATCH) continue
    count += await insertBatch(deps, batch)
    batch = []
  }
  if (batch.length > 0) count += await insertBatch(deps, batch)
  return count
}

async function insertBatch(deps: SeedDeps, cases: readonly Case[]): Promise<number> {
  const keys = await deps.keyRing.ensureCaseKeys(cases.map((subject) => subject.id))
  const districts = [...new Set(cases.map((subject) => subject.districtCode))].sort()
  await runTx(deps.pool, async (tx) => {
    const rows: CaseRow[] = []
    const tags: BlindTag[] = []
    for (const districtCode of districts) {
      const group = cases.filter((subject) => subject.districtCode === districtCode)
      const numbered = await numberCases(tx, districtCode, group)
      const firstSeq = await takeSeqs(tx, { districtCode, count: numbered.length })
      numbered.forEach((subject, index) => {
        const key = keys.get(subject.id)
        if (key === undefined) throw new Error('a new case has no key')
        const record = { case: subject, rev: 1, fieldRevs: {} }
        rows.push(caseToRow({ cipher: deps.cipher, key }, record, firstSeq + index))
        tags.push(...blindTagsOf({ cipher: deps.cipher, blindIndexKey: deps.keyRing.blindIndexKey }, subject))
      })
    }
    await insertCaseRows(tx, rows)
    await insertBlindTags(tx, tags)
  })
  return cases.length
}

async function numberCases(tx: Tx, districtCode: string, cases: readonly Case[]): Promise<Case[]> {
  const numbers = await lockApplicationNumbers(
    tx,
    districtCode,
    cases.map((subject) => subject.appliedOn)
  )
  const numbered = cases.map((subject) => {
    const applicationNo = numbers.next(subject.appliedOn)
    numbers.take(subject.appliedOn)
    return { ...subject, applicationNo }
  })
  await numbers.save(tx)
  return numbered
}
