import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { deviceCredential } from '../keys/device-credential.ts'
import { entryByLogin } from '../keys/keyring.ts'
import { type Keyring, readKeyring } from '../keys/keyring-file.ts'
import { type CentreRefusal, deviceAt, signInAtCentre } from './centre-sign-in.ts'
import { readCopiedNote } from './copied-note.ts'
import { noteNothingToErase } from './erase.ts'
import { changePc, forgetDeviceId, readPc } from './pc-file.ts'
import { listCopiedAside, listPendingRescues } from './rescue.ts'
import type { SessionDeps } from './session-deps.ts'
import type { SignInAttempt } from './sign-in.ts'
import { listStoreFolders, putStoreAside, type StoreFolder } from './store-folder.ts'

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
  const formerly = givenUpIds(deps).map((id) => ({ id, credential: deviceCredential(deviceSecret, id) }))
  let shutOut: NotAdmitted | null = null
  for (const deviceId of deviceIds(deps, attempt.login)) {
    const { enrolmentCode } = attempt
    const store = stores.get(deviceId)
    const device = {
      ...deviceAt(deps, deviceSecret, { deviceId, leaseId: store?.keyring.lease?.id ?? null }),
      ...(enrolmentCode !== undefined && { enrolmentCode }),
      ...(formerly.length > 0 && { formerly })
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

function storesByDevice({
  dataDir
}: Pick<SessionDeps, 'dataDir'>): Map<string, { folder: StoreFolder; keyring: Keyring }> {
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
  const givenUp = new Set(givenUpIds(deps))
  const likely = [...known, ...keyrings, ...rescued].map(({ deviceId }) => deviceId)
  yield* new Set([...likely, ...readPc(deps.dataDir).deviceIds].filter((id) => !givenUp.has(id)))
  const fresh = deps.newId()
  changePc(deps.dataDir, ({ deviceIds: ids }) => ({ deviceIds: [...ids, fresh] }))
  yield fresh
}

/** The centre takes so many at a time; more copies than that lie on no PC. */
const MOST_GIVEN_UP = 20

/** Ids of files that were set back or copied, whose unsent work is still to come back under another. */
const givenUpIds = ({ dataDir }: Pick<SessionDeps, 'dataDir'>): string[] =>
  [...new Set(listCopiedAside(dataDir).map(({ deviceId }) => deviceId))].slice(0, MOST_GIVEN_UP)

/**
 * Sets a store aside. Another PC may have the same files where this one was copied, and with them every id that this one
 * had in hand: of those only what its other stores go by is kept.
 */
export function setStoreAside({ dataDir, now }: Pick<SessionDeps, 'dataDir' | 'now'>, folder: StoreFolder): void {
  const isCopied = readCopiedNote(folder) !== null
  putStoreAside(dataDir, folder, now().replaceAll(/[:.]/g, '-')) // a file name that every system takes
  if (!isCopied) return
  const kept = storesByDevice({ dataDir })
  changePc(dataDir, ({ deviceIds }) => ({ deviceIds: deviceIds.filter((id) => kept.has(id)) }))
}
