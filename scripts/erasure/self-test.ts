import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import type { ErasurePlace, PlaceFound } from '#shared/domain/erasure/erasure-place.ts'
import { createMarkerSet } from '#shared/domain/erasure/marker-search.ts'
import { type Redacted, redact } from '#shared/foundation/redacted.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { openStoreDb } from '../../electron/store/db/database.ts'
import { searchStore } from '../../electron/store/db/search-store.ts'
import { type Planted, plantInStore } from '../../electron/store/testing/plant-residues.ts'
import { type Centre, openCentre } from '../../server/centre.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { dataFoldersOf } from '../../server/erasure/data-folders.ts'
import { searchBackup, searchCentre } from '../../server/erasure/verify-erasure.ts'
import { nodeCipher } from '../../server/keys/node-crypto.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { backUpDataFolder } from './back-up-data-folder.ts'
import { plantInCentre } from './plant-in-centre.ts'

/** What was planted, and whether it was found where it was. */
export interface SelfTested {
  readonly what: string
  readonly place: ErasurePlace
  readonly isFound: boolean
}

/** Plants residues in a real PostgreSQL and a real store of its own and looks for them; nothing of the office is touched. */
export async function runSelfTest(): Promise<SelfTested[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-self-test-'))
  try {
    return [...(await testStore(path.join(dir, 'desk'))), ...(await testCentre(path.join(dir, 'centre')))]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Thirteen random digits: no other file of the machine has them. */
const numberFor = (): string => Array.from(nodeCipher.randomBytes(13), (byte) => String(byte % 10)).join('')

const judge = (planted: readonly Planted[], found: readonly PlaceFound[]): SelfTested[] =>
  planted.map(({ what, place }, index) => ({
    ...{ what, place },
    isFound: found.some((one) => one.place === place && one.found.has(index))
  }))

async function testStore(dir: string): Promise<SelfTested[]> {
  const [file, tempFolder, key] = [path.join(dir, 'store/store.db'), path.join(dir, 'temp'), nodeCipher.randomBytes(32)]
  mkdirSync(path.dirname(file), { recursive: true })
  const addon = process.env.MNK_SQLITE_ADDON
  const db = expectOk(openStoreDb({ file, key, create: true, ...(addon !== undefined && { nativeBinding: addon }) }))
  try {
    const planted = plantInStore({ db, file, tempFolder }, numberFor)
    const markers = createMarkerSet(planted.map(({ marker }) => marker))
    return judge(planted, expectOk(await searchStore({ file, key, markers, tempFolders: [tempFolder] })))
  } finally {
    db.close()
  }
}

async function testCentre(dir: string): Promise<SelfTested[]> {
  mkdirSync(dir)
  const postgres = await startEmbeddedPostgres({ dir: path.join(dir, 'postgres'), settings: { fsync: 'off' } })
  const masterKey = redact(nodeCipher.randomBytes(32))
  const [databaseUrl, keysDatabaseUrl] = [await postgres.createDatabase('cases'), await postgres.createDatabase('keys')]
  const now = () => new Date().toISOString()
  const centre = await openCentre({
    ...{ databaseUrl, keysDatabaseUrl, masterKey, now, newId: newUuid, onFault: () => undefined }
  })
  try {
    const [logFolder, tempFolder] = [path.join(dir, 'logs'), path.join(dir, 'temp')]
    const planted = await plantInCentre({ centre, logFolder, tempFolder }, numberFor)
    const markers = createMarkerSet(planted.map(({ marker }) => marker))
    const found = await searchCentre(centre, markers, { logs: [logFolder], temps: [tempFolder] })
    const backup = await testBackup(centre, { dir, databaseUrl, keysDatabaseUrl, masterKey, planted })
    return [...judge(planted, found), ...backup]
  } finally {
    await centre.drain()
    await centre.close()
    await postgres.stop()
  }
}

interface BackupTest {
  readonly dir: string
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  readonly masterKey: Redacted<Uint8Array>
  readonly planted: readonly Planted[]
}

/** A case that was destroyed after a backup, and whose keys nobody rotated: it opens in the restored backup. */
async function testBackup(centre: Centre, test: BackupTest): Promise<SelfTested[]> {
  const { pool, keysPool } = centre
  const batchId = newUuid()
  const recordOf = createCaseGenerator({ seed: 5, districtCodes: ['11680'], today: '2026-11-20', count: 2 })
  await seedCentre(centre, [recordOf(0)])
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM cases')
  const caseId = rows[0]?.id ?? ''
  const [folder] = await dataFoldersOf([pool])
  const copy = path.join(test.dir, 'backup')
  await backUpDataFolder(pool, folder?.dir ?? '', copy)
  const item = JSON.stringify({ caseId, exclusion: null })
  await pool.query("INSERT INTO destruction_batches VALUES ($1, '11680', 'verifying', 1, '{}')", [batchId])
  await pool.query('INSERT INTO destruction_items VALUES ($1, $2, 1, $3)', [batchId, caseId, item])
  await pool.query("INSERT INTO tombstones VALUES ($1, '11680', 'destroyed', now())", [caseId])
  await pool.query('DELETE FROM cases WHERE id = $1', [caseId])
  await keysPool.query('DELETE FROM case_keys WHERE case_id = $1', [caseId])
  const markers = createMarkerSet(test.planted.map(({ marker }) => marker))
  const found = await searchBackup(
    { ...centre, masterKey: test.masterKey },
    { markers, batchId },
    { folders: [copy], databaseUrl: test.databaseUrl, keysDatabaseUrl: test.keysDatabaseUrl }
  )
  const ofTables = test.planted.findIndex(({ place }) => place === 'toast')
  return [
    { what: 'a row in a backup', place: 'backup', isFound: found.found.has(ofTables) },
    { what: 'a case that opens in a restored backup', place: 'backup', isFound: found.readable === 1 }
  ]
}
