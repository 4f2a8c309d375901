import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { redact } from '#shared/foundation/redacted.ts'
import { migrate } from '../db/migrate.ts'
import { KEYS_MIGRATIONS } from '../db/migrations/index.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { copyDatabase, createDatabase, dropDatabase, TEST_MASTER_KEY } from '../testing/test-centre.ts'
import { MasterKeyWrongError, opensNewestEpoch } from './epochs.ts'
import { type KeyRing, openKeyRing } from './key-ring.ts'
import { nodeCipher } from './node-crypto.ts'
import { KEYS_APPLICATION, type RotateDeps, rehearseRotation, rotateKeys } from './rotate-keys.ts'

const NEW_KEY = redact(new Uint8Array(32).fill(9))
const centreId = newUuid()
const [caseId, command, device, lease] = [newUuid(), newUuid(), newUuid(), newUuid()]
let url: string
let keysPool: Pool
const pools: Pool[] = []
const poolOf = (connectionString: string, applicationName = 'test'): Pool => {
  const pool = createPool({ connectionString, applicationName, onIdleError: () => undefined })
  pools.push(pool)
  return pool
}
const deps = (over: Partial<RotateDeps> = {}): RotateDeps => ({
  ...{ keysPool, cipher: nodeCipher, masterKey: TEST_MASTER_KEY },
  ...{ now: () => new Date().toISOString(), onProgress: () => undefined },
  ...over
})
const ringUnder = (masterKey = TEST_MASTER_KEY, pool = keysPool) =>
  openKeyRing({ keysPool: pool, cipher: nodeCipher, masterKey, centreId })

/** One key of each kind. */
const keysOf = async (ring: KeyRing) => ({
  case: (await ring.ensureCaseKeys([caseId])).get(caseId),
  command: (await ring.ensureQuarantineKeys([command])).get(command),
  share: await ring.deviceShare(device),
  lease: await ring.leaseShares.read({ leaseId: lease, deviceId: device }),
  tags: ring.blindIndexKey
})
const rows = async (sql: string): Promise<unknown[]> => (await keysPool.query(sql)).rows

beforeEach(async () => {
  url = await createDatabase()
  keysPool = poolOf(url)
  await migrate(keysPool, KEYS_MIGRATIONS)
  await (await ringUnder()).leaseShares.make({ leaseId: lease, deviceId: device })
})
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end()
  await dropDatabase(url)
})

/** Fails before the write of this number. */
function cuttingPool(cut: number): Pool {
  let writes = 0
  const count = (): void => {
    writes += 1
    if (writes === cut) throw new Error('cut off')
  }
  const over = {
    query: async (text: string, values?: unknown[]) => {
      if (text.startsWith('UPDATE')) count()
      return await keysPool.query(text, values)
    },
    connect: async () => {
      count()
      return await keysPool.connect()
    }
  }
  return new Proxy(keysPool, { get: (of, name) => Reflect.get(name in over ? over : of, name) as unknown })
}

test('every key is the same as before, and opens under the new master key alone', async () => {
  const before = await keysOf(await ringUnder())
  const rotated = await rotateKeys(deps(), NEW_KEY)
  expect(rotated).toEqual({ ok: true, value: { keys: expect.any(Number) } })
  expect(await keysOf(await ringUnder(NEW_KEY))).toEqual(before)
  await expect(ringUnder()).rejects.toThrow(MasterKeyWrongError)
  expect(await rows('SELECT epoch FROM epochs')).toEqual([{ epoch: 2 }])
  expect(await rows('SELECT epoch, finished_at IS NOT NULL AS is_done FROM key_rotations')).toEqual([
    { epoch: 2, is_done: true }
  ])
})

test('a backup of before opens nothing of a case without the old master key', async () => {
  const ring = await ringUnder()
  const before = (await ring.ensureCaseKeys([caseId])).get(caseId)
  const backup = await copyDatabase(url)
  keysPool = poolOf(url)
  await rotateKeys(deps(), NEW_KEY)
  const restored = poolOf(backup)
  await expect(ringUnder(NEW_KEY, restored)).rejects.toThrow(MasterKeyWrongError)
  expect((await (await ringUnder(TEST_MASTER_KEY, restored)).caseKeys([caseId])).get(caseId)).toEqual(before)
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
  await dropDatabase(backup)
})

test('cut off before each of its writes, everything opens as before, and the next call goes on', async () => {
  const before = await keysOf(await ringUnder())
  let isDone = false
  for (let cut = 1; !isDone; cut += 1) {
    const cutOff = cuttingPool(cut)
    const rotating = rotateKeys(deps({ keysPool: cutOff }), NEW_KEY)
    isDone = await rotating.then(
      () => true,
      () => false
    )
    if (!isDone) expect(await keysOf(await ringUnder())).toEqual(before)
  }
  expect(await keysOf(await ringUnder(NEW_KEY))).toEqual(before)
  expect(await opensNewestEpoch(deps({ masterKey: NEW_KEY }))).toBe(true)
})

test('is refused while an app server runs, which would go on under the old keys', async () => {
  await poolOf(url, KEYS_APPLICATION).query('SELECT 1')
  expect(await rotateKeys(deps(), NEW_KEY)).toEqual({ ok: false, error: { type: 'CentreRunning' } })
  expect(await rows('SELECT epoch FROM epochs')).toEqual([{ epoch: 1 }])
})

test('a rehearsal opens every key and changes nothing', async () => {
  await keysOf(await ringUnder())
  const all = 'SELECT epoch, wrapped FROM case_keys UNION ALL SELECT epoch, wrapped FROM named_keys ORDER BY wrapped'
  const before = await rows(all)
  expect((await rehearseRotation(deps())).keys).toBe(before.length + 3)
  expect(await rows(all)).toEqual(before)
  await keysPool.query("UPDATE case_keys SET wrapped = wrapped || '\\x00'")
  await expect(rehearseRotation(deps())).rejects.toThrow('does not open')
})
