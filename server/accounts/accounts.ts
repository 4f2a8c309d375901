import type { Account } from '#shared/domain/account/account.ts'
import type { AccountEntry } from '#shared/domain/administration/account-entry.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { GrantTerms } from '#shared/domain/grant/grant.ts'
import type { GrantProblem } from '#shared/domain/grant/grant-rules.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import { enterFirstGrant, type GrantAct, judgeGrant } from './grants.ts'
import type { PasswordHasher } from './password.ts'

export type NewAccount = Omit<Account, 'id' | 'edits' | 'reveals' | 'worksUntil'> & { readonly password: string }

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
  grant_ends: string | null
  edits: NonNullable<Account['edits']> | null
  reveals: NonNullable<Account['reveals']> | null
}

export const ACCOUNT_COLUMNS = 'id, login, display_name, department, role, district_code, grant_ends, edits, reveals'

export const rowToAccount = (row: AccountRow): Account => ({
  id: row.id,
  login: row.login,
  displayName: row.display_name,
  department: row.department,
  role: row.role,
  districtCode: row.district_code,
  ...(row.edits !== null && { edits: row.edits }),
  ...(row.reveals !== null && { reveals: row.reveals }),
  ...(row.grant_ends !== null && { worksUntil: row.grant_ends })
})

/** What a new account may, and who gave it. */
export interface FirstGrant {
  readonly terms: GrantTerms
  readonly act: GrantAct
}

/** Without a grant: an operator's own, of all that the role may from today on. */
export async function createAccount(
  { pool, hasher, now, newId }: AccountDeps,
  { password, ...account }: NewAccount,
  grant: FirstGrant = operatorsGrant(now())
): Promise<Result<Account, { type: 'LoginTaken' } | { type: GrantProblem }>> {
  const hash = await hasher.hash(password)
  const { terms, act } = grant
  const [accountId, at] = [newId(), now()]
  const { role, districtCode } = account
  return runTx(pool, async (tx) => {
    const allowed = await judgeGrant(tx, {
      account: { id: accountId, role, districtCode },
      ...{ act, today: koreanDayOf(at), before: null, after: terms }
    })
    if (!allowed.ok) return allowed
    const { rows } = await tx.query<AccountRow>(
      `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at,
         grant_since, grant_starts, grant_ends, edits, reveals)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12) ON CONFLICT (login) DO NOTHING
       RETURNING ${ACCOUNT_COLUMNS}`,
      [
        ...[
          accountId,
          account.login,
          account.displayName,
          account.department,
          account.role,
          account.districtCode,
          hash
        ],
        ...[at, terms.startsOn, terms.endsOn, terms.edits, terms.reveals]
      ]
    )
    const [row] = rows
    if (row === undefined) return err({ type: 'LoginTaken' })
    await enterFirstGrant(tx, { newId }, { accountId, at, act })
    return ok(rowToAccount(row))
  })
}

const operatorsGrant = (at: string): FirstGrant => ({
  terms: { startsOn: koreanDayOf(at), endsOn: null, edits: null, reveals: null },
  act: { byId: null, grounds: { reason: '센터 운영자가 등록', document: '-' } }
})

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

export async function listAccounts(db: Queryable, districtCode: string): Promise<AccountEntry[]> {
  const { rows } = await db.query<
    AccountRow & { locked_at: string | null; disabled_at: string | null; grant_starts: string }
  >(
    `SELECT ${ACCOUNT_COLUMNS}, locked_at, disabled_at, grant_starts FROM accounts WHERE district_code = $1 ORDER BY login`,
    [districtCode]
  )
  return rows.map((row) => ({
    ...rowToAccount(row),
    lockedAt: row.locked_at,
    disabledAt: row.disabled_at,
    grant: { startsOn: row.grant_starts, endsOn: row.grant_ends, edits: row.edits, reveals: row.reveals }
  }))
}
