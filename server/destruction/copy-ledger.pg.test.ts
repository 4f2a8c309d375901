import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CopyLine, CopyPlace } from '#shared/domain/destruction/copy-line.ts'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import type { ErasureReceipt } from '#shared/sync-protocol/erasure-receipt.ts'
import { reportWiped } from '../accounts/devices.ts'
import { streamEnd } from '../sync/district-stream.ts'
import { approvedBatch, testItem } from '../testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre, type TestDesk, testCredential } from '../testing/test-centre.ts'
import { settleCopies } from './copy-ledger.ts'
import { executeDueBatches } from './execution-job.ts'
import { listCopies } from './list-copies.ts'

let server: TestCentre
let later = 0
let desk: TestDesk
let batchId: string
const clock = () => new Date(Date.now() + later).toISOString()
const after = (days: number) => {
  later += days * 86_400_000
}
const failed = (fault: unknown): never => {
  throw fault
}
beforeEach(async () => {
  later = 0
  server = await openTestCentre({ now: clock })
  const caseId = await keepCase(server.centre, { ...plainCase(0), id: newUuid() })
  batchId = await approvedBatch(server, [testItem(caseId)])
  after(9)
  desk = await server.signIn(await server.addAccount())
  // The three PCs on which it was approved are silent from now on, as PCs that lie in a drawer.
  await server.centre.pool.query("UPDATE devices SET lease_ends_at = '2026-01-01' WHERE id <> $1", [desk.deviceId])
  const leaseEnd = new Date(Date.parse(clock()) + 7 * 86_400_000).toISOString()
  await server.centre.pool.query('UPDATE devices SET lease_ends_at = $2 WHERE id = $1', [desk.deviceId, leaseEnd])
  await executeDueBatches(server.centre, failed)
})
afterEach(() => server.close())

const standing = async () => (await listCopies(server.centre.pool, { districtCode: '11680', batchId }))[0]
const howOf = (line: CopyLine | undefined): string =>
  line?.settled === null ? 'open' : line?.settled?.type === 'proven' ? line.settled.how : 'written off'
const howAt = async (place: CopyPlace, ref = batchId): Promise<string> =>
  howOf((await standing())?.copies.find((line) => line.place === place && line.ref === ref))
const openPlaces = async () =>
  (await standing())?.copies.filter(({ settled }) => settled === null).map(({ place }) => place)
const rotated = () =>
  server.centre.keysPool.query('INSERT INTO key_rotations VALUES (2, $1, $1, 9)', [
    new Date(Date.parse(clock()) + 1000).toISOString()
  ])
const LOOKED = { pages: 100, freePages: 3, cleared: 2, residues: 0 }
const receipt = async (over: Partial<ErasureReceipt> = {}, as = desk.deviceId, credential = testCredential(as)) => {
  const cursor = await streamEnd(server.centre.pool, '11680')
  const payload = { batchId, cursor, at: clock(), cases: 1, looked: LOOKED, ...over }
  const headers = { authorization: deviceAuthorization({ id: as, credential }) }
  return (await server.call({ method: 'POST', url: '/v1/device/erased', payload, headers })).statusCode
}

test('an executed batch has a line for each place; what proves itself is proven, the rest stays open', async () => {
  expect(await openPlaces()).toEqual(['backups', 'desk', 'desk', 'desk', 'desk', 'prepared'])
  await settleCopies(server.centre)
  expect(await openPlaces()).toEqual(['backups', 'desk'])
  expect([await howAt('centre'), await howAt('prepared')]).toEqual(['destroyed', 'destroyed'])
  expect(
    (await standing())?.copies
      .filter(({ place }) => place === 'desk')
      .map(howOf)
      .sort()
  ).toEqual([...['lease_ended', 'lease_ended', 'lease_ended', 'open']])
  expect(await standing()).toMatchObject({ state: 'verifying', destroyed: 1, left: 0, dropped: 0 })
})

