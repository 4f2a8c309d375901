import type { Pool } from '../db/pool.ts'

/**
 * Which PCs an administrator has shut out, as the keys database remembers it: apart from the PCs themselves, so that a
 * restore of the cases does not let them in again.
 */

export interface ShutOutDevice {
  readonly deviceId: string
  readonly how: 'revoked' | 'wipe'
  readonly at: string
}

/** The first time counts. */
export async function noteShutOut(keysPool: Pool, { deviceId, how, at }: ShutOutDevice): Promise<void> {
  await keysPool.query('INSERT INTO shut_out_devices (device_id, how, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    ...[deviceId, how, at]
  ])
}

export async function isShutOut(
  { pool, keysPool }: { readonly pool: Pool; readonly keysPool: Pool },
  deviceId: string
): Promise<boolean> {
  const remembered = await keysPool.query('SELECT device_id FROM shut_out_devices WHERE device_id = $1', [deviceId])
  if (remembered.rowCount !== 0) return true
  const { rowCount } = await pool.query(
    'SELECT id FROM devices WHERE id = $1 AND (revoked_at IS NOT NULL OR wipe_ordered_at IS NOT NULL)',
    [deviceId]
  )
  return rowCount !== 0
}

/** Shuts out once more those that a restore of the cases database has let in. Who had ordered it may be unknown here. */
export async function shutOutAgain({
  pool,
  keysPool
}: {
  readonly pool: Pool
  readonly keysPool: Pool
}): Promise<void> {
  const { rows } = await keysPool.query<ShutOutDevice>(
    'SELECT device_id AS "deviceId", how, at FROM shut_out_devices ORDER BY device_id, how'
  )
  for (const [how, column] of [
    ['revoked', 'revoked_at'],
    ['wipe', 'wipe_ordered_at']
  ] as const) {
    const those = rows.filter((row) => row.how === how)
    await pool.query(
      `UPDATE devices SET ${column} = given.at FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, at)
       WHERE devices.id = given.id AND devices.${column} IS NULL`,
      [those.map(({ deviceId }) => deviceId), those.map(({ at }) => at)]
    )
  }
}
