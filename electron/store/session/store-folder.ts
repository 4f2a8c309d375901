import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Result } from '#shared/foundation/result.ts'
import type { StoreProblem } from '#shared/ipc/views.ts'
import { syncFolder } from '../keys/atomic-file.ts'
import { fitsVault } from '../keys/keyring.ts'
import { type Keyring, readKeyring } from '../keys/keyring-file.ts'

/** Where the files of a PC's stores lie: one folder per district below `stores/`, put aside ones below `rescue/`. */

export interface StoreFolder {
  readonly dir: string
  readonly districtCode: string
  readonly storeFile: string
  readonly keyringFile: string
  readonly capsuleFile: string
  /** Copies of the unsent pieces of documents. */
  readonly chunkDir: string
  /** Documents that have no number yet, with what opens those copies. */
  readonly documentCapsuleFile: string
}

const STORES = 'stores'
const RESCUE = 'rescue'
const UNFINISHED = '.unfinished-'
const PAGE_BYTES = 4096

export const storeFolder = (dataDir: string, districtCode: string): StoreFolder =>
  folderAt(join(dataDir, STORES, districtCode))

function folderAt(dir: string): StoreFolder {
  return {
    dir,
    districtCode: basename(dir).slice(-5),
    storeFile: join(dir, 'store.db'),
    keyringFile: join(dir, 'keyring.json'),
    capsuleFile: join(dir, 'rescue.capsule'),
    chunkDir: join(dir, 'rescue.chunks'),
    documentCapsuleFile: join(dir, 'rescue.documents')
  }
}

export function listStoreFolders(dataDir: string): StoreFolder[] {
  return namesIn(join(dataDir, STORES))
    .filter((name) => /^11\d{3}$/.test(name))
    .sort()
    .map((name) => storeFolder(dataDir, name))
}

/** A store is made beside its place and then moved there: a crash, or a problem at making it, leaves a whole one or none. */
export function buildStoreFolder(
  dataDir: string,
  districtCode: string,
  build: (folder: StoreFolder) => Result<null, StoreProblem>
): Result<StoreFolder, StoreProblem> {
  const stores = join(dataDir, STORES)
  const unfinished = folderAt(join(stores, UNFINISHED + districtCode))
  rmSync(unfinished.dir, { recursive: true, force: true })
  mkdirSync(unfinished.dir, { recursive: true, mode: 0o700 })
  const built = build(unfinished)
  if (!built.ok) {
    rmSync(unfinished.dir, { recursive: true })
    return built
  }
  const finished = storeFolder(dataDir, districtCode)
  renameSync(unfinished.dir, finished.dir)
  syncFolder(stores)
  return ok(finished)
}

/** Moves a store out of the way. Nothing of it is deleted. `label` is free of personal data and of `:`. */
export function putStoreAside(dataDir: string, folder: StoreFolder, label: string): void {
  mkdirSync(join(dataDir, RESCUE), { recursive: true, mode: 0o700 })
  renameSync(folder.dir, join(dataDir, RESCUE, `${label}-${folder.districtCode}`))
  syncFolder(join(dataDir, RESCUE))
}

export const asideFolder = (dataDir: string, name: string): StoreFolder => folderAt(join(dataDir, RESCUE, name))

/** Folders put aside, the newest first. */
export const listAsideFolders = (dataDir: string): StoreFolder[] =>
  namesIn(join(dataDir, RESCUE))
    .filter((name) => /-11\d{3}$/.test(name))
    .sort()
    .reverse()
    .map((name) => asideFolder(dataDir, name))

export type FolderState =
  | { type: 'sound'; keyring: Keyring }
  | { type: 'shut_out' }
  | { type: 'broken'; problem: StoreProblem }

/** What can be said of a store without a password. */
export function inspectStore(folder: StoreFolder, deviceSecret: Uint8Array | null): FolderState {
  const keyring = readKeyring(folder.keyringFile)
  if (!keyring.ok) return broken(keyring.error.type === 'KeyringFromFuture' ? 'file_from_future' : 'key_missing')
  if (keyring.value.shutOutAt !== null) return { type: 'shut_out' }
  if (deviceSecret === null || !fitsVault(keyring.value, deviceSecret)) return broken('vault_lost')
  if (!existsSync(folder.storeFile)) return broken('file_missing')
  const { size } = statSync(folder.storeFile)
  if (size === 0 || size % PAGE_BYTES !== 0) return broken('file_truncated')
  return { type: 'sound', keyring: keyring.value }
}

const broken = (problem: StoreProblem): FolderState => ({ type: 'broken', problem })

const namesIn = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : [])
