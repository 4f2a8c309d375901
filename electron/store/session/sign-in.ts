import { existsSync } from 'node:fs'
import { type Account, seesCases } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInFailure } from '#shared/ipc/contract.ts'
import type { StoreProblem } from '#shared/ipc/views.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { type AdminSession, adminSessionOf } from '../administration/admin-session.ts'
import { openStoreDb } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { createKeyring, entryByLogin, openDeviceWrap, putAccount, removeAccount, wipe } from '../keys/keyring.ts'
import { type Keyring, readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type CapsuleOpener, createRescueCapsule } from '../keys/rescue-capsule.ts'
import { rememberAccount } from './account-memory.ts'
import { type CentreRefusal, deviceAt, signInAtCentre } from './centre-sign-in.ts'
import { closeFiles, type OpenFiles, type OpenStore, openFiles, problemOf } from './open-store.ts'
import { giveUpUnreadable, listPendingRescues, restoreRescued } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import { buildStoreFolder, inspectStore, listStoreFolders, type StoreFolder, storeFolder } from './store-folder.ts'

export interface SignInAttempt {
  readonly serverUrl: string
  readonly login: string
  readonly password: string
  /** A one-time code of an administrator, for a PC that the centre does not know. */
  readonly enrolmentCode?: string | undefined
}

/** `StoreBroken`: the centre let the account in, but the store of its district cannot be opened. */
export type OnlineFailure =
  | Exclude<SignInFailure, { type: 'StoreUnusable' }>
  | { type: 'StoreBroken'; folder: StoreFolder; problem: StoreProblem }

/** Who came in: somebody whose work concerns cases, with the store of her district, or an administrator with none. */
export type Entered =
  | { readonly as: 'staff'; readonly open: OpenStore }
  | { readonly as: 'administrator'; readonly session: AdminSession }

/**
 * The first sign-in of an account on this PC, one after a lock-out, or under a changed password: the centre checks the
 * password and lends its share of the key; the account's district decides which store is opened, or made.
 */
export async function signInOnline(
  deps: SessionDeps,
  deviceSecret: Uint8Array,
  attempt: SignInAttempt
): Promise<Result<Entered, OnlineFailure>> {
  const admitted = await admit(deps, deviceSecret, attempt)
  if (!admitted.ok) return admitted
  const { response } = admitted.value
  leaveOtherStores(deps, response.account)
  if (!seesCases(response.account.role))
    return ok({ as: 'administrator', session: adminSessionOf(response, attempt.serverUrl) })
  const share = Buffer.from(response.deviceShare, 'base64')
  const openers: CapsuleOpener[] = [
    { kind: 'device', secret: deviceSecret },
    { kind: 'centre', secret: share }
  ]
  const grant: Grant = { ...admitted.value, attempt, deviceSecret, share, openers }
  const folder = storeFolder(deps.dataDir, response.account.districtCode)
  const isThere = existsSync(folder.dir)
  if (!isThere && giveUpUnreadable(deps, { dataDir: deps.dataDir, deviceId: grant.deviceId, openers })) {
    return signInOnline(deps, deviceSecret, attempt) // once more, under the next likely number
  }
  const files = isThere ? await openExisting(deps, folder, grant) : await openFresh(deps, grant)
  if (!files.ok) return files
  return ok({ as: 'staff', open: settleIn(deps, files.value, grant) })
}

interface Admission {
  readonly response: SignInResponse
  readonly deviceId: string
}

interface Grant extends Admission {
  readonly attempt: SignInAttempt
  readonly deviceSecret: Uint8Array
  /** The centre's share, for this device id. */
  readonly share: Uint8Array
  readonly openers: readonly CapsuleOpener[]
}

/**
 * The centre knows each store of a PC under a number of its own, and a number belongs to one district. Which district
 * the account is of only the centre knows: the likeliest number first, a new one last.
 */
async function admit(
  deps: SessionDeps,
  deviceSecret: Uint8Array,
  attempt: SignInAttempt
): Promise<Result<Admission, Exclude<CentreRefusal, { type: 'DeviceOfAnother' }> | { type: 'OtherDistrict' }>> {
  for (const deviceId of deviceIdsToTry(deps, attempt.login)) {
    const { enrolmentCode } = attempt
    const device = {
      ...deviceAt(deps, deviceSecret, { deviceId, leaseId: null }),
      ...(enrolmentCode !== undefined && { enrolmentCode })
    }
    const request = { login: attempt.login.trim().toLowerCase(), password: attempt.password, device }
    const answer = await signInAtCentre(deps, { serverUrl: attempt.serverUrl, request })
    if (answer.ok) return ok({ response: answer.value, deviceId })
    if (answer.error.type !== 'DeviceOfAnother') return err(answer.error)
  }
  return err({ type: 'OtherDistrict' })
}

