import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'
import type { Lease } from '#shared/sync-protocol/lease.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import type { AccountEntry, Keyring } from './keyring-file.ts'
import { nodeCipher } from './node-crypto.ts'

/**
 * The lease around an account's wrapped key: a second sealing under the share that the centre lends. It is peeled off and
 * put on anew without any password, so a renewal reaches everybody who opens this store. The share itself lies in the
 * keyring under the PC's secret while the lease lasts, and is destroyed there when it is over.
 */
export interface HeldLease {
  readonly id: string
  readonly share: Uint8Array
}

const leaseRecordSchema = z.object({
  /** null: the lease is over here. */
  share: z.base64().nullable(),
  issuedAt: instantSchema,
  endsAt: instantSchema,
  graceEndsAt: instantSchema,
  renewAfter: instantSchema,
  /** The latest time that was ever seen here: a clock that is set back gains nothing. */
  seenAt: instantSchema
})
export type LeaseRecord = z.infer<typeof leaseRecordSchema>

export function coverKey(
  parts: { storeId: string; accountId: string; deviceSecret: Uint8Array },
  lease: HeldLease,
  wrapped: Uint8Array
): Uint8Array {
  return nodeCipher.seal(layerKey(lease, parts.deviceSecret), wrapped, layerContext(parts, lease.id))
}

/** What lies below the lease; null when the share or the PC's secret does not fit. */
export function uncoverKey(
  parts: { storeId: string; accountId: string; deviceSecret: Uint8Array },
  lease: HeldLease,
  covered: Uint8Array
): Uint8Array | null {
  return nodeCipher.open(layerKey(lease, parts.deviceSecret), covered, layerContext(parts, lease.id))
}

/**
 * The keyring under a new lease. Entries that stand under a lease whose share is not at hand are left out: those accounts
 * come in again with a sign-in online.
 */
export function withLease(
  keyring: Keyring,
  options: { lease: Lease; seenAt: string; held: HeldLease | null; deviceSecret: Uint8Array }
): Keyring {
  const { lease, held, deviceSecret, seenAt } = options
  const { share, issuedAt, endsAt, graceEndsAt, renewAfter } = lease
  const next: HeldLease = { id: lease.id, share: Buffer.from(share, 'base64') }
  const accounts = keyring.accounts.flatMap((entry): AccountEntry[] => {
    const parts = { storeId: keyring.storeId, accountId: entry.accountId, deviceSecret }
    const below = wrappedBelow(entry, parts, held)
    if (below === null) return []
    return [{ ...entry, leaseId: next.id, wrappedStoreKey: toBase64(coverKey(parts, next, below)) }]
  })
  const record = { share, issuedAt, endsAt, graceEndsAt, renewAfter, seenAt }
  return { ...keyring, accounts, lease: sealRecord(keyring, { leaseId: lease.id, record, deviceSecret }) }
}

/** The account's wrapped key without the lease around it; null when its share is not at hand. */
export function wrappedBelow(
  entry: AccountEntry,
  parts: { storeId: string; accountId: string; deviceSecret: Uint8Array },
  held: HeldLease | null
): Uint8Array | null {
  const wrapped = Buffer.from(entry.wrappedStoreKey, 'base64')
  if (entry.leaseId === null) return wrapped
  return held?.id === entry.leaseId ? uncoverKey(parts, held, wrapped) : null
}

/** What the keyring says of its lease; null: it has none, or the PC's secret does not open it. */
export function leaseRecord(keyring: Keyring, deviceSecret: Uint8Array): LeaseRecord | null {
  if (keyring.lease === null) return null
  const context = recordContext(keyring.storeId, keyring.lease.id)
  const plain = nodeCipher.open(recordKey(deviceSecret), Buffer.from(keyring.lease.sealed, 'base64'), context)
  return plain === null ? null : leaseRecordSchema.parse(JSON.parse(Buffer.from(plain).toString('utf8')))
}

/** The lease with its share; null when there is none or it is over here. */
export function heldLease(keyring: Keyring, deviceSecret: Uint8Array): HeldLease | null {
  const share = leaseRecord(keyring, deviceSecret)?.share ?? null
  if (keyring.lease === null || share === null) return null
  return { id: keyring.lease.id, share: Buffer.from(share, 'base64') }
}

/** The keyring with a changed note of its lease: a later time seen, the share destroyed. */
export function withLeaseNote(
  keyring: Keyring,
  deviceSecret: Uint8Array,
  change: Partial<Pick<LeaseRecord, 'share' | 'seenAt'>>
): Keyring {
  const record = leaseRecord(keyring, deviceSecret)
  if (keyring.lease === null || record === null) return keyring
  const next = { leaseId: keyring.lease.id, record: { ...record, ...change }, deviceSecret }
  return { ...keyring, lease: sealRecord(keyring, next) }
}

const bondSchema = z.object({ serverUrl: z.url(), publicKey: z.string(), ticket: z.string() })
/** What ties a store to its centre. The public key is pinned: whoever can write the file cannot put another in its place. */
export type Bond = RescueTerms & { readonly serverUrl: string }

export function withBond(keyring: Keyring, deviceSecret: Uint8Array, bond: Bond): Keyring {
  const plain = Buffer.from(JSON.stringify(bond), 'utf8')
  return { ...keyring, bond: toBase64(nodeCipher.seal(bondKey(deviceSecret), plain, bondContext(keyring.storeId))) }
}

export function bondOf(keyring: Keyring, deviceSecret: Uint8Array): Bond | null {
  if (keyring.bond === null) return null
  const sealed = Buffer.from(keyring.bond, 'base64')
  const plain = nodeCipher.open(bondKey(deviceSecret), sealed, bondContext(keyring.storeId))
  return plain === null ? null : bondSchema.parse(JSON.parse(Buffer.from(plain).toString('utf8')))
}

function sealRecord(
  { storeId }: Keyring,
  { leaseId, record, deviceSecret }: { leaseId: string; record: LeaseRecord; deviceSecret: Uint8Array }
): NonNullable<Keyring['lease']> {
  const plain = Buffer.from(JSON.stringify(record), 'utf8')
  const sealed = nodeCipher.seal(recordKey(deviceSecret), plain, recordContext(storeId, leaseId))
  plain.fill(0)
  return { id: leaseId, sealed: toBase64(sealed) }
}

const layerKey = ({ share }: HeldLease, deviceSecret: Uint8Array): Uint8Array =>
  nodeCipher.deriveKey([deviceSecret, share], 'mnk lease layer 1')
const layerContext = (parts: { storeId: string; accountId: string }, leaseId: string): string =>
  `mnk keyring lease ${parts.storeId} ${parts.accountId} ${leaseId}`
const recordKey = (deviceSecret: Uint8Array): Uint8Array => nodeCipher.deriveKey([deviceSecret], 'mnk lease record 1')
const recordContext = (storeId: string, leaseId: string): string => `mnk keyring lease record ${storeId} ${leaseId}`
const bondKey = (deviceSecret: Uint8Array): Uint8Array => nodeCipher.deriveKey([deviceSecret], 'mnk bond 1')
const bondContext = (storeId: string): string => `mnk keyring bond ${storeId}`
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
