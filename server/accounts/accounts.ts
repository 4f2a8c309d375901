import type { Account } from '#shared/domain/account/account.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import type { PasswordHasher } from './password.ts'

export type NewAccount = Omit<Account, 'id'> & { readonly password: string }

export interface AccountDeps extends TimeDep, IdDep {
  readonly pool: Pool
  readonly hasher: PasswordHasher
}

export interface AccountRow {
  id: string
  login: string
  display_name: string
  department: string
  role: Account['role']
  district_code: string
}

export const ACCOUNT_COLUMNS = 'id, login, display_name, department, role, district_code'

export const rowToAccount = (row: AccountRow): Account => ({
  id: row.id,
  login: row.login,
  displayName: row.display_name,
  department: row.department,
  role: row.role,
  districtCode: row.district_code
})

export async function createAccount(
  { pool, hasher, now, newId }: AccountDeps,
  { password, ...account }: NewAccount
): Promise<Result<Account, { type: 'LoginTaken' }>> {
  const created: Account = { id: newId(), ...account }
  const { rowCount } = await pool.query(
    `INSERT INTO accounts (${ACCOUNT_COLUMNS}, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (login) DO NOTHING`,
    [
      created.id,
      created.login,
      created.displayName,
      created.department,
      created.role,
      created.districtCode,
      await hasher.hash(password),
      now()
    ]
  )
  return rowCount === 1 ? ok(created) : err({ type: 'LoginTaken' })
}

export async function accountByLogin(db: Queryable, login: string): Promise<Account | null> {
  const { rows } = await db.query<AccountRow>(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE login = $1`, [login])
  return rows[0] === undefined ? null : rowToAccount(rows[0])
}

/** Which account, and within which district it must be; a district of null means any (the command line). */
export interface AccountTarget {
  readonly accountId: string
  readonly districtCode: string | null
}

/** Lets a locked account try again. False when there is no such account in the district. */
export async function unlockAccount(db: Queryable, { accountId, districtCode }: AccountTarget): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE accounts SET failed_attempts = 0, locked_at = NULL
     WHERE id = $1 AND ($2::text IS NULL OR district_code = $2)`,
    [accountId, districtCode]
  )
  return rowCount === 1
}

/** Sets a new password, unlocks, and ends every session of the account. False when it is not in the district. */
export async function setPassword(
  { pool, hasher }: Pick<AccountDeps, 'pool' | 'hasher'>,
  { accountId, districtCode, password }: AccountTarget & { readonly password: string }
): Promise<boolean> {
  const hash = await hasher.hash(password)
  return runTx(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE accounts SET password_hash = $3, failed_attempts = 0, locked_at = NULL
       WHERE id = $1 AND ($2::text IS NULL OR district_code = $2)`,
      [accountId, districtCode, hash]
    )
    if (rowCount !== 1) return false
    await tx.query('DELETE FROM sessions WHERE account_id = $1', [accountId])
    return true
  })
}

/** An account as the administrator's list shows it. */
export interface ListedAccount extends Account {
  readonly lockedAt: string | null
  readonly disabledAt: string | null
}

export async function listAccounts(db: Queryable, districtCode: string): Promise<ListedAccount[]> {
  const { rows } = await db.query<AccountRow & { locked_at: string | null; disabled_at: string | null }>(
    `SELECT ${ACCOUNT_COLUMNS}, locked_at, disabled_at FROM accounts WHERE district_code = $1 ORDER BY login`,
    [districtCode]
  )
  return rows.map((row) => ({ ...rowToAccount(row), lockedAt: row.locked_at, disabledAt: row.disabled_at }))
}

/** Shuts an account out and ends its sessions. False when it is not in the district. Doing it again is harmless. */
export async function disableAccount(
  pool: Pool,
  { accountId, districtCode, now }: AccountTarget & { readonly now: string }
): Promise<boolean> {
  return runTx(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE accounts SET disabled_at = coalesce(disabled_at, $3)
       WHERE id = $1 AND ($2::text IS NULL OR district_code = $2)`,
      [accountId, districtCode, now]
    )
    if (rowCount !== 1) return false
    await tx.query('DELETE FROM sessions WHERE account_id = $1', [accountId])
    return true
  })
}

/** Lets a disabled account in again. */
export async function enableAccount(db: Queryable, { accountId, districtCode }: AccountTarget): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE accounts SET disabled_at = NULL WHERE id = $1 AND ($2::text IS NULL OR district_code = $2)',
    [accountId, districtCode]
  )
  return rowCount === 1
}
