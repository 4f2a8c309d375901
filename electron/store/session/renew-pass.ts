import type { Account } from '#shared/domain/account/account.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { ok } from '#shared/foundation/result.ts'
import { readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import { type RememberedAccount, rememberAccount } from './account-memory.ts'
import { deviceAt, signInAtCentre } from './centre-sign-in.ts'
import type { OpenStore } from './open-store.ts'
import { confirmLease } from './renew-lease.ts'
import type { EntryDeps, SessionDeps } from './session-deps.ts'

/** A pass at the centre that ends sooner than this is renewed with the next unlock. */
const RENEW_BEFORE_MS = 6 * 60 * 60 * 1000

export const isPassEnding = ({ now }: Pick<SessionDeps, 'now'>, remembered: RememberedAccount): boolean =>
  !remembered.passwordRefused && Date.parse(remembered.tokenExpiresAt) - Date.parse(now()) < RENEW_BEFORE_MS

/** Under other rights she signs in anew: what is open here goes by the ones it was opened with. */
const hasSameRights = (one: Account, other: Account): boolean => isSameValue(rightsOf(one), rightsOf(other))
const rightsOf = ({ role, edits, reveals, worksUntil }: Account) => [
  role,
  edits ?? null,
  reveals ?? null,
  worksUntil ?? null
]

/**
 * Signs the account in at the centre with the password that has just opened the store, so that nobody is asked twice a
 * day; a new lease comes with it. Says whether the pass is new. A centre that is out of reach changes nothing; one that
 * refuses the password is not asked again until a sign-in, since it counts wrong passwords.
 */
export async function renewPass(
  deps: EntryDeps,
  {
    open,
    password,
    deviceSecret,
    isStillOpen
  }: { open: OpenStore; password: string; deviceSecret: Uint8Array; isStillOpen: () => boolean }
): Promise<boolean> {
  const { remembered, keyring, db, folder } = open
  const serverUrl = deps.serverUrl ?? remembered.serverUrl
  const onDisk = readKeyring(folder.keyringFile)
  const leaseId = onDisk.ok ? (onDisk.value.lease?.id ?? null) : null
  const device = deviceAt(deps, deviceSecret, { deviceId: keyring.deviceId, leaseId })
  const request = { login: remembered.account.login, password, device }
  const answer = await signInAtCentre(deps, { serverUrl, request })
  if (!isStillOpen()) return false
  const next = answer.ok ? answer.value : null
  const isOurs =
    next !== null &&
    next.centreId === keyring.centreId &&
    next.account.id === remembered.account.id &&
    next.account.districtCode === remembered.account.districtCode &&
    hasSameRights(next.account, remembered.account)
  if (isOurs) {
    const { token, tokenExpiresAt, lease, heldLeaseShare, serverTime } = next
    db.write((tx) => ok(rememberAccount(tx, { ...remembered, token, tokenExpiresAt })))
    const now = readKeyring(folder.keyringFile)
    if (now.ok && lease !== null) {
      deps.leases.heard(serverTime)
      const leased = deps.leases.take(now.value, { lease, heldShare: heldLeaseShare, deviceSecret })
      writeKeyring(folder.keyringFile, leased)
      await confirmLease(deps, { serverUrl, token, leaseId: lease.id })
    }
  } else if (!answer.ok && answer.error.type === 'WrongPassword') {
    db.write((tx) => ok(rememberAccount(tx, { ...remembered, passwordRefused: true })))
  }
  return isOurs
}
