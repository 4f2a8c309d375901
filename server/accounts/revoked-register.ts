import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'

/**
 * Whose rights were revoked, as the keys database remembers it: apart from the accounts themselves, so that a restore of
 * the cases does not let them in again.
 */

export async function noteRevoked(keysPool: Pool, { accountId, at }: { accountId: string; at: string }): Promise<void> {
  await keysPool.query('INSERT INTO revoked_accounts (account_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    accountId,
    at
  ])
}

export async function forgetRevoked(keysPool: Pool, accountId: string): Promise<void> {
  await keysPool.query('DELETE FROM revoked_accounts WHERE account_id = $1', [accountId])
}

/** Revokes once more what a restore of the cases database has given back; why is no longer known here. */
export async function revokeAgain({ pool, keysPool }: { readonly pool: Pool; readonly keysPool: Pool }): Promise<void> {
  const { rows } = await keysPool.query<{ id: string; at: string }>(
    'SELECT account_id AS id, at FROM revoked_accounts ORDER BY account_id'
  )
  if (rows.length === 0) return
  await runTx(pool, async (tx) => {
    await tx.query(
      `WITH revoked AS (
         UPDATE accounts a SET disabled_at = given.at, grant_since = given.at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, at)
         WHERE a.id = given.id AND a.disabled_at IS NULL
         RETURNING a.id, a.login, a.display_name, a.role, a.district_code, a.disabled_at, a.grant_starts, a.grant_ends,
           a.edits, a.reveals)
       INSERT INTO grant_entries (id, at, kind, account_id, login, display_name, role, district_code, document, reason, before)
       SELECT gen_random_uuid(), disabled_at, 'revoked', id, login, display_name, role, district_code, '-',
         '백업 복구 뒤 다시 회수', jsonb_build_object(
           'startsOn', grant_starts, 'endsOn', grant_ends, 'edits', to_jsonb(edits), 'reveals', to_jsonb(reveals))
       FROM revoked ORDER BY id`,
      [rows.map(({ id }) => id), rows.map(({ at }) => at)]
    )
  })
}
