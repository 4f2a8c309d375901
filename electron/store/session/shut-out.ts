import { readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import { bondOf, withLeaseNote } from '../keys/lease-layer.ts'
import { leaveCapsules } from './erase.ts'
import type { StoreFolder } from './store-folder.ts'

/**
 * An administrator has shut this PC out: the share of its lease is destroyed here as it is at the centre, so that no
 * password opens the store any more. The data stays; its unsent work is left to the centre. Doing it twice changes nothing.
 */
export function shutOutStore(
  deps: { readonly now: () => string },
  folder: StoreFolder,
  deviceSecret: Uint8Array
): void {
  const read = readKeyring(folder.keyringFile)
  if (!read.ok || read.value.shutOutAt !== null) return
  leaveCapsules(folder, deviceSecret, bondOf(read.value, deviceSecret))
  const keyring = withLeaseNote(read.value, deviceSecret, { share: null })
  writeKeyring(folder.keyringFile, { ...keyring, shutOutAt: deps.now(), accounts: [] })
}
