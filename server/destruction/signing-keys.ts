import type { BatchDeps } from '#shared/commands/destruction/decide-batch.ts'
import { type KeyList, keyListSchema } from '#shared/signed-file/public-keys.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { ed25519 } from '../keys/sodium.ts'

export interface NewSigningKey {
  readonly accountId: string
  readonly deviceId: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly now: string
}

/** The key is the account's on this PC from now on, and the one before it no longer is. Saying it again changes nothing. */
export async function registerSigningKey(
  pool: Pool,
  { accountId, deviceId, publicKey, now }: NewSigningKey
): Promise<void> {
  await runTx(
    pool,
    async (tx) => {
      await tx.query(
        `UPDATE signing_keys SET ended_at = $4
         WHERE account_id = $1 AND device_id = $2 AND public_key <> $3 AND ended_at IS NULL`,
        [accountId, deviceId, publicKey, now]
      )
      await tx.query(
        `INSERT INTO signing_keys (account_id, device_id, public_key, since) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, public_key) DO NOTHING`,
        [accountId, deviceId, publicKey, now]
      )
    },
    { retryUniqueViolation: true }
  )
}

/** Every key with which somebody of the district signs or has signed, for whoever checks a file elsewhere. */
export async function listSigningKeys(db: Queryable, districtCode: string): Promise<KeyList> {
  const { rows } = await db.query<Omit<KeyList['keys'][number], 'publicKey'> & { public_key: Uint8Array }>(
    `SELECT k.account_id AS "accountId", a.display_name AS name, d.name AS device, k.public_key, k.since,
       k.ended_at AS "endedAt"
     FROM signing_keys k JOIN accounts a ON a.id = k.account_id JOIN devices d ON d.id = k.device_id
     WHERE a.district_code = $1 ORDER BY k.since, k.account_id, d.name`,
    [districtCode]
  )
  const keys = rows.map(({ public_key, ...key }) => ({ ...key, publicKey: Buffer.from(public_key).toString('base64') }))
  return keyListSchema.parse({ format: 1, keys })
}

/** Whether one of the account's keys that were in force at the time signed. A key that has ended comes into force no more. */
export async function signatureCheckAt(
  tx: Tx,
  { accountIds, at }: { readonly accountIds: readonly string[]; readonly at: string }
): Promise<BatchDeps['isSignedBy']> {
  if (accountIds.length === 0) return () => false
  const { rows } = await tx.query<{ account_id: string; public_key: Uint8Array }>(
    `SELECT account_id, public_key FROM signing_keys
     WHERE account_id = ANY($1::uuid[]) AND since <= $2 AND (ended_at IS NULL OR ended_at > $2)`,
    [accountIds, at]
  )
  return (accountId, message, signature) =>
    rows.some(
      (row) => row.account_id === accountId && ed25519.verify(row.public_key, message, Buffer.from(signature, 'base64'))
    )
}