test('a receipt that tells of residues leaves the line open, until one comes without', async () => {
  expect(await receipt({ looked: { ...LOOKED, residues: 1 } })).toBe(204)
  expect(await howAt('desk', desk.deviceId)).toBe('open')
  expect(await receipt()).toBe(204)
  expect(await receipt({ looked: { ...LOOKED, residues: 2 } })).toBe(204)
  expect(await howAt('desk', desk.deviceId)).toBe('receipt')
})

test('it is completed with the last line: a receipt and a rotation of the keys', async () => {
  await settleCopies(server.centre)
  expect(await receipt()).toBe(204)
  expect(await receipt()).toBe(204)
  expect(await howAt('desk', desk.deviceId)).toBe('receipt')
  expect((await standing())?.state).toBe('verifying')
  await rotated()
  await settleCopies(server.centre)
  expect(await howAt('backups')).toBe('keys_rotated')
  expect((await standing())?.state).toBe('completed')
  expect((await listCopies(server.centre.pool, { districtCode: '11680' })).length).toBe(0)
})

test('a rotation of before proves nothing', async () => {
  await server.centre.keysPool.query("INSERT INTO key_rotations VALUES (2, '2026-01-01', '2026-01-01', 9)")
  await settleCopies(server.centre)
  expect(await howAt('backups')).toBe('open')
})

test('a receipt counts from the PC itself, for a batch of its own, and once it has received everything', async () => {
  expect(await receipt({}, desk.deviceId, testCredential(newUuid()))).toBe(401)
  expect(await receipt({ batchId: newUuid() })).toBe(404)
  expect(await receipt({ cursor: 1 })).toBe(404)
  const mapo = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  expect(await receipt({}, mapo.deviceId)).toBe(404)
  expect(await howAt('desk', desk.deviceId)).toBe('open')
})

test('a silent PC ends with its time of use, and a restored centre waits for a lease that it may have forgotten', async () => {
  await server.centre.pool.query('INSERT INTO restores (generation, begun_at, cause) VALUES (1, $1, $2)', [
    ...[clock(), 'operator']
  ])
  await settleCopies(server.centre)
  expect((await openPlaces())?.filter((place) => place === 'desk')).toHaveLength(4)
  after(8)
  await settleCopies(server.centre)
  expect((await openPlaces())?.filter((place) => place === 'desk')).toHaveLength(0)
})

test('a PC that was wiped has nothing left', async () => {
  await server.centre.pool.query('UPDATE devices SET wipe_ordered_at = $2 WHERE id = $1', [desk.deviceId, clock()])
  await reportWiped(server.centre.pool, { deviceId: desk.deviceId, handedOver: 0, now: clock() })
  await settleCopies(server.centre)
  expect(await howAt('desk', desk.deviceId)).toBe('wiped')
})

test('a lost PC is written off by an administrator of the district, with a reason, once; nobody writes off the centre', async () => {
  const writeOff = async (
    who: TestDesk,
    { place = 'desk', ref = desk.deviceId, reason = '청사 이전 중 분실' } = {}
  ) => {
    const url = `/v1/admin/destruction/${batchId}/copies/${place}/${ref}/write-off`
    return (await who.call({ method: 'POST', url, payload: { reason } })).statusCode
  }
  const administrator = await server.signIn(await server.addAccount({ role: 'administrator', displayName: '오마루' }))
  const mapo = await server.signIn(await server.addAccount({ role: 'administrator', districtCode: '11440' }))
  const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
  expect([await writeOff(desk), await writeOff(officer), await writeOff(mapo)]).toEqual([403, 403, 404])
  expect(await writeOff(administrator, { reason: '' })).toBe(400)
  expect(await writeOff(administrator, { place: 'prepared', ref: batchId })).toBe(404)
  expect([await writeOff(administrator), await writeOff(administrator)]).toEqual([204, 404])
  const shown = await officer.call({ method: 'GET', url: `/v1/destruction/copies?batchId=${batchId}` })
  const [batch] = shown.json<{ batches: { copies: CopyLine[] }[] }>().batches
  expect(batch?.copies.find(({ ref }) => ref === desk.deviceId)).toMatchObject({
    place: 'desk',
    name: 'PC-7',
    settled: { type: 'written_off', by: '오마루', reason: '청사 이전 중 분실' }
  })
})
