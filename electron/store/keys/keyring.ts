import { err, ok, type Result } from '#shared/foundation/result.ts'
import {
  type AccountEntry,
  KEYRING_FORMAT,
  type Keyring,
  readKeyring,
  type SealedSigningKey,
  writeKeyring
} from './keyring-file.ts'
import { coverKey, type HeldLease, wrappedBelow } from './lease-layer.ts'
import { nodeCipher } from './node-crypto.ts'
import { freshPasswordParams, type PasswordHardness, passwordKey } from './password-key.ts'
import { openSigningKey, sealSigningKey } from './signing-key.ts'

/**
 * Who opens a store. The store key is random; each account holds it wrapped under a key made of the password
 * (Argon2id) and this PC's secret from the OS vault, and around that under the share of the centre's lease. Without any
 * one of them there is no key. A password is compared with nothing: the unwrapping works or it does not.
 */

export const MOST_ATTEMPTS = 5

export interface KeyringPlace {
  readonly file: string
  readonly keyring: Keyring
}

export type UnlockFailure =
  | { type: 'UnknownAccount' }
  | { type: 'AccountLocked' }
  | { type: 'WrongPassword'; attemptsLeft: number }
  | { type: 'LeaseMissing' }

/** They open the store no more; a sign-in at the centre may let them in again. Says whether any of them had. */
export function forgetAccounts({ file, keyring }: KeyringPlace, accountIds: readonly string[]): boolean {
  const accounts = keyring.accounts.filter(({ accountId }) => !accountIds.includes(accountId))
  if (accounts.length === keyring.accounts.length) return false
  writeKeyring(file, { ...keyring, accounts })
  return true
}

/** A keyring without accounts; not yet written. */
export function createKeyring(parts: {
  storeId: string
  deviceId: string
  districtCode: string
  centreId: string
  storeKey: Uint8Array
  deviceSecret: Uint8Array
  deviceShare: Uint8Array
}): Keyring {
  const { storeId, deviceId, districtCode, centreId } = parts
  return {
    format: KEYRING_FORMAT,
    storeId,
    deviceId,
    districtCode,
    centreId,
    vaultCheck: vaultCheck(storeId, parts.deviceSecret),
    deviceWrap: seal(deviceWrapKey(parts), parts.storeKey, deviceWrapContext(storeId)),
    bond: null,
    lease: null,
    shutOutAt: null,
    accounts: []
  }
}

/** Whether this PC's secret is still the one that the keyring was made with. */
export function fitsVault(keyring: Keyring, deviceSecret: Uint8Array): boolean {
  const expected = Buffer.from(keyring.vaultCheck, 'base64')
  return nodeCipher.equal(expected, Buffer.from(vaultCheck(keyring.storeId, deviceSecret), 'base64'))
}

/** The store key for an account that the centre has just let in; null when PC and centre no longer fit the keyring. */
export function openDeviceWrap(
  keyring: Keyring,
  parts: { deviceSecret: Uint8Array; deviceShare: Uint8Array }
): Uint8Array | null {
  return open(deviceWrapKey(parts), keyring.deviceWrap, deviceWrapContext(keyring.storeId))
}

/** The keyring with the store key under another share of the centre; not yet written. */
export function withDeviceWrap(
  keyring: Keyring,
  parts: { storeKey: Uint8Array; deviceSecret: Uint8Array; deviceShare: Uint8Array }
): Keyring {
  const deviceWrap = seal(deviceWrapKey(parts), parts.storeKey, deviceWrapContext(keyring.storeId))
  return { ...keyring, deviceWrap }
}

