import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3-multiple-ciphers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { BODY_COLUMNS, type StoredBody, unpackRecord } from '#shared/store-format/case-body.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import { chunkContext, type SnapshotReady, type SnapshotResponse } from '#shared/sync-protocol/snapshot.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { seedCentre } from '../seed/seed-centre.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { destroyExpiredSnapshots, destroySnapshotsOf } from './snapshots.ts'

const COUNT = 700
const make = createCaseGenerator({ seed: 1, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => make(index))

let ahead = 0
let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({
    snapshotLimits: { fewest: 100, most: 10_000 },
    now: () => new Date(Date.now() + ahead).toISOString()
  })
  await seedCentre(server.centre, records)
})
afterAll(() => server.close())

const desk = async (districtCode = '11680') => server.signIn(await server.addAccount({ districtCode }))
const ask = async (by: TestDesk, over: object = {}): Promise<SnapshotResponse> => {
  const payload = { encoding: 'zstd', format: STORE_FORMAT, ...over }
  return (await by.call({ method: 'POST', url: '/v1/snapshot', payload })).json()
}
const part = (by: TestDesk, { snapshotId }: SnapshotReady, no = 0) =>
  by.call({ method: 'GET', url: `/v1/snapshot/${snapshotId}/chunks/${no}` })

async function ready(by: TestDesk): Promise<SnapshotReady> {
  for (;;) {
    const answer = await ask(by)
    if (answer.type === 'Ready') return answer
    expect(answer.type).toBe('Preparing')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const ledger = async () =>
  (
    await server.centre.pool.query(
      `SELECT cases, ready_at IS NOT NULL AS ready, destroyed_at IS NOT NULL AS destroyed,
         (SELECT count(*) FROM snapshot_takers WHERE snapshot_id = id) AS takers,
         (SELECT count(*) FROM snapshot_chunks WHERE snapshot_id = id) AS parts
       FROM snapshot_copies ORDER BY begun_at`
    )
  ).rows

test('a district is made ready once, for all its PCs, and holds every case as it is', async () => {
  const [one, other] = [await desk(), await desk()]
  const copy = await ready(one)
  expect((await ready(other)).snapshotId).toBe(copy.snapshotId)
  expect(copy).toMatchObject({ cases: COUNT, cursor: COUNT })
  const key = Buffer.from(copy.key, 'base64')
  const parts: Uint8Array[] = []
  for (const [no, sha256] of copy.chunks.entries()) {
    const sealed = (await part(one, copy, no)).rawPayload
    expect(Buffer.from(nodeCipher.sha256(sealed)).toString('hex')).toBe(sha256)
    expect(sealed.includes(records[0]?.case.applicant.name ?? '')).toBe(false)
    parts.push(zstdDecompressSync(nodeCipher.open(key, sealed, chunkContext(copy.snapshotId, no)) ?? Buffer.alloc(0)))
  }
  const image = new Database(Buffer.concat(parts))
  expect(image.pragma('integrity_check', { simple: true })).toBe('ok')
  const rows = image
    .prepare<[], StoredBody>(`SELECT ${BODY_COLUMNS} FROM cases c JOIN case_bodies b ON b.no = c.no ORDER BY c.no`)
    .all()
  const held = new Map(rows.map((row) => unpackRecord(row)).map((record) => [record.case.id, record.case.applicant]))
  expect(held).toEqual(new Map(records.map((record) => [record.case.id, record.case.applicant])))
  expect(image.prepare('SELECT count(*) FROM search_blocks').pluck().get()).toBeGreaterThan(1000)
  image.close()
  expect(await ledger()).toEqual([
    { cases: COUNT, ready: true, destroyed: false, takers: 2, parts: copy.chunks.length }
  ])
})

test('a part is for those of the district who were given the key', async () => {
  const copy = await ready(await desk())
  const notFound = { error: { type: 'NotFound' } }
  expect((await part(await desk(), copy)).json()).toEqual(notFound)
  expect((await part(await desk('11440'), copy)).json()).toEqual(notFound)
  const administrator = await server.signIn(await server.addAccount({ role: 'administrator' }))
  expect((await part(administrator, copy)).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  expect(await ask(await desk('11440'))).toEqual({ type: 'Unavailable' })
  expect(await ask(await desk(), { format: STORE_FORMAT + 1 })).toEqual({ type: 'Unavailable' })
})

test('a copy whose time is over is gone with its key, and the ledger says when', async () => {
  const by = await desk()
  const copy = await ready(by)
  ahead = 16 * 60_000
  expect((await part(by, copy)).statusCode).toBe(404)
  await destroyExpiredSnapshots(server.centre)
  const named = await server.centre.keysPool.query("SELECT name FROM named_keys WHERE name LIKE 'snapshot:%'")
  expect(named.rows).toEqual([])
  expect(await ledger()).toEqual([expect.objectContaining({ destroyed: true, parts: 0 })])
})

test('a copy from before a burial goes, also when the server ended before it could see to that', async () => {
  const by = await desk()
  const copy = await ready(by)
  await server.centre.pool.query(
    `INSERT INTO tombstones (case_id, district_code, reason, at) VALUES (gen_random_uuid(), '11680', 'destroyed', $1)`,
    [server.centre.now()]
  )
  await destroyExpiredSnapshots(server.centre)
  expect((await part(by, copy)).statusCode).toBe(404)
  await server.centre.pool.query('DELETE FROM tombstones')
})

test('a copy can be destroyed at once', async () => {
  const by = await desk()
  const copy = await ready(by)
  await destroySnapshotsOf(server.centre, '11680')
  expect((await part(by, copy)).statusCode).toBe(404)
})
