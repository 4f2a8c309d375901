import { v7 as newUuid } from 'uuid'
import { afterEach, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import type { BatchHead, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import type { SnapshotResponse } from '#shared/sync-protocol/snapshot.ts'
import type { StoreDb } from '../../electron/store/db/database.ts'
import type { CentreOptions } from '../../server/centre.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { batchAt, createTestBatchDesk, testItem, testPlan } from '../../server/testing/test-batch-commands.ts'
import type { TestCentre, TestDesk } from '../../server/testing/test-centre.ts'
import { push } from '../../server/testing/test-commands.ts'
import { openRestoreFixture } from './restore-fixture.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

const closing: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
const officeOf = async (over: Partial<CentreOptions> = {}): Promise<SyncFixture> => {
  const office = await openSyncFixture(over)
  closing.push(office.close)
  return office
}

const CASES = 1_500
const seed = (centre: TestCentre) => {
  const make = createCaseGenerator({ seed: 6, districtCodes: ['11680'], today: '2026-11-20', count: CASES })
  return seedCentre(
    centre.centre,
    Array.from({ length: CASES }, (_, index) => make(index))
  )
}

/** A batch that somebody of the district has planned, with a list that no single line holds. */
async function planned(centre: TestCentre): Promise<{ author: TestDesk; batchId: string }> {
  const author = await centre.signIn(await centre.addAccount())
  const acts = createTestBatchDesk(author)
  const items = Array.from({ length: 700 }, () => testItem(newUuid()))
  await push(author, [
    acts.act({ name: 'batch.plan', args: testPlan }),
    acts.act({ name: 'batch.list', args: { items: items.slice(0, 500) } }),
    acts.act({ name: 'batch.list', args: { items: items.slice(500) } })
  ])
  return { author, batchId: acts.batchId }
}

/** The copy of the district is made. */
async function copyReady(first: TestDesk): Promise<void> {
  const payload = { encoding: 'zstd', format: STORE_FORMAT }
  for (;;) {
    const answer: SnapshotResponse = (await first.call({ method: 'POST', url: '/v1/snapshot', payload })).json()
    if (answer.type === 'Ready') return
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function batchesIn(db: StoreDb): DestructionBatch[] {
  const items = db
    .all<{ item: string }>('SELECT item FROM destruction_items ORDER BY batch_id, case_id')
    .map(({ item }) => JSON.parse(item) as ListedItem)
  return db
    .all<{ head: string }>('SELECT head FROM destruction_batches ORDER BY id')
    .map(({ head }) => ({ ...(JSON.parse(head) as BatchHead), items }))
}

test.each<[string, Partial<CentreOptions>]>([
  ['as lines', {}],
  ['in packed pages', { packedFrom: 500 }],
  ['as a copy that is made ready', { snapshotLimits: { fewest: 1_000, most: 10_000 } }]
])(
  'a first download %s brings the batches whole, and later what changed of them',
  async (_how, over) => {
    const office = await officeOf(over)
    await seed(office.centre)
    const { author, batchId } = await planned(office.centre)
    if (over.snapshotLimits !== undefined) await copyReady(author)
    const desk = await office.openDesk()
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
    expect(desk.db.pluck('SELECT count(*) FROM cases')).toBe(CASES)
    expect(batchesIn(desk.db)).toEqual([await batchAt(author, batchId)])
    const more = createTestBatchDesk(author, { batchId, lastSeq: 3 })
    await push(author, [more.act({ name: 'batch.list', args: { items: [testItem(newUuid())] } })])
    await push(author, [more.act({ name: 'batch.submit', args: {} })])
    await desk.sync.syncNow()
    const now = await batchAt(author, batchId)
    expect([now?.state, now?.items.length]).toEqual(['reviewing', 701])
    expect(batchesIn(desk.db)).toEqual([now])
  },
  60_000
)

test('a desk of another district hears of no batch', async () => {
  const office = await officeOf()
  await planned(office.centre)
  const desk = await office.openDesk({ districtCode: '11440' })
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
  expect(batchesIn(desk.db)).toEqual([])
})

test('a centre that was set back and lost acts on a batch is believed: the desk has it as the centre does', async () => {
  const office = await openRestoreFixture()
  closing.push(office.close)
  const desk = await office.openDesk()
  desk.register()
  await desk.sync.syncNow()
  const backup = await office.backUp()
  await planned(office.centre())
  const later = desk.register()
  await desk.sync.syncNow()
  expect(batchesIn(desk.db)).toHaveLength(1)
  const centre = await office.restore({ casesUrl: backup.casesUrl })
  await desk.sync.syncNow()
  const admin = await centre.signIn(await centre.addAccount({ role: 'administrator' }))
  const payload = { reason: '나머지 PC는 폐기됨' }
  await admin.call({ method: 'POST', url: '/v1/admin/restore/open', payload })
  await expect.poll(async () => (await desk.sync.syncNow()).state, { timeout: 20_000 }).toBe('current')
  expect(batchesIn(desk.db)).toEqual([])
  expect(desk.shown(later)).not.toBeNull()
}, 60_000)
