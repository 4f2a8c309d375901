import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { v7 as newUuid } from 'uuid'
import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { accountByLogin, createAccount, setPassword, unlockAccount } from './accounts/accounts.ts'
import { createPasswordHasher, newPasswordSchema } from './accounts/password.ts'
import { readDatabaseConfig } from './config.ts'
import { openDatabases } from './database-access.ts'
import { migrate } from './db/migrate.ts'
import { CASES_MIGRATIONS } from './db/migrations/index.ts'
import { createPool, type Pool } from './db/pool.ts'

const USAGE = `node server/cli.ts COMMAND LOGIN [OPTIONS]

  create-account LOGIN --name NAME --department DEPARTMENT --role ROLE --district CODE
  set-password LOGIN
  unlock LOGIN

  --data DIR   the data folder of an embedded centre (while it is not running)

The password is read from standard input, so that it stands in no command history.
Databases: DATABASE_URL, KEYS_DATABASE_URL and MNK_MASTER_KEY, or the embedded ones.
`

const OPTIONS = {
  data: { type: 'string' },
  name: { type: 'string' },
  department: { type: 'string' },
  role: { type: 'string' },
  district: { type: 'string' }
} as const

const commandSchema = z.enum(['create-account', 'set-password', 'unlock'])
type CliCommand = z.infer<typeof commandSchema>
type Options = { [Name in keyof typeof OPTIONS]?: string }

/** What was done or what is wrong, for the person at the terminal. */
interface Answer {
  readonly ok: boolean
  readonly text: string
}

const fail = (text: string): Answer => ({ ok: false, text })
const done = (text: string): Answer => ({ ok: true, text })

const answer = await main(process.argv.slice(2))
process[answer.ok ? 'stdout' : 'stderr'].write(`${answer.text}\n`)
process.exitCode = answer.ok ? 0 : 1

async function main(args: readonly string[]): Promise<Answer> {
  const read = readArguments(args)
  if (read === null) return fail(USAGE)
  const config = readDatabaseConfig(process.env, read.options.data)
  if (!config.ok) return fail(config.error.message)
  const databases = await openDatabases(config.value)
  const pool = createPool({
    connectionString: databases.databaseUrl,
    applicationName: 'mnk-cli',
    onIdleError: () => undefined // the next statement fails and is reported
  })
  try {
    await migrate(pool, CASES_MIGRATIONS)
    return await runCommand(pool, read)
  } finally {
    await pool.end()
    await databases.stop()
  }
}

interface ReadArguments {
  readonly command: CliCommand
  readonly login: string
  readonly options: Options
}

function readArguments(args: readonly string[]): ReadArguments | null {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const command = commandSchema.safeParse(positionals[0])
    const login = positionals[1]
    if (!command.success || login === undefined || positionals.length > 2) return null
    return { command: command.data, login, options: values }
  } catch {
    return null // an option that does not exist: the usage says which do
  }
}

async function runCommand(pool: Pool, { command, login, options }: ReadArguments): Promise<Answer> {
  if (command === 'create-account') return create(pool, login, options)
  const account = await accountByLogin(pool, login)
  if (account === null) return fail(`There is no account ${login}.`)
  const target = { accountId: account.id, districtCode: null }
  if (command === 'unlock') {
    await unlockAccount(pool, target)
    return done(`${login} may try again.`)
  }
  const password = readPassword()
  if (password === null) return fail(PASSWORD_RULE)
  await setPassword({ pool, hasher: createPasswordHasher() }, { ...target, password })
  return done(`${login} has a new password.`)
}

async function create(pool: Pool, login: string, options: Options): Promise<Answer> {
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
