import { readFileSync } from 'node:fs'
import { v7 as newUuid } from 'uuid'
import { type Account, accountSchema } from '#shared/domain/account/account.ts'
import { accountByLogin, createAccount, setPassword, unlockAccount } from '../accounts/accounts.ts'
import { createPasswordHasher, newPasswordSchema } from '../accounts/password.ts'
import type { DatabaseAccess } from '../database-access.ts'
import { migrate } from '../db/migrate.ts'
import { CASES_MIGRATIONS } from '../db/migrations/index.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { type Answer, type CliCommand, type CliOptions, done, fail } from './command.ts'

/** The first account of an office, and help for one that is shut out. */
export const ACCOUNT_COMMANDS: Readonly<Record<string, CliCommand>> = {
  'create-account': {
    argument: 'LOGIN',
    run: (databases, { argument, options }) => withPool(databases, (pool) => create(pool, argument, options))
  },
  'set-password': {
    argument: 'LOGIN',
    run: (databases, { argument }) => withAccount(databases, argument, replacePassword)
  },
  unlock: {
    argument: 'LOGIN',
    run: (databases, { argument }) =>
      withAccount(databases, argument, async (pool, { id, login }) => {
        await unlockAccount(pool, { accountId: id, districtCode: null })
        return done(`${login} may try again.`)
      })
  }
}

async function withPool(databases: DatabaseAccess, work: (pool: Pool) => Promise<Answer>): Promise<Answer> {
  const pool = createPool({
    connectionString: databases.databaseUrl,
    applicationName: 'mnk-cli',
    onIdleError: () => undefined // the next statement fails and is reported
  })
  try {
    await migrate(pool, CASES_MIGRATIONS)
    return await work(pool)
  } finally {
    await pool.end()
  }
}

const withAccount = (
  databases: DatabaseAccess,
  login: string,
  work: (pool: Pool, account: Account) => Promise<Answer>
): Promise<Answer> =>
  withPool(databases, async (pool) => {
    const account = await accountByLogin(pool, login)
    return account === null ? fail(`There is no account ${login}.`) : work(pool, account)
  })

async function replacePassword(pool: Pool, { id, login }: Account): Promise<Answer> {
  const password = readPassword()
  if (password === null) return fail(PASSWORD_RULE)
  await setPassword({ pool, hasher: createPasswordHasher() }, { accountId: id, districtCode: null, password })
  return done(`${login} has a new password.`)
}

async function create(pool: Pool, login: string, options: CliOptions): Promise<Answer> {
  const account = accountSchema.omit({ id: true }).safeParse({
    login,
    displayName: options.name,
    department: options.department,
    role: options.role,
    districtCode: options.district
  })
  if (!account.success) return fail(`Not usable: ${account.error.issues.map(({ path }) => path.join('.')).join(', ')}`)
  const password = readPassword()
  if (password === null) return fail(PASSWORD_RULE)
  const deps = { pool, hasher: createPasswordHasher(), now: () => new Date().toISOString(), newId: () => newUuid() }
  const created = await createAccount(deps, { ...account.data, password })
  return created.ok ? done(`${login} was created.`) : fail(`The login ${login} is taken.`)
}

const PASSWORD_RULE = 'A password has nine characters or more, with letters, digits and others (on standard input).'

function readPassword(): string | null {
  const [line = ''] = readFileSync(0, 'utf8').split(/\r?\n/)
  return newPasswordSchema.safeParse(line).success ? line : null
}
