import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { ReadLine } from '#shared/sync-protocol/read-pull-line.ts'
import { createIndexPass } from '../db/index-pass.ts'
import { carriedPolicies } from '../policy/policies.ts'
import { createReception } from '../sync/reception.ts'
import { openTestStore } from './test-store.ts'

/** Cases of the made-up download, and how it begins. */
export const DOWNLOADED = 6000
export const downloadedCase = createCaseGenerator({
  seed: 8,
  districtCodes: ['11680'],
  today: '2026-11-20',
  count: DOWNLOADED
})
export const downloadStart: ReadLine = {
  ...{ type: 'start', centreId: '01930000-0000-7000-8000-000000000001', total: DOWNLOADED },
  ...{ generation: 0, deviceSeq: 0 }
}

export const downloadDeps = {
  policies: carriedPolicies(),
  sealToCentre: () => null,
  now: () => '2026-11-23T02:00:00.000Z',
  onProgress: () => undefined,
  onCases: () => undefined,
  onLoaded: () => undefined,
  onErased: () => undefined,
  onBatches: () => undefined,
  onStaff: () => undefined
}

/** A store that takes a first download in and indexes it, and says after each part how far it is, until it is killed. */
function takeIn(): void {
  const store = openTestStore()
  const { db, dir, file, key } = store
  process.stdout.write(`${JSON.stringify({ dir, file, key: Buffer.from(key).toString('hex') })}\n`)
  const reception = createReception({ ...downloadDeps, db })
  expectOk(reception.take(downloadStart))
  const index = createIndexPass(db)
  let next = 0
  const goOn = (): void => {
    for (; next < DOWNLOADED && !reception.isFull(); next += 1) {
      expectOk(reception.take({ type: 'case', seq: next + 1, record: downloadedCase(next) }))
    }
    expectOk(reception.store())
    for (let steps = 0; steps < 4; steps += 1) index.step()
    process.stdout.write('stored\n', () => setImmediate(goOn))
  }
  goOn()
}

if (process.argv[1] === import.meta.filename) takeIn()