/** Who moved to another district opens the old one's store no more, who became an administrator none; offline neither. */
function leaveOtherStores(deps: SessionDeps, account: Account): void {
  for (const folder of listStoreFolders(deps.dataDir)) {
    const keyring = readKeyring(folder.keyringFile)
    const isHers = folder.districtCode === account.districtCode && seesCases(account.role)
    if (isHers || !keyring.ok) continue
    removeAccount({ file: folder.keyringFile, keyring: keyring.value }, account.id)
  }
}

function deviceIdsToTry(deps: SessionDeps, login: string): Set<string> {
  const keyrings = listStoreFolders(deps.dataDir).flatMap((folder) => {
    const keyring = readKeyring(folder.keyringFile)
    return keyring.ok ? [keyring.value] : []
  })
  const known = keyrings.filter((keyring) => entryByLogin(keyring, login) !== undefined)
  const rescued = listPendingRescues(deps.dataDir)
  return new Set([...[...known, ...keyrings, ...rescued].map(({ deviceId }) => deviceId), deps.newId()])
}

async function openExisting(
  deps: SessionDeps,
  folder: StoreFolder,
  grant: Grant
): Promise<Result<OpenFiles, OnlineFailure>> {
  const state = inspectStore(folder, grant.deviceSecret)
  if (state.type === 'broken') return err({ type: 'StoreBroken', folder, problem: state.problem })
  const { keyring } = state
  if (keyring.centreId !== grant.response.centreId) return err({ type: 'OtherDistrict' })
  const storeKey = keyring.deviceId === grant.deviceId ? openDeviceWrap(keyring, parts(grant)) : null
  if (storeKey === null) return err({ type: 'StoreBroken', folder, problem: 'key_missing' })
  const withAccount = await wrapFor(deps, { folder, keyring, storeKey, grant })
  return openGranted(deps, { folder, keyring: withAccount, storeKey, grant })
}

async function openFresh(deps: SessionDeps, grant: Grant): Promise<Result<OpenFiles, OnlineFailure>> {
  const { account, centreId } = grant.response
  const storeKey = nodeCipher.randomBytes(32)
  const { deviceId } = grant
  const storeId = deps.newId()
  const keyring = createKeyring({
    storeId,
    deviceId,
    centreId,
    districtCode: account.districtCode,
    storeKey,
    ...parts(grant)
  })
  let problem: StoreProblem | null = null
  const folder = buildStoreFolder(deps.dataDir, account.districtCode, (unfinished) => {
    const file = unfinished.storeFile
    const created = openStoreDb({ file, key: storeKey, nativeBinding: deps.nativeBinding, create: true })
    if (created.ok) created.value.close()
    else problem = problemOf(created.error)
    writeKeyring(unfinished.keyringFile, keyring)
    createRescueCapsule({ file: unfinished.capsuleFile, storeId, deviceId, openers: grant.openers })
  })
  if (problem !== null) return err({ type: 'StoreBroken', folder, problem })
  const withAccount = await wrapFor(deps, { folder, keyring, storeKey, grant })
  return openGranted(deps, { folder, keyring: withAccount, storeKey, grant })
}

interface Granted {
  readonly folder: StoreFolder
  readonly keyring: Keyring
  readonly storeKey: Uint8Array
  readonly grant: Grant
}

function wrapFor(deps: SessionDeps, { folder, keyring, storeKey, grant }: Granted): Promise<Keyring> {
  const { id, login, displayName } = grant.response.account
  const { deviceSecret, attempt } = grant
  return putAccount(
    { file: folder.keyringFile, keyring },
    { accountId: id, login, displayName, password: attempt.password, storeKey, deviceSecret, hardness: deps.hardness }
  )
}

function openGranted(deps: SessionDeps, granted: Granted): Result<OpenFiles, OnlineFailure> {
  const { folder, keyring, storeKey, grant } = granted
  const files = openFiles(deps, { folder, keyring, storeKey, openers: grant.openers })
  wipe(storeKey)
  return files.ok ? files : err({ type: 'StoreBroken', folder, problem: files.error })
}

/** Remembers the account in the store, and brings back what an earlier store of this PC had not sent. */
function settleIn(deps: SessionDeps, files: OpenFiles, grant: Grant): OpenStore {
  const { account, token, tokenExpiresAt } = grant.response
  const remembered = { account, token, tokenExpiresAt, serverUrl: grant.attempt.serverUrl, passwordRefused: false }
  try {
    restoreRescued(deps, { dataDir: deps.dataDir, files, account, openers: grant.openers })
    writeDurably(files.db, (tx) => ok(rememberAccount(tx, remembered)))
    return { ...files, remembered }
  } catch (error) {
    closeFiles(files)
    throw error
  }
}

const parts = ({ deviceSecret, share }: Grant) => ({ deviceSecret, deviceShare: share })
