import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { entryByLogin } from '../keys/keyring.ts'
import { type Keyring, readKeyring } from '../keys/keyring-file.ts'
import { type CentreRefusal, deviceAt, signInAtCentre } from './centre-sign-in.ts'
import { noteNothingToErase } from './erase.ts'
import { changePc, forgetDeviceId, readPc } from './pc-file.ts'
import { listPendingRescues } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import type { SignInAttempt } from './sign-in.ts'
import { listStoreFolders, type StoreFolder } from './store-folder.ts'

export interface Admission {
  readonly response: SignInResponse
  readonly deviceId: string
}

/** `ShutOut`: the centre wants this of the store that lies here. */
export type NotAdmitted =
  | Exclude<CentreRefusal, { type: 'DeviceOfAnother' }>
  | { type: 'OtherDistrict' }
  | { type: 'ShutOut'; order: 'revoked' | 'wipe'; folder: StoreFolder }

/**
 * The centre knows each store of a PC under an id of its own, and an id belongs to one district. Which district the
 * account is of only the centre knows: the likeliest id first, a new one last. An id that was shut out keeps nobody from
 * coming in under the next, unless its store lies here.
 */
export async function admit(
  deps: SessionDeps,
  deviceSecret: Uint8Array,
  attempt: SignInAttempt
): Promise<Result<Admission, NotAdmitted>> {
  const stores = storesByDevice(deps)
  let shutOut: NotAdmitted | null = null
  for (const deviceId of deviceIds(deps, attempt.login)) {
    const { enrolmentCode } = attempt
    const store = stores.get(deviceId)
    const device = {
      ...deviceAt(deps, deviceSecret, { deviceId, leaseId: store?.keyring.lease?.id ?? null }),
      ...(enrolmentCode !== undefined && { enrolmentCode })
    }
    const request = { login: attempt.login.trim().toLowerCase(), password: attempt.password, device }
    const answer = await signInAtCentre(deps, { serverUrl: attempt.serverUrl, request })
    if (answer.ok) return ok({ response: answer.value, deviceId })
    switch (answer.error.type) {
      case 'DeviceOfAnother':
        break
      case 'DeviceRevoked':
      case 'DeviceWipeOrdered': {
        const order = answer.error.type === 'DeviceRevoked' ? 'revoked' : 'wipe'
        if (store !== undefined) return err({ type: 'ShutOut', order, folder: store.folder })
        if (order === 'wipe') noteNothingToErase(deps, { deviceId, serverUrl: attempt.serverUrl })
        forgetDeviceId(deps.dataDir, deviceId)
        shutOut = answer.error
        break
      }
      default:
        return err(answer.error)
    }
  }
  return err(shutOut ?? { type: 'OtherDistrict' })
}

function storesByDevice({ dataDir }: SessionDeps): Map<string, { folder: StoreFolder; keyring: Keyring }> {
  const stores = listStoreFolders(dataDir).flatMap((folder) => {
    const keyring = readKeyring(folder.keyringFile)
    return keyring.ok ? [{ folder, keyring: keyring.value }] : []
  })
  return new Map(stores.map((store) => [store.keyring.deviceId, store]))
}

/** A new id is written down before the centre hears of it: an answer that gets lost costs no second code. */
function* deviceIds(deps: SessionDeps, login: string): Generator<string> {
  const keyrings = [...storesByDevice(deps).values()].map(({ keyring }) => keyring)
  const known = keyrings.filter((keyring) => entryByLogin(keyring, login) !== undefined)
  const rescued = listPendingRescues(deps.dataDir)
  const likely = [...known, ...keyrings, ...rescued].map(({ deviceId }) => deviceId)
  yield* new Set([...likely, ...readPc(deps.dataDir).deviceIds])
  const fresh = deps.newId()
  changePc(deps.dataDir, ({ deviceIds: ids }) => ({ deviceIds: [...ids, fresh] }))
  yield fresh
}
