import type { Role } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { GrantEntry, GrantGrounds, GrantTerms } from '#shared/domain/grant/grant.ts'
import { decideGrant, type GrantProblem, type GrantQuestion } from '#shared/domain/grant/grant-rules.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { forgetRevoked, noteRevoked } from './revoked-register.ts'

export interface GrantDeps extends TimeDep, IdDep {
  readonly pool: Pool
  readonly keysPool: Pool
}

/** Who enters it and what stands behind it; an operator of the centre has neither an account nor an approver. */
export type GrantAct =
  | { readonly byId: string; readonly grounds: GrantGrounds }
  | { readonly byId: null; readonly grounds: Omit<GrantGrounds, 'approverId'> }

interface GrantedRow {
  readonly id: string
  readonly login: string
  readonly display_name: string
  readonly role: Role
  readonly district_code: string
  readonly disabled_at: string | null
  readonly grant_starts: string
  readonly grant_ends: string | null
  readonly edits: GrantTerms['edits']
  readonly reveals: GrantTerms['reveals']
}
const GRANTED_COLUMNS =
  'id, login, display_name, role, district_code, disabled_at, grant_starts, grant_ends, edits, reveals'

const termsOf = (row: GrantedRow): GrantTerms => ({
  startsOn: row.grant_starts,
  endsOn: row.grant_ends,
  edits: row.edits,
  reveals: row.reveals
})

export interface GrantChange {
  readonly accountId: string
  readonly districtCode: string
  /** null: revoked. */
  readonly after: GrantTerms | null
  readonly act: GrantAct
}

/**
 * Gives an account other rights, or takes them: sessions that were opened before end with it, and the register has a line
 * more. The keys database remembers first that somebody has left, so that no backup of the cases lets her in again.
 */
export async function changeGrant(
  deps: GrantDeps,
  change: GrantChange
): Promise<Result<null, { type: 'NotFound' } | { type: GrantProblem }>> {
  const { accountId, after, act } = change
  const { keysPool } = deps
  return runTx(deps.pool, async (tx) => {
    const { rows } = await tx.query<GrantedRow>(
      `SELECT ${GRANTED_COLUMNS} FROM accounts WHERE id = $1 AND district_code = $2 FOR UPDATE`,
      [accountId, change.districtCode]
    )
    const [row] = rows
    if (row === undefined) return err({ type: 'NotFound' as const })
    const before = row.disabled_at === null ? termsOf(row) : null
    const at = deps.now()
    const account = { id: row.id, role: row.role, districtCode: row.district_code }
    const allowed = await judgeGrant(tx, { account, act, today: koreanDayOf(at), before, after })
    if (!allowed.ok) return allowed
    if (after === null) await noteRevoked(keysPool, { accountId, at })
    const kind = after === null ? 'revoked' : before === null ? 'given_again' : 'changed'
    await setTerms(tx, { accountId, after, at })
    await enter(tx, { id: deps.newId(), at, kind, row, before, after, act })
    if (after !== null) await forgetRevoked(keysPool, accountId)
    return ok(null)
  })
}

/** Whether the rules allow it. */
export async function judgeGrant(
  db: Queryable,
  { account, act, ...question }: Pick<GrantQuestion, 'account' | 'today' | 'before' | 'after'> & { act: GrantAct }
): Promise<Result<null, { type: GrantProblem }>> {
  const approver = act.byId === null ? null : await approverOf(db, act.grounds.approverId)
  return decideGrant({ ...question, account, approver, byId: act.byId })
}

/** Who may approve has rights herself. */
async function approverOf(db: Queryable, accountId: string) {
  const { rows } = await db.query<{ id: string; role: Role; districtCode: string }>(
    'SELECT id, role, district_code AS "districtCode" FROM accounts WHERE id = $1 AND disabled_at IS NULL',
    [accountId]
  )
  return rows[0] ?? null
}

async function setTerms(
  tx: Tx,
  { accountId, after, at }: { accountId: string; after: GrantTerms | null; at: string }
): Promise<void> {
  if (after === null) {
    await tx.query('UPDATE accounts SET disabled_at = $2, grant_since = $2 WHERE id = $1', [accountId, at])
    return
  }
  await tx.query(
    `UPDATE accounts SET disabled_at = NULL, grant_since = $2, grant_starts = $3, grant_ends = $4, edits = $5, reveals = $6
     WHERE id = $1`,
    [accountId, at, after.startsOn, after.endsOn, after.edits, after.reveals]
  )
}

/** The first line of an account that was just made. */
export async function enterFirstGrant(
  tx: Tx,
  { newId }: IdDep,
  { accountId, at, act }: { accountId: string; at: string; act: GrantAct }
): Promise<void> {
  const { rows } = await tx.query<GrantedRow>(`SELECT ${GRANTED_COLUMNS} FROM accounts WHERE id = $1`, [accountId])
  const [row] = rows
  if (row === undefined) throw new Error('an account is made before its grant is entered')
  await enter(tx, { id: newId(), at, kind: 'given', row, before: null, after: termsOf(row), act })
}

interface Line extends Pick<GrantEntry, 'id' | 'at' | 'kind' | 'before' | 'after'> {
  readonly row: GrantedRow
  readonly act: GrantAct
}

async function enter(tx: Tx, { id, at, kind, row, before, after, act }: Line): Promise<void> {
  await tx.query(
    `INSERT INTO grant_entries (id, at, kind, account_id, login, display_name, role, district_code, by_id, approver_id,
       document, reason, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[id, at, kind, row.id, row.login, row.display_name, row.role, row.district_code, act.byId],
      ...[act.byId === null ? null : act.grounds.approverId, act.grounds.document, act.grounds.reason, before, after]
    ]
  )
}

/** Who has signed in on a PC and may not work now. */
export async function leftAccounts(
  { pool, now }: Pick<GrantDeps, 'pool' | 'now'>,
  deviceId: string
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT a.id FROM device_accounts da JOIN accounts a ON a.id = da.account_id
     WHERE da.device_id = $1 AND (a.disabled_at IS NOT NULL OR a.grant_ends < $2) ORDER BY a.id LIMIT 500`,
    [deviceId, koreanDayOf(now())]
  )
  return rows.map(({ id }) => id)
}

export const MAX_GRANT_ENTRIES = 200

/** 권한 관리대장, the newest line first; `before` is the last one of the page before. */
export async function listGrants(
  db: Queryable,
  { districtCode, before }: { readonly districtCode: string; readonly before?: number | undefined }
): Promise<{ entries: GrantEntry[]; next: number | null }> {
  const { rows } = await db.query<GrantEntry & { no: number }>(
    `SELECT no, id, at, kind, account_id AS "accountId", login, display_name AS "displayName", role, by_id AS "byId",
       approver_id AS "approverId", document, reason, before, after
     FROM grant_entries WHERE district_code = $1 AND ($2::bigint IS NULL OR no < $2) ORDER BY no DESC LIMIT $3`,
    [districtCode, before ?? null, MAX_GRANT_ENTRIES + 1]
  )
  const page = rows.slice(0, MAX_GRANT_ENTRIES)
  return {
    entries: page.map(({ no: _, ...entry }) => entry),
    next: rows.length > page.length ? (page.at(-1)?.no ?? null) : null
  }
}
