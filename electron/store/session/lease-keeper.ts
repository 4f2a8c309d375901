import { assertNever } from '#shared/foundation/assert-never.ts'
import type { LeaseView } from '#shared/ipc/device-views.ts'
import type { Lease } from '#shared/sync-protocol/lease.ts'
import { type Keyring, readKeyring, writeKeyring } from '../keys/keyring-file.ts'
import {
  type HeldLease,
  heldLease,
  type LeaseRecord,
  leaseRecord,
  withLease,
  withLeaseNote
} from '../keys/lease-layer.ts'
import { type EraseDeps, eraseStore, finishErasing } from './erase.ts'
import type { IdleClockDeps } from './idle-clock.ts'
import { createLeaseClock, type LeaseClock } from './lease-clock.ts'
import { changePc, readPc } from './pc-file.ts'
import { listStoreFolders, type StoreFolder } from './store-folder.ts'

/** Holds the stores of this PC to their leases. It has no timer of its own: whoever opens or looks asks it first. */
export interface LeaseKeeper {
  /**
   * Destroys the share of each lease that is over and deletes each store whose grace is over; finishes deletions that were
   * cut off. Call it before anything opens. Says whether something changed.
   */
  enforce(deviceSecret: Uint8Array | null): boolean
  /** Writes down what time it is, for the next start. */
  remember(): void
  /** null: the store has no lease, or the PC's secret does not open its note. */
  view(keyring: Keyring, deviceSecret: Uint8Array): LeaseView | null
  /** null: there is none, or it is over. */
  held(keyring: Keyring, deviceSecret: Uint8Array): HeldLease | null
  isDueForRenewal(keyring: Keyring, deviceSecret: Uint8Array): boolean
  /** The centre has said what time it is. */
  heard(serverTime: string): void
  /** The keyring under a lease that the centre has just lent; not yet written. */
  take(keyring: Keyring, options: { lease: Lease; heldShare: string | null; deviceSecret: Uint8Array }): Keyring
}

export interface LeaseKeeperDeps extends IdleClockDeps, EraseDeps {}

/** Said from two days before the end on, of a short lease in its last third. */
const WARN_MS = 48 * 3_600_000
/** How exactly a PC remembers the latest time that it saw. */
const SEEN_STEP_MS = 10 * 60_000

type Standing = LeaseView['state'] | 'grace_over'

export function createLeaseKeeper(deps: LeaseKeeperDeps): LeaseKeeper {
  const clock = createLeaseClock(deps)
  const { seenAt } = readPc(deps.dataDir)
  if (seenAt !== null) clock.raise(seenAt)
  return {
    enforce: (deviceSecret) => {
      finishErasing(deps, deviceSecret)
      if (deviceSecret === null) return false
      const changed = listStoreFolders(deps.dataDir).filter((folder) => {
        const keyring = readKeyring(folder.keyringFile)
        return keyring.ok && enforceOn(deps, clock, { folder, keyring: keyring.value, deviceSecret })
      })
      return changed.length > 0
    },
    remember: () =>
      changePc(deps.dataDir, (pc) =>
        pc.seenAt === null || clock.nowMs() - Date.parse(pc.seenAt) >= SEEN_STEP_MS ? { seenAt: nowOf(clock) } : {}
      ),
    view: (keyring, deviceSecret) => {
      const record = leaseRecord(keyring, deviceSecret)
      if (record === null) return null
      const standing = standingOf(clock, record)
      const { endsAt, graceEndsAt } = record
      return { endsAt, graceEndsAt, state: standing === 'grace_over' ? 'over' : standing }
    },
    held: (keyring, deviceSecret) => {
      const record = leaseRecord(keyring, deviceSecret)
      const standing = record === null ? 'over' : standingOf(clock, record)
      return standing === 'fine' || standing === 'ending' ? heldLease(keyring, deviceSecret) : null
    },
    isDueForRenewal: (keyring, deviceSecret) => {
      const record = leaseRecord(keyring, deviceSecret)
      return record === null || clock.nowMs() >= Date.parse(record.renewAfter)
    },
    heard: (serverTime) => {
      clock.heard(serverTime)
      changePc(deps.dataDir, () => ({ seenAt: serverTime }))
    },
    take: (keyring, { lease, heldShare, deviceSecret }) => {
      // What the centre still holds of the lease that is over opens the other accounts' wraps as well.
      const lent = heldShare === null || keyring.lease === null ? null : Buffer.from(heldShare, 'base64')
      const held = heldLease(keyring, deviceSecret) ?? (lent && keyring.lease && { id: keyring.lease.id, share: lent })
      return withLease(keyring, { lease, seenAt: lease.issuedAt, held, deviceSecret })
    }
  }
}

function enforceOn(
  deps: LeaseKeeperDeps,
  clock: LeaseClock,
  store: { folder: StoreFolder; keyring: Keyring; deviceSecret: Uint8Array }
): boolean {
  const { folder, keyring, deviceSecret } = store
  if (readPc(deps.dataDir).erasedStores.includes(keyring.storeId)) {
    eraseStore(deps, folder, { reason: 'lease', deviceSecret }) // it came back out of a backup
    return true
  }
  const record = leaseRecord(keyring, deviceSecret)
  if (record === null || keyring.shutOutAt !== null) return false
  const standing = standingOf(clock, record)
  const note = (change: { share?: null }): void =>
    writeKeyring(folder.keyringFile, withLeaseNote(keyring, deviceSecret, { ...change, seenAt: nowOf(clock) }))
  switch (standing) {
    case 'grace_over':
      eraseStore(deps, folder, { reason: 'lease', deviceSecret })
      return true
    case 'over':
      if (record.share === null) return false
      note({ share: null })
      return true
    case 'ending':
    case 'fine':
      if (clock.nowMs() - Date.parse(record.seenAt) >= SEEN_STEP_MS) note({})
      return false
    default:
      return assertNever(standing)
  }
}

function standingOf(clock: LeaseClock, record: LeaseRecord): Standing {
  clock.raise(record.seenAt)
  const now = clock.nowMs()
  const [ends, issued] = [Date.parse(record.endsAt), Date.parse(record.issuedAt)]
  if (now >= Date.parse(record.graceEndsAt)) return 'grace_over'
  if (now >= ends || record.share === null) return 'over'
  return now >= ends - Math.min(WARN_MS, (ends - issued) / 3) ? 'ending' : 'fine'
}

const nowOf = (clock: LeaseClock): string => new Date(clock.nowMs()).toISOString()
