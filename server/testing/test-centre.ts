import type { FastifyInstance, InjectOptions, LightMyRequestResponse as Response } from 'fastify'
import pg from 'pg'
import { v7 as newUuid } from 'uuid'
import { inject } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { expectOk, ok, type Result } from '#shared/foundation/result.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { createAccount, type NewAccount } from '../accounts/accounts.ts'
import { createPasswordHasher } from '../accounts/password.ts'
import { type AppOptions, createApp } from '../app.ts'
import { type Centre, type CentreOptions, openCentre } from '../centre.ts'

/** A centre on two fresh databases of the run's PostgreSQL, with its HTTP server. Passwords hash cheaply. */
export interface TestCentre {
  readonly app: FastifyInstance
  readonly centre: Centre
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  /** Everything that was logged so far. */
  log(): string
  addAccount(over?: Partial<NewAccount>): Promise<Account>
  /** Signs in, by default on a PC of its own. */
  signIn(account: Pick<Account, 'login'>, deviceId?: string): Promise<TestDesk>
  call(options: InjectOptions): Promise<Response>
  close(): Promise<void>
}

export interface TestDesk extends SignInResponse {
  readonly deviceId: string
  call(options: InjectOptions): Promise<Response>
}

export const TEST_PASSWORD = 'Correct-horse-1'
export const TEST_MASTER_KEY = redact(new Uint8Array(32).fill(7))
const CHEAP = { memoryKib: 64, passes: 1, lanes: 1 }
const protocol = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }

export async function openTestCentre(
  over: Partial<CentreOptions> = {},
  appOver: Partial<AppOptions> = {}
): Promise<TestCentre> {
  const databaseUrl = over.databaseUrl ?? (await createDatabase())
  const keysDatabaseUrl = over.keysDatabaseUrl ?? (await createDatabase())
  const lines: string[] = []
  const centre = await openCentre({
    databaseUrl,
    keysDatabaseUrl,
    masterKey: TEST_MASTER_KEY,
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: (fault) => lines.push(String(fault)),
    hasher: createPasswordHasher({ cost: CHEAP }),
    signInsAMinute: 10_000,
    enrolment: 'open',
    ...over
  })
  const log = { level: 'debug', stream: { write: (line: string) => lines.push(line) } }
  const app = await createApp(centre, { log, ...appOver })
  const call = (options: InjectOptions): Promise<Response> =>
    app.inject({ ...options, headers: { ...protocol, ...options.headers } })
  return {
    app,
    centre,
    databaseUrl,
    keysDatabaseUrl,
    log: () => lines.join(''),
    call,
    addAccount: async (account) => expectOk(await createAccount(centre, newAccount(account))),
    signIn: async ({ login }, deviceId = newUuid()) => {
      const payload = signInPayload({ login, deviceId })
      const response = await call({ method: 'POST', url: '/v1/sign-in', payload })
      const signedIn = expectOk(bodyOf<SignInResponse>(response))
      const authorization = `Bearer ${signedIn.token}`
      const callAs = (options: InjectOptions) => call({ ...options, headers: { authorization, ...options.headers } })
      return { ...signedIn, deviceId, call: callAs }
    },
    close: async () => {
      await app.close()
      await centre.close()
      await Promise.all([dropDatabase(databaseUrl), dropDatabase(keysDatabaseUrl)])
    }
  }
}

export function signInPayload(over: { login: string; deviceId?: string; password?: string; enrolmentCode?: string }) {
  const id = over.deviceId ?? newUuid()
  const { enrolmentCode } = over
  const device = { id, name: 'PC-7', appVersion: '0.1.0', credential: testCredential(id), leaseId: null }
  return {
    login: over.login,
    password: over.password ?? TEST_PASSWORD,
    device: { ...device, ...(enrolmentCode !== undefined && { enrolmentCode }) }
  }
}

/** Each PC proves itself with a credential of its own. */
export const testCredential = (deviceId: string): string => Buffer.from(deviceId.slice(0, 32)).toString('base64url')

let accounts = 0

function newAccount(over: Partial<NewAccount> = {}): NewAccount {
  accounts += 1
  return {
    login: `staff.${accounts}`,
    displayName: '담당자',
    department: '가족정책과',
    role: 'caseworker',
    districtCode: '11680',
    password: TEST_PASSWORD,
    ...over
  }
}

function bodyOf<T>(response: { statusCode: number; json(): unknown }): Result<T, { type: string }> {
  return response.statusCode < 300
    ? ok(response.json() as T)
    : { ok: false, error: (response.json() as { error: { type: string } }).error }
}

let databases = 0

/** A new, empty database; its connection URL. */
export async function createDatabase(): Promise<string> {
  databases += 1
  const name = `centre_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${Date.now()}_${databases}`
  const url = new URL(inject('postgresUrl'))
  await asAdmin(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  url.pathname = `/${name}`
  return url.href
}

/**
 * A copy of the database as it is now: what a backup of it gives when it is restored. PostgreSQL copies only a database
 * that nobody is connected to, so those who are, a running centre's too, are cut off and connect again.
 */
export async function copyDatabase(url: string): Promise<string> {
  databases += 1
  const source = new URL(url).pathname.slice(1)
  const copy = new URL(url)
  copy.pathname = `/${source}_${databases}`
  const name = pg.escapeIdentifier(source)
  await asAdmin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
  try {
    await asAdmin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${pg.escapeLiteral(source)}`)
    for (let attempt = 1; ; attempt += 1) {
      try {
        await asAdmin(`CREATE DATABASE ${pg.escapeIdentifier(copy.pathname.slice(1))} TEMPLATE ${name}`)
        return copy.href
      } catch (fault) {
        if (attempt === COPY_ATTEMPTS) throw fault // a connection that was cut is not gone at once
        await new Promise((resolve) => setTimeout(resolve, COPY_PAUSE_MS))
      }
    }
  } finally {
    await asAdmin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
  }
}

const COPY_ATTEMPTS = 50
const COPY_PAUSE_MS = 20

export const dropDatabase = (url: string): Promise<void> =>
  asAdmin(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} WITH (FORCE)`)

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
