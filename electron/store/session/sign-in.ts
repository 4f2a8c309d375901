import { existsSync } from 'node:fs'
import { type Account, oversees, seesCases } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInFailure } from '#shared/ipc/contract.ts'
import type { StoreProblem } from '#shared/ipc/views.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { type AdminSession, adminSessionOf } from '../administration/admin-session.ts'
import { openStoreDb, type ReadableDb } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import {
  createKeyring,
  openDeviceWrap,
  putAccount,
  removeAccount,
  unlockAccount,
  wipe,
  withDeviceWrap
} from '../keys/keyring.ts'
import { type Keyring, readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import { bondOf, heldLease, withBond } from '../keys/lease-layer.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type CapsuleOpener, createRescueCapsule } from '../keys/rescue-capsule.ts'
import { noteAcknowledged } from '../outbox/journal.ts'
import { waitingAfter } from '../outbox/outbox.ts'
import { rememberAccount } from './account-memory.ts'
import { type Admission, admit, type NotAdmitted } from './admission.ts'
import { forgetErased } from './erase.ts'
import { closeFiles, type OpenFiles, type OpenStore, openFiles, problemOf } from './open-store.ts'
import { bringBackAhead, handOverUnreadable, restoreRescued } from './rescue.ts'
import type { EntryDeps, SessionDeps } from './session-deps.ts'
import { enrolSigner } from './sign-here.ts'
import { buildStoreFolder, inspectStore, listStoreFolders, type StoreFolder, storeFolder } from './store-folder.ts'

export interface SignInAttempt {
  readonly serverUrl: string
  readonly login: string
  readonly password: string
  /** A one-time code of an administrator, for a PC that the centre does not know. */
  readonly enrolmentCode?: string | undefined
}

/** `StoreBroken`: the centre let the account in, but the store of its district cannot be opened, or made (no folder). */
export type OnlineFailure =
  | Exclude<SignInFailure, { type: 'StoreUnusable' }>
  | NotAdmitted
  | { type: 'StoreBroken'; folder: StoreFolder | null; problem: StoreProblem }

/** Who came in: somebody whose work concerns cases, with the store of her district, or an administrator with none. */
export type Entered =
  | { readonly as: 'staff'; readonly open: OpenStore }
  | { readonly as: 'administrator'; readonly session: AdminSession }

/**
 * The first sign-in of an account on this PC, one after a lock-out, or under a changed password: the centre checks the
 * password and lends its share of the key; the account's district decides which store is opened, or made.
 */
export async function signInOnline(
  deps: EntryDeps,
  deviceSecret: Uint8Array,
  attempt: SignInAttempt
): Promise<Result<Entered, OnlineFailure>> {
  const admitted = await admit(deps, deviceSecret, attempt)
  if (!admitted.ok) return admitted
  const { response } = admitted.value
  leaveOtherStores(deps, response.account)
  if (!seesCases(response.account.role))
    return ok({ as: 'administrator', session: adminSessionOf(response, attempt.serverUrl) })
  const { rescue } = response
  if (rescue === null) return err({ type: 'CentreFault' }) // whoever opens a store gets the ticket of its PC
  const share = Buffer.from(response.deviceShare, 'base64')
  const openers: CapsuleOpener[] = [
    { kind: 'device', secret: deviceSecret },
    { kind: 'centre', secret: share }
  ]
  const grant: Grant = { ...admitted.value, attempt, deviceSecret, share, rescue, openers }
  const folder = storeFolder(deps.dataDir, response.account.districtCode)
  const isThere = existsSync(folder.dir)
  if (!isThere) {
    const handedOver = await handOverUnreadable(deps, grant)
    // Once more: the centre has counted this PC's commands further meanwhile, and a new store goes on after them.
    if (handedOver === 'some') return signInOnline(deps, deviceSecret, attempt)
    if (handedOver === 'unanswered') return err({ type: 'CentreUnreachable' })
  }
  const files = isThere ? await openExisting(deps, folder, grant) : await openFresh(deps, grant)
  if (!files.ok) return files
  const { account, token } = response
  const { login, password, serverUrl } = attempt
  if (oversees(account.role))
    await enrolSigner(deps, {
      ...folder,
      db: files.value.db,
      login,
      password,
      deviceSecret,
      line: { serverUrl, token }
    })
  return ok({ as: 'staff', open: settleIn(deps, files.value, grant) })
}

interface Grant extends Admission {
  readonly attempt: SignInAttempt
  readonly deviceSecret: Uint8Array
  /** The centre's share, for this device id. */
  readonly share: Uint8Array
  readonly rescue: RescueTerms
  readonly openers: readonly CapsuleOpener[]
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

async function openExisting(
  deps: EntryDeps,
  folder: StoreFolder,
  grant: Grant
): Promise<Result<OpenFiles, OnlineFailure>> {
  const state = inspectStore(folder, grant.deviceSecret)
  if (state.type === 'shut_out') return err({ type: 'DeviceRevoked' })
  if (state.type === 'broken') return err({ type: 'StoreBroken', folder, problem: state.problem })
  const { keyring } = state
  if (keyring.centreId !== grant.response.centreId) return err({ type: 'OtherDistrict' })
  const pinned = bondOf(keyring, grant.deviceSecret)?.publicKey ?? grant.rescue.publicKey
  if (pinned !== grant.rescue.publicKey) return err({ type: 'CentreFault' })
  const isOurs = keyring.deviceId === grant.deviceId
  const opened = isOurs ? await openKeyring(deps, { folder, keyring, grant }) : err('nobody' as const)
  if (!opened.ok && opened.error === 'others') return err({ type: 'ColleagueFirst' })
  if (!opened.ok) return err({ type: 'StoreBroken', folder, problem: 'key_missing' })
  const withAccount = await wrapFor(deps, { folder, grant, ...opened.value })
  return openGranted(deps, { folder, storeKey: opened.value.storeKey, keyring: withAccount, grant })
}

/**
 * A centre that was set back to before this PC came in has another share for it than the store was made with. Where the
 * password opens the store as it does without a line, the store stays, under the new share. The error says who else could
 * open it.
 */
async function openKeyring(
  deps: EntryDeps,
  { folder, keyring, grant }: Omit<Granted, 'storeKey'>
): Promise<Result<{ keyring: Keyring; storeKey: Uint8Array }, 'others' | 'nobody'>> {
  const storeKey = openDeviceWrap(keyring, parts(grant))
  if (storeKey !== null) return ok({ keyring, storeKey })
  const { attempt, deviceSecret } = grant
  const lease = deps.leases.held(keyring, deviceSecret)
  const place = { file: folder.keyringFile, keyring }
  const unlocked = await unlockAccount(place, { ...attempt, deviceSecret, lease })
  if (unlocked.ok) {
    const { keyring: counted, storeKey: opened } = unlocked.value
    return ok({ keyring: withDeviceWrap(counted, { storeKey: opened, ...parts(grant) }), storeKey: opened })
  }
  const isNew = unlocked.error.type === 'UnknownAccount'
  const isOpenToOthers = keyring.accounts.some(
    ({ lockedOut, leaseId }) => !lockedOut && (leaseId === null || leaseId === lease?.id)
  )
  return err(isNew && isOpenToOthers ? 'others' : 'nobody')
}

async function openFresh(deps: EntryDeps, grant: Grant): Promise<Result<OpenFiles, OnlineFailure>> {
  const { account, centreId } = grant.response
  const storeKey = nodeCipher.randomBytes(32)
  const { deviceId, openers } = grant
  const storeId = deps.newId()
  const keyring = createKeyring({
    storeId,
    deviceId,
    centreId,
    districtCode: account.districtCode,
    storeKey,
    ...parts(grant)
  })
  const built = buildStoreFolder(deps.dataDir, account.districtCode, (unfinished) => {
    const file = unfinished.storeFile
    const created = openStoreDb({ file, key: storeKey, nativeBinding: deps.nativeBinding, create: true })
    if (!created.ok) return err(problemOf(created.error))
    created.value.close()
    writeKeyring(unfinished.keyringFile, keyring)
    createRescueCapsule({ file: unfinished.capsuleFile, storeId, deviceId, openers, rescue: grant.rescue })
    return ok(null)
  })
  if (!built.ok) return err({ type: 'StoreBroken', folder: null, problem: built.error })
  const folder = built.value
  const withAccount = await wrapFor(deps, { folder, keyring, storeKey, grant })
  return openGranted(deps, { folder, keyring: withAccount, storeKey, grant })
}

interface Granted {
  readonly folder: StoreFolder
  readonly keyring: Keyring
  readonly storeKey: Uint8Array
  readonly grant: Grant
}

/** Puts the keyring under the new lease, with the account in it, and writes both at once. */
function wrapFor(deps: EntryDeps, { folder, keyring, storeKey, grant }: Granted): Promise<Keyring> {
  const { account, lease, heldLeaseShare, serverTime } = grant.response
  const { id, login, displayName } = account
  const { deviceSecret, attempt, rescue } = grant
  deps.leases.heard(serverTime)
  const bound = withBond(keyring, deviceSecret, { ...rescue, serverUrl: attempt.serverUrl })
  const leased = lease === null ? bound : deps.leases.take(bound, { lease, heldShare: heldLeaseShare, deviceSecret })
  return putAccount(
    { file: folder.keyringFile, keyring: leased },
    {
      accountId: id,
      login,
      displayName,
      password: attempt.password,
      storeKey,
      deviceSecret,
      lease: heldLease(leased, deviceSecret),
      hardness: deps.hardness
    }
  )
}

function openGranted(deps: SessionDeps, granted: Granted): Result<OpenFiles, OnlineFailure> {
  const { folder, keyring, storeKey, grant } = granted
  const { openers, rescue } = grant
  const files = openFiles(deps, { folder, keyring, storeKey, openers, rescue })
  wipe(storeKey)
  return files.ok ? files : err({ type: 'StoreBroken', folder, problem: files.error })
}

/** Remembers the account in the store, and brings back what an earlier store of this PC had not sent. */
function settleIn(deps: SessionDeps, files: OpenFiles, grant: Grant): OpenStore {
  const { account, token, tokenExpiresAt, lastDeviceSeq } = grant.response
  const remembered = { account, token, tokenExpiresAt, serverUrl: grant.attempt.serverUrl, passwordRefused: false }
  try {
    const { serverUrl } = grant.attempt
    bringBackAhead(deps, { files, account, openers: grant.openers })
    restoreRescued(deps, { dataDir: deps.dataDir, serverUrl, files, account, openers: grant.openers, lastDeviceSeq })
    writeDurably(files.db, (tx) => {
      rememberAccount(tx, remembered)
      // A new store goes on after the last command that the centre had from this PC.
      if (lastDeviceSeq > readMetaNumber(tx, META_KEYS.deviceSeq)) writeMeta(tx, META_KEYS.deviceSeq, lastDeviceSeq)
      // Also where this store never sent them: a centre that is set back later learns from it where the numbers go on.
      noteAcknowledged(tx, Math.min(lastDeviceSeq, lastBeforeWaiting(tx)))
      return ok(null)
    })
    forgetErased(deps.dataDir)
    return { ...files, remembered }
  } catch (error) {
    closeFiles(files)
    throw error
  }
}

/** What waits here has no answer yet, even where the centre has it: one that is set back gets it as new. */
const lastBeforeWaiting = (db: ReadableDb): number =>
  (waitingAfter(db, 0, 1)[0]?.command.deviceSeq ?? Number.POSITIVE_INFINITY) - 1

const parts = ({ deviceSecret, share }: Grant) => ({ deviceSecret, deviceShare: share })
