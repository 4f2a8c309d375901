import { bondOf } from '../keys/lease-layer.ts'
import { createCentreClient } from '../sync/centre-client.ts'
import { sendAccessLog } from '../sync/send-access-log.ts'
import { deviceProof } from './hand-over.ts'
import type { OpenStore } from './open-store.ts'

/** An order to wipe is never put off for longer. */
const LAST_LINES_MS = 5_000

/** By the PC's own proof: the session ended with the order. */
export async function sendLastLines(
  { fetch }: { readonly fetch: typeof globalThis.fetch },
  { db, keyring }: Pick<OpenStore, 'db' | 'keyring'>,
  deviceSecret: Uint8Array
): Promise<void> {
  const serverUrl = bondOf(keyring, deviceSecret)?.serverUrl
  if (serverUrl === undefined) return
  const { deviceId } = keyring
  const authorization = deviceProof(deviceSecret, deviceId)
  const client = createCentreClient({
    ...{ fetch, serverUrl, authorization: () => authorization },
    receipt: () => null,
    report: () => ''
  })
  await sendAccessLog({ db, client, deviceId, signal: AbortSignal.timeout(LAST_LINES_MS) }, { isJustMet: false })
}
