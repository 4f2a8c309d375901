import { type Cipher, KEY_BYTES } from '#shared/cipher/cipher.ts'
import type { Pool } from '../db/pool.ts'
import type { Epochs } from './epochs.ts'

/** The centre's copies of the shares that leases lend to PCs, at most two a PC: the one it stands under and the next. */
export interface LeaseShares {
  /** A fresh share, kept under the lease's id. */
  make(lease: { leaseId: string; deviceId: string }): Promise<Uint8Array>
  /** null: there is no such lease of this PC, or its share was destroyed. */
  read(lease: { leaseId: string; deviceId: string }): Promise<Uint8Array | null>
  /** Destroys every share of the PC but one; null spares none. */
  destroyOthers(lease: { leaseId: string | null; deviceId: string }): Promise<void>
}

export interface LeaseSharesDeps {
  readonly keysPool: Pool
  readonly cipher: Cipher
}

export function createLeaseShares({ keysPool, cipher }: LeaseSharesDeps, epochs: Epochs): LeaseShares {
  return {
    make: async ({ leaseId, deviceId }) => {
      const { epoch, key } = await epochs.newest()
      const share = cipher.randomBytes(KEY_BYTES)
      await keysPool.query('INSERT INTO lease_shares (lease_id, device_id, epoch, wrapped) VALUES ($1, $2, $3, $4)', [
        leaseId,
        deviceId,
        epoch,
        cipher.seal(key, share, contextOf(leaseId, deviceId))
      ])
      return share
    },
    read: async ({ leaseId, deviceId }) => {
      const { rows } = await keysPool.query<{ epoch: number; wrapped: Buffer }>(
        'SELECT epoch, wrapped FROM lease_shares WHERE lease_id = $1 AND device_id = $2',
        [leaseId, deviceId]
      )
      const [row] = rows
      if (row === undefined) return null
      const share = cipher.open(await epochs.key(row.epoch), row.wrapped, contextOf(leaseId, deviceId))
      if (share === null) throw new Error('a lease share does not open under its epoch key')
      return share
    },
    destroyOthers: async ({ leaseId, deviceId }) => {
      await keysPool.query('DELETE FROM lease_shares WHERE device_id = $1 AND lease_id IS DISTINCT FROM $2::uuid', [
        deviceId,
        leaseId
      ])
    }
  }
}

const contextOf = (leaseId: string, deviceId: string): string => `lease-share:${leaseId}:${deviceId}`
