import type { Queryable } from '../db/pool.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

/** A PC that has proved itself, without anybody signed in on it. */
export interface ProvedDevice {
  readonly id: string
  readonly districtCode: string
  readonly isRevoked: boolean
  readonly isWipeOrdered: boolean
}

/** null: there is no such PC, or the credential is not the one it was enrolled with. */
export async function provedDevice(
  db: Queryable,
  { deviceId, credential }: { deviceId: string; credential: string }
): Promise<ProvedDevice | null> {
  const { rows } = await db.query<{
    district_code: string
    credential_hash: Uint8Array | null
    revoked_at: string | null
    wipe_ordered_at: string | null
  }>('SELECT district_code, credential_hash, revoked_at, wipe_ordered_at FROM devices WHERE id = $1', [deviceId])
  const [row] = rows
  if (row === undefined || row.credential_hash === null) return null
  if (!nodeCipher.equal(row.credential_hash, nodeCipher.sha256(credential))) return null
  return {
    id: deviceId,
    districtCode: row.district_code,
    isRevoked: row.revoked_at !== null,
    isWipeOrdered: row.wipe_ordered_at !== null
  }
}