/** Adds an account or wraps the key anew under its present password; a lock-out ends with it. Writes the file. */
export async function putAccount(
  place: KeyringPlace,
  account: {
    accountId: string
    login: string
    displayName: string
    password: string
    storeKey: Uint8Array
    deviceSecret: Uint8Array
    /** The lease that the keyring stands under. */
    lease: HeldLease | null
    hardness: PasswordHardness
  }
): Promise<Keyring> {
  const argon2 = freshPasswordParams(account.hardness)
  const fromPassword = await passwordKey(account.password, argon2)
  const { lease, deviceSecret, accountId } = account
  const key = accountKey({ fromPassword, deviceSecret })
  const { storeId } = place.keyring
  const wrapped = nodeCipher.seal(key, account.storeKey, accountContext(storeId, accountId))
  const entry: AccountEntry = {
    accountId: account.accountId,
    login: account.login,
    displayName: account.displayName,
    argon2,
    wrappedStoreKey: toBase64(
      lease === null ? wrapped : coverKey({ storeId, accountId, deviceSecret }, lease, wrapped)
    ),
    failedAttempts: 0,
    lockedOut: false,
    leaseId: lease?.id ?? null,
    signingKey: await keptSigningKey(place.keyring, account, fromPassword)
  }
  wipe(fromPassword, key)
  const others = place.keyring.accounts.filter((other) => other.accountId !== accountId)
  return write(place, { ...place.keyring, accounts: [...others, entry] })
}

/** The signing key goes along to a new salt. Under a password that is not known any more nobody opens it: it is left. */
async function keptSigningKey(
  { accounts, storeId }: Keyring,
  account: { readonly accountId: string; readonly password: string; readonly deviceSecret: Uint8Array },
  fromPassword: Uint8Array
): Promise<SealedSigningKey | null> {
  const before = accounts.find(({ accountId }) => accountId === account.accountId)
  if (before === undefined || before.signingKey === null) return null
  const old = await passwordKey(account.password, before.argon2)
  const under = { storeId, ...account }
  const seed = openSigningKey({ ...under, fromPassword: old }, before.signingKey)
  const kept = seed === null ? null : sealSigningKey({ ...under, fromPassword }, seed)
  wipe(old, seed ?? old)
  return kept
}

/** Takes an account's way in away, for one that has moved to another district. Writes the file when it was there. */
export function removeAccount(place: KeyringPlace, accountId: string): void {
  const accounts = place.keyring.accounts.filter((entry) => entry.accountId !== accountId)
  if (accounts.length < place.keyring.accounts.length) write(place, { ...place.keyring, accounts })
}

interface Attempt {
  readonly login: string
  readonly password: string
  readonly deviceSecret: Uint8Array
  readonly lease: HeldLease | null
}

/** The store key by password. Each try is written down before it is made; the fifth wrong one locks the account out. */
export async function unlockAccount(
  place: KeyringPlace,
  attempt: Attempt
): Promise<Result<{ storeKey: Uint8Array; accountId: string; keyring: Keyring }, UnlockFailure>> {
  const opened = await tryPassword(place, attempt)
  if (!opened.ok) return opened
  const { storeKey, fromPassword, entry, keyring } = opened.value
  wipe(fromPassword)
  return ok({ storeKey, accountId: entry.accountId, keyring })
}

/**
 * What the account signs with, by password; a wrong one counts as at unlocking. An account that has no key here gets the
 * one that `enrol` makes known to the centre; null: it could not.
 */
export async function unlockSigningSeed(
  place: KeyringPlace,
  attempt: Attempt,
  enrol: () => Promise<Uint8Array | null>
): Promise<Result<Uint8Array, UnlockFailure | { type: 'SigningKeyMissing' }>> {
  const opened = await tryPassword(place, attempt)
  if (!opened.ok) return opened
  const { storeKey, fromPassword, entry } = opened.value
  wipe(storeKey)
  const { storeId } = place.keyring
  const under = { storeId, accountId: entry.accountId, fromPassword, deviceSecret: attempt.deviceSecret }
  const known = entry.signingKey === null ? null : openSigningKey(under, entry.signingKey)
  const seed = known ?? (await enrol())
  if (known === null && seed !== null) putEntry(place, entry.accountId, { signingKey: sealSigningKey(under, seed) })
  wipe(fromPassword)
  return seed === null ? err({ type: 'SigningKeyMissing' }) : ok(seed)
}

