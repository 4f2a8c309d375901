import type { Command } from '#shared/commands/command.ts'
import type { Queryable } from '../db/pool.ts'
import type { KnownPc } from './rescue-register.ts'

/** Who may have made the work of a PC: the accounts that have signed in on it. */

type Pc = Pick<KnownPc, 'deviceId' | 'districtCode'>

const authorsOf = (commands: readonly Pick<Command, 'issuedBy'>[]): string[] => [
  ...new Set(commands.map(({ issuedBy }) => issuedBy))
]

/** Somebody of the district made some of it, and the centre never saw her sign in there. */
export async function hasUnknownAuthor(
  db: Queryable,
  { deviceId, districtCode }: Pc,
  commands: readonly Pick<Command, 'issuedBy'>[]
): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT 1 FROM accounts a WHERE a.id = ANY($1::uuid[]) AND a.district_code = $2
       AND NOT EXISTS (SELECT 1 FROM device_accounts da WHERE da.device_id = $3 AND da.account_id = a.id) LIMIT 1`,
    [authorsOf(commands), districtCode, deviceId]
  )
  return rowCount === 1
}

/** An administrator has said that the work is theirs: from now on they count as having worked there. */
export async function knowAuthors(
  db: Queryable,
  { deviceId, districtCode }: Pc,
  { commands, now }: { readonly commands: readonly Pick<Command, 'issuedBy'>[]; readonly now: string }
): Promise<void> {
  await db.query(
    `INSERT INTO device_accounts (device_id, account_id, first_sign_in_at)
     SELECT $1, a.id, $2 FROM accounts a WHERE a.id = ANY($3::uuid[]) AND a.district_code = $4 ON CONFLICT DO NOTHING`,
    [deviceId, now, authorsOf(commands), districtCode]
  )
}
