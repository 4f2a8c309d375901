import { z } from 'zod'
import { leaseResponseSchema } from '#shared/sync-protocol/lease.ts'
import { readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import { callCentre } from './centre-call.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import type { StoreFolder } from './store-folder.ts'

export interface RenewLeaseOptions {
  readonly folder: StoreFolder
  readonly serverUrl: string
  readonly token: string
  readonly deviceSecret: Uint8Array
  /** False as soon as the store was closed: somebody else may be writing the keyring. */
  readonly isStillOpen: () => boolean
}

/**
 * Asks for a new lease, writes the keyring under it, and then says so. The centre keeps the share of the lease before
 * until it hears that, so the program may end anywhere in between: what is on the disk always has its share, here or there.
 * Says whether the keyring has changed.
 */
export async function renewLease(
  deps: { readonly fetch: typeof globalThis.fetch; readonly leases: LeaseKeeper },
  { folder, serverUrl, token, deviceSecret, isStillOpen }: RenewLeaseOptions
): Promise<boolean> {
  const before = readKeyring(folder.keyringFile)
  if (!before.ok) return false
  const authorization = `Bearer ${token}`
  const holds = before.value.lease?.id ?? null
  const request = { serverUrl, path: 'lease', body: { holds }, authorization, answer: leaseResponseSchema }
  const lent = await callCentre(deps, request)
  if (!lent.ok || !isStillOpen()) return false
  const { lease, serverTime } = lent.value
  deps.leases.heard(serverTime)
  const keyring = readKeyring(folder.keyringFile)
  if (!keyring.ok) return false
  writeKeyring(folder.keyringFile, deps.leases.take(keyring.value, { lease, heldShare: null, deviceSecret }))
  await confirmLease(deps, { serverUrl, token, leaseId: lease.id })
  return true
}

/** The keyring stands under the lease. A confirmation that gets lost is made up for by the next renewal. */
export async function confirmLease(
  deps: { readonly fetch: typeof globalThis.fetch },
  { serverUrl, token, leaseId }: { serverUrl: string; token: string; leaseId: string }
): Promise<void> {
  const authorization = `Bearer ${token}`
  await callCentre(deps, { serverUrl, path: 'lease/held', body: { leaseId }, authorization, answer: z.null() })
}
