import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreProblem } from '#shared/ipc/views.ts'
import { forgetAccounts, unlockAccount, wipe } from '../keys/keyring.ts'
import type { Keyring } from '../keys/keyring-file.ts'
import { bondOf, type HeldLease } from '../keys/lease-layer.ts'
import { type RememberedAccount, rememberedAccount } from './account-memory.ts'
import { closeFiles, type OpenStore, openFiles } from './open-store.ts'
import { bringBackAhead } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import type { StoreFolder } from './store-folder.ts'

export type OfflineFailure =
  | { type: 'UnknownAccount' }
  | { type: 'LeaseOver' }
  | { type: 'GrantOver' }
  | { type: 'AccountLocked' }
  | { type: 'WrongPassword'; attemptsLeft: number }
  | { type: 'StoreBroken'; folder: StoreFolder; problem: StoreProblem }

/** Opens the store for an account that has signed in here before. Needs no network. */
export async function unlockOffline(
  deps: SessionDeps,
  options: {
    folder: StoreFolder
    keyring: Keyring
    deviceSecret: Uint8Array
    attempt: { login: string; password: string }
    /** null: the store has no lease, or it is over. */
    lease: HeldLease | null
  }
): Promise<Result<OpenStore, OfflineFailure>> {
  const { folder, keyring, deviceSecret, attempt, lease } = options
  const unlocked = await unlockAccount({ file: folder.keyringFile, keyring }, { ...attempt, deviceSecret, lease })
  if (!unlocked.ok) {
    const { error } = unlocked
    return err(error.type === 'LeaseMissing' ? { type: 'LeaseOver' } : error)
  }
  const { storeKey, accountId } = unlocked.value
  const openers = [{ kind: 'device', secret: deviceSecret }] as const
  const rescue = bondOf(keyring, deviceSecret)
  const files = openFiles(deps, { folder, keyring: unlocked.value.keyring, storeKey, openers, rescue })
  wipe(storeKey)
  if (!files.ok) return err({ type: 'StoreBroken', folder, problem: files.error })
  const remembered = rememberedAccount(files.value.db, accountId)
  if (remembered !== null && isOver(deps, remembered)) {
    closeFiles(files.value)
    forgetAccounts({ file: folder.keyringFile, keyring: unlocked.value.keyring }, [accountId])
    return err({ type: 'GrantOver' })
  }
  if (remembered !== null) {
    bringBackAhead(deps, { files: files.value, account: remembered.account, openers })
    return ok({ ...files.value, remembered })
  }
  closeFiles(files.value)
  return err({ type: 'UnknownAccount' }) // its first sign-in here was cut off; the next one online completes it
}

/** The last day on which she may work is past, by this PC's clock; the centre goes by its own. */
const isOver = ({ now }: Pick<SessionDeps, 'now'>, { account: { worksUntil } }: RememberedAccount): boolean =>
  worksUntil !== undefined && worksUntil < koreanDayOf(now())
