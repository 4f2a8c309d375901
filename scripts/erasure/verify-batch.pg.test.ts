import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { type Redacted, redact } from '#shared/foundation/redacted.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { createPool } from '../../server/db/pool.ts'
import { settleCopies } from '../../server/destruction/copy-ledger.ts'
import { executeBatch } from '../../server/destruction/execute-batch.ts'
import { listCopies } from '../../server/destruction/list-copies.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { dataFoldersOf } from '../../server/erasure/data-folders.ts'
import { newestVerification } from '../../server/erasure/verifications.ts'
import { nodeCipher } from '../../server/keys/node-crypto.ts'
import { rotateKeys } from '../../server/keys/rotate-keys.ts'
import { approvedBatch, testItem } from '../../server/testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../../server/testing/test-cases.ts'
import { openTestCentre, TEST_MASTER_KEY, type TestCentre } from '../../server/testing/test-centre.ts'
import { backUpDataFolder } from './back-up-data-folder.ts'
import { type BatchToVerify, verifyBatch } from './verify-batch.ts'

/** Each restores a backup and reads a hundred megabytes. */
const SLOW = { timeout: 180_000 }

/** A PostgreSQL of its own, whose folder holds nothing of other tests; a batch that was executed after a backup of it. */
let dir: string
let postgres: EmbeddedPostgres
let server: TestCentre
let batchId: string
let destroyed: Case
let login: string
let later = 0
let masterKey: Redacted<Uint8Array> = TEST_MASTER_KEY
const clock = () => new Date(Date.now() + later).toISOString()
const inDir = (name: string): string => path.join(dir, name)

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'mnk-verify-'))
  for (const name of ['centre', 'logs', 'temp']) mkdirSync(inDir(name))
  postgres = await startEmbeddedPostgres({ dir: inDir('centre/postgres'), settings: { fsync: 'off' } })
  const databaseUrl = await postgres.createDatabase('cases')
  server = await openTestCentre({ databaseUrl, keysDatabaseUrl: await postgres.createDatabase('keys'), now: clock })
  destroyed = { ...plainCase(3), id: newUuid() }
  const { centre } = server
  await keepCase(centre, destroyed)
  login = (await server.addAccount({ role: 'administrator' })).login
  batchId = await approvedBatch(server, [testItem(destroyed.id)])
  const [folder] = await dataFoldersOf([centre.pool])
  await backUpDataFolder(centre.pool, folder?.dir ?? '', inDir('backup'))
  later = 9 * 86_400_000
  expectOk(await executeBatch(centre, batchId))
}, 120_000)
afterAll(async () => {
  await server.app.close()
  await server.centre.close()
  await postgres.stop()
  rmSync(dir, { recursive: true, force: true })
})

const verify = (over: Partial<BatchToVerify> = {}) =>
  verifyBatch(
    { databaseUrl: server.databaseUrl, keysDatabaseUrl: server.keysDatabaseUrl, masterKey },
    {
      ...{ batchId, login, backup: [inDir('backup')], logs: [inDir('logs')], temps: [inDir('temp')], store: null },
      ...over
    }
  )
const residuesNow = async () => {
  const { places = [], ...rest } = (await newestVerification(server.centre.pool, batchId)) ?? {}
  const found = places.filter(({ residues }) => Object.keys(residues).length > 0)
  return { found: Object.fromEntries(found.map(({ place, residues }) => [place, Object.keys(residues)])), ...rest }
}

test('nobody but an administrator of the district verifies, and only what was executed', SLOW, async () => {
  const { login: caseworker } = await server.addAccount()
  const { login: mapo } = await server.addAccount({ role: 'administrator', districtCode: '11440' })
  for (const other of [caseworker, mapo, 'nobody']) {
    expect(await verify({ login: other })).toMatchObject({ isClean: false, lines: [expect.stringContaining('--by')] })
  }
  expect(await verify({ batchId: newUuid() })).toMatchObject({ lines: ['There is no such batch.'] })
  expect(await residuesNow()).toEqual({ found: {} })
})

test(
  'before the keys are rotated the case opens in the backup, and its key lies deleted in the keys database',
  SLOW,
  async () => {
    const { isClean, lines } = await verify()
    expect(isClean).toBe(false)
    const { found, closed } = await residuesNow()
    expect(closed).toBe(false)
    expect(found).toMatchObject({ backup: ['readable_case'] })
    expect(Object.values(found).flat()).toContain('case_key')
    expect(lines.at(-1)).toBe('NOT clean.')
    const { rows } = await server.centre.pool.query("SELECT act FROM access_lines WHERE act = 'verify_destruction'")
    expect(rows).toHaveLength(1)
  }
)

test('after the rotation nothing is left, and a residue in a log is found and never told', SLOW, async () => {
  const newMasterKey = redact(nodeCipher.randomBytes(32))
  const keysPool = createPool({
    connectionString: server.keysDatabaseUrl,
    applicationName: 'test',
    onIdleError: () => undefined
  })
  await server.app.close()
  await server.centre.close()
  expectOk(
    await rotateKeys({ keysPool, cipher: nodeCipher, masterKey, now: clock, onProgress: () => undefined }, newMasterKey)
  )
  await keysPool.end()
  masterKey = newMasterKey
  server = await openTestCentre({ ...server, masterKey, now: clock })
  const { registrationNo, name } = destroyed.applicant
  writeFileSync(inDir('logs/centre.log'), `{"msg":"${name} ${registrationNo}"}\n`)
  const { isClean, lines } = await verify()
  expect(isClean).toBe(false)
  expect((await residuesNow()).found).toEqual({ logs: expect.arrayContaining(['name', 'registration_no']) })
  expect(lines.join('\n')).not.toContain(name)
  expect(lines.join('\n')).not.toContain(registrationNo)
  rmSync(inDir('logs/centre.log'))
})

test('without an older backup it is not called clean, nor with one of after the destruction', SLOW, async () => {
  expect(await verify({ backup: null })).toMatchObject({ isClean: false })
  const [folder] = await dataFoldersOf([server.centre.pool])
  await backUpDataFolder(server.centre.pool, folder?.dir ?? '', inDir('newer'))
  expect(await verify({ backup: [inDir('newer')] })).toMatchObject({ isClean: false })
  expect((await residuesNow()).found).toEqual({})
})

test(
  'while copies are open a clean search closes nothing; the one of the completed batch does, once',
  SLOW,
  async () => {
    expect(await verify()).toMatchObject({ isClean: true })
    expect(await residuesNow()).toMatchObject({ found: {}, closed: false, cases: 1, unmarked: 0 })
    later += 30 * 86_400_000 // the PCs' time of use is over
    await settleCopies(server.centre)
    expect(await verify()).toMatchObject({ isClean: true })
    expect(await residuesNow()).toMatchObject({ found: {}, closed: true })
    const [shown] = await listCopies(server.centre.pool, { districtCode: '11680', batchId })
    expect(shown?.verification).toEqual(await newestVerification(server.centre.pool, batchId))
    const { rows } = await server.centre.keysPool.query("SELECT name FROM named_keys WHERE name LIKE 'markers:%'")
    expect(rows).toEqual([])
    expect(await verify()).toMatchObject({ isClean: false, lines: [expect.stringContaining('closed')] })
  }
)
