import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectOk } from '#shared/foundation/result.ts'
import { createBulkLoader } from '../../electron/store/db/case-rows.ts'
import { openStoreDb } from '../../electron/store/db/database.ts'
import { unlockAccount } from '../../electron/store/keys/keyring.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { heldLease } from '../../electron/store/keys/lease-layer.ts'
import { storeFolder } from '../../electron/store/session/store-folder.ts'
import { startCentre } from '../../tests/helpers/centre.ts'
import { openDesk } from '../../tests/helpers/desk.ts'
import { signInFirstTime } from '../../tests/helpers/screens.ts'
import { DISTRICT, recordsOf } from './bench-store.ts'
import { say } from './measure.ts'

export interface DeskFolder {
  readonly dataDir: string
  readonly login: string
  readonly password: string
  remove(): void
}

const ACCOUNT = { login: 'gangnam.kim', password: 'Desk-2026!demo' }

/** The data folder of a PC on which an account has signed in and which holds that many cases; the centre is gone. */
export async function buildDeskFolder({ seed, cases }: { seed: number; cases: number }): Promise<DeskFolder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mnk-bench-desk-'))
  await signInOnce(dataDir)
  say(`loading ${cases} cases into the desk's own store`)
  await load(dataDir, { seed, cases })
  return { dataDir, ...ACCOUNT, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

async function signInOnce(dataDir: string): Promise<void> {
  const centre = await startCentre({ cases: 0 })
  try {
    const desk = await openDesk({ dataDir, serverUrl: centre.url })
    await signInFirstTime(desk.page, ACCOUNT)
    await desk.close()
  } finally {
    await centre.remove()
  }
}

async function load(dataDir: string, { seed, cases }: { seed: number; cases: number }): Promise<void> {
  const folder = storeFolder(join(dataDir, 'data'), DISTRICT)
  const deviceSecret = readFileSync(join(dataDir, 'device-secret.unprotected'))
  const keyring = expectOk(readKeyring(folder.keyringFile))
  const attempt = { ...ACCOUNT, deviceSecret, lease: heldLease(keyring, deviceSecret) }
  const { storeKey } = expectOk(await unlockAccount({ file: folder.keyringFile, keyring }, attempt))
  const db = expectOk(openStoreDb({ file: folder.storeFile, key: storeKey, create: false }))
  const recordOf = recordsOf({ seed, cases })
  const loader = createBulkLoader(db)
  for (let index = 0; index < cases; index += 1) loader.add(recordOf(index))
  loader.finish()
  db.close()
}