interface Opened {
  readonly storeKey: Uint8Array
  /** To be wiped, as the store key is. */
  readonly fromPassword: Uint8Array
  readonly entry: AccountEntry
  readonly keyring: Keyring
}

async function tryPassword(place: KeyringPlace, attempt: Attempt): Promise<Result<Opened, UnlockFailure>> {
  const entry = entryByLogin(place.keyring, attempt.login)
  if (entry === undefined) return err({ type: 'UnknownAccount' })
  if (entry.lockedOut) return err({ type: 'AccountLocked' })
  const { deviceSecret, lease } = attempt
  const { storeId } = place.keyring
  const { accountId } = entry
  const wrapped = wrappedBelow(entry, { storeId, accountId, deviceSecret }, lease)
  if (wrapped === null) return err({ type: 'LeaseMissing' })
  const failedAttempts = entry.failedAttempts + 1
  const lockedOut = failedAttempts >= MOST_ATTEMPTS
  putEntry(place, accountId, { failedAttempts, lockedOut })

  const fromPassword = await passwordKey(attempt.password, entry.argon2)
  const key = accountKey({ fromPassword, deviceSecret })
  const storeKey = nodeCipher.open(key, wrapped, accountContext(storeId, accountId))
  wipe(key)
  if (storeKey === null) {
    wipe(fromPassword)
    if (lockedOut) return err({ type: 'AccountLocked' })
    return err({ type: 'WrongPassword', attemptsLeft: MOST_ATTEMPTS - failedAttempts })
  }
  const keyring = putEntry(place, accountId, { failedAttempts: 0, lockedOut: false })
  return ok({ storeKey, fromPassword, entry, keyring })
}

export const entryByLogin = (keyring: Keyring, login: string): AccountEntry | undefined =>
  keyring.accounts.find((entry) => entry.login === login.trim().toLowerCase())

/** Overwrites keys that are not needed any more. What the engine copied meanwhile is out of reach. */
export function wipe(...keys: readonly Uint8Array[]): void {
  for (const key of keys) key.fill(0)
}

/** Changes an entry in the keyring as it lies on the disk: a lease may have been renewed since it was read. */
function putEntry(place: KeyringPlace, accountId: string, change: Partial<AccountEntry>): Keyring {
  const onDisk = readKeyring(place.file)
  const keyring = onDisk.ok ? onDisk.value : place.keyring
  const accounts = keyring.accounts.map((entry) => (entry.accountId === accountId ? { ...entry, ...change } : entry))
  return write(place, { ...keyring, accounts })
}

function write(place: KeyringPlace, keyring: Keyring): Keyring {
  writeKeyring(place.file, keyring)
  return keyring
}

const accountKey = (parts: { fromPassword: Uint8Array; deviceSecret: Uint8Array }): Uint8Array =>
  nodeCipher.deriveKey([parts.fromPassword, parts.deviceSecret], 'mnk account key 1')

const deviceWrapKey = (parts: { deviceSecret: Uint8Array; deviceShare: Uint8Array }): Uint8Array =>
  nodeCipher.deriveKey([parts.deviceSecret, parts.deviceShare], 'mnk device wrap 1')

const accountContext = (storeId: string, accountId: string): string => `mnk keyring 1 account ${storeId} ${accountId}`
const deviceWrapContext = (storeId: string): string => `mnk keyring 1 device ${storeId}`

const vaultCheck = (storeId: string, deviceSecret: Uint8Array): string =>
  toBase64(nodeCipher.hmac(nodeCipher.deriveKey([deviceSecret], 'mnk vault check 1'), storeId))

const seal = (key: Uint8Array, plain: Uint8Array, context: string): string =>
  toBase64(nodeCipher.seal(key, plain, context))
const open = (key: Uint8Array, sealed: string, context: string): Uint8Array | null =>
  nodeCipher.open(key, Buffer.from(sealed, 'base64'), context)
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
