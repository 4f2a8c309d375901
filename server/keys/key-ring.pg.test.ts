import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redact } from '#shared/foundation/redacted.ts'
import { migrate } from '../db/migrate.ts'
import { KEYS_MIGRATIONS } from '../db/migrations/index.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { createDatabase, dropDatabase, TEST_MASTER_KEY } from '../testing/test-centre.ts'
import { MasterKeyWrongError } from './epochs.ts'
import { type KeyRingDeps, KeysOfAnotherCentreError, openKeyRing } from './key-ring.ts'
import { nodeCipher } from './node-crypto.ts'

let keysPool: Pool
let url: string
const centreId = newUuid()
const open = (over: Partial<KeyRingDeps> = {}) =>
  openKeyRing({ keysPool, cipher: nodeCipher, masterKey: TEST_MASTER_KEY, centreId, ...over })

beforeAll(async () => {
  url = await createDatabase()
  keysPool = createPool({ connectionString: url, applicationName: 'test', onIdleError: () => undefined })
  await migrate(keysPool, KEYS_MIGRATIONS)
})
afterAll(async () => {
  await keysPool.end()
  await dropDatabase(url)
})

test('app servers that start and ask at once agree on every key', async () => {
  const cases = Array.from({ length: 50 }, () => newUuid())
  const rings = await Promise.all([open(), open(), open()])
  const keys = await Promise.all(rings.map((ring) => ring.ensureCaseKeys(cases)))
  expect(keys[1]).toEqual(keys[0])
  expect(keys[2]).toEqual(keys[0])
  expect(new Set([...(keys[0]?.values() ?? [])].map((key) => Buffer.from(key).toString('hex'))).size).toBe(50)
  expect(rings.map((ring) => ring.blindIndexKey)).toEqual(Array.from(rings, () => rings[0]?.blindIndexKey))
  const device = newUuid()
  const shares = await Promise.all(rings.map((ring) => ring.deviceShare(device)))
  expect(shares).toEqual([shares[0], shares[0], shares[0]])
})

test('a case without a key has none, reading makes none', async () => {
  const ring = await open()
  expect(await ring.caseKeys([newUuid()])).toEqual(new Map())
})

test('another master key opens nothing', async () => {
  await open()
  await expect(open({ masterKey: redact(new Uint8Array(32).fill(8)) })).rejects.toThrow(MasterKeyWrongError)
})

test('the keys of another centre are refused', async () => {
  await open()
  await expect(open({ centreId: newUuid() })).rejects.toThrow(KeysOfAnotherCentreError)
})

test("a key that was put in another case's row does not open", async () => {
  const ring = await open()
  const [a, b] = [newUuid(), newUuid()]
  await ring.ensureCaseKeys([a, b])
  await keysPool.query(
    'UPDATE case_keys SET wrapped = (SELECT wrapped FROM case_keys WHERE case_id = $1) WHERE case_id = $2',
    [a, b]
  )
  await expect(ring.caseKeys([b])).rejects.toThrow('does not open')
})

test('a destroyed share is gone: the PC gets another one that does not open its old store', async () => {
  const ring = await open()
  const device = newUuid()
  const before = await ring.deviceShare(device)
  await ring.destroyDeviceShare(device)
  expect(await ring.deviceShare(device)).not.toEqual(before)
})
